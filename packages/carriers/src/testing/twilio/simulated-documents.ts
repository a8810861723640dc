import type { FrameDisorder } from '../frame-disorder.ts';
import type { createCallbackPost } from './callback-post.ts';
import { createMediaSchema } from './media-schema.ts';
import { newSid, rfc2822 } from './simulated-answer.ts';
import { type Entry, OVER } from './simulated-call.ts';
import { openSimulatedStream } from './simulated-stream.ts';
import type { Verb } from './twiml-reader.ts';

export interface SimulatedDocumentsOptions {
  accountSid: string;
  authToken: string;
  post: ReturnType<typeof createCallbackPost>;
  problem(sentence: string): void;
  /** The document says so, or has nothing more to say. */
  completed(call: Entry): void;
}

/** TwiML documents as the simulated Twilio obeys them: streams, conferences, hanging up. */
export function createSimulatedDocuments({ accountSid, authToken, post, problem, completed }: SimulatedDocumentsOptions) {
  const schema = createMediaSchema();
  let streamsTo: string | null = null;
  let disorder: FrameDisorder = {};
  let frameSamples = 160;

  /** The stream ends, whatever was said about it. */
  function part(call: Entry): void {
    if (!call.stream) return;
    call.parted.push(call.stream.heard);
    call.stream.stop();
    call.stream = null;
  }

  function stream(call: Entry, noun: Verb, next: () => void): void {
    const { url = '', statusCallback } = noun.attributes;
    if (!/^wss?:/.test(url) || url.includes('?')) problem(`<Stream> leads to ${url}`);
    const parameters = Object.fromEntries(noun.children.map(({ attributes: { name = '', value = '' } }) => [name, value]));
    for (const [name, value] of Object.entries(parameters)) {
      if (name.length + value.length >= 500) problem(`<Parameter> ${name} is longer than 500 characters`);
    }
    const streamSid = newSid('MZ');
    const report = (event: string, error?: string) => {
      if (statusCallback === undefined) return;
      const fields = { AccountSid: accountSid, CallSid: call.sid, StreamSid: streamSid, StreamEvent: event, StreamError: error };
      post.tell(statusCallback, { ...fields, Timestamp: rfc2822(Date.now()) });
    };
    call.stream = openSimulatedStream({
      url,
      openAt: streamsTo ?? url,
      authToken,
      accountSid,
      callSid: call.sid,
      streamSid,
      parameters,
      frameSamples,
      schema,
      problem,
      disorder,
      onOpen: () => report('stream-started'),
      onFailed(reason) {
        report('stream-error', reason);
        next();
      },
      onClosed() {
        report('stream-stopped');
        if (call.stream) call.parted.push(call.stream.heard);
        call.stream = null;
        next();
      },
    });
  }

  /** Obeys the verbs of a document, one after the other; after the last the call ends. */
  function run(call: Entry, verbs: Verb[]): void {
    const document = ++call.document;
    const step = (at: number): void => {
      if (document !== call.document || OVER.has(call.status)) return;
      const verb = verbs[at];
      if (!verb) {
        completed(call);
        return;
      }
      const [noun] = verb.children;
      if (verb.name === 'Connect' && noun?.name === 'Stream') stream(call, noun, () => step(at + 1));
      else if (verb.name === 'Dial' && noun?.name === 'Conference') call.conference = noun.text;
      else if (verb.name === 'Hangup') completed(call);
      else problem(`<${verb.name}> is not obeyed here`);
    };
    step(0);
  }

  return {
    run,
    part,
    /** What happens to the frames of streams that are opened from now on. */
    disturb: (wanted: FrameDisorder) => {
      disorder = wanted;
    },
    /** Media sockets are opened there instead, as behind a wrong address. */
    streamsTo: (url: string) => {
      streamsTo = url;
    },
    /** How many samples stand in a message. */
    packs: (samples: number) => {
      frameSamples = samples;
    },
  };
}
