import assert from 'node:assert/strict';
import { rms, samplesPerFrame } from '../../audio/index.ts';
import {
  ProviderError,
  type ProviderErrorKind,
  type SpeechSession,
  type SpeechSessionEvent,
  type SpeechSessionOptions,
  type SpeechToSpeech,
} from '../../ports/index.ts';
import { type ConformanceCase, until, within } from './conformance-case.ts';

export interface SpeechToSpeechHarness {
  /** A working adapter; called for each case. */
  create(): SpeechToSpeech | Promise<SpeechToSpeech>;
  /** Speech that begins at once, at this rate. */
  speech(sampleRate: number): Int16Array;
  /** What the speech must be heard as. */
  expects: RegExp;
  /** An adapter whose vendor answers with a call of the tool `weather` for Rome first. */
  callsTool?(): SpeechToSpeech | Promise<SpeechToSpeech>;
  /** Adapters whose vendor fails, with the kind that must come out. */
  broken?: readonly { name: string; create(): SpeechToSpeech | Promise<SpeechToSpeech>; kind: ProviderErrorKind }[];
  /** Hz of the line. Default 8000. */
  sampleRate?: number;
  /** The longest any step may take, ms of real time. Default 5000. */
  deadlineMs?: number;
}

interface Talk {
  session: SpeechSession;
  events: SpeechSessionEvent[];
  ended: Promise<void>;
  abort: AbortController;
  of<T extends SpeechSessionEvent['type']>(type: T): Extract<SpeechSessionEvent, { type: T }>[];
}

const LONG_TEXT = 'We are open from eight in the morning to six in the evening on every day of the week but Sunday.';
const WEATHER = {
  name: 'weather',
  description: 'The weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};

/** What every speech-to-speech adapter must do. */
export function speechToSpeechConformance(harness: SpeechToSpeechHarness): ConformanceCase[] {
  const { sampleRate = 8000, deadlineMs = 5000 } = harness;

  async function talk(
    adapter: SpeechToSpeech,
    more: Partial<SpeechSessionOptions> = {},
    heard: (event: SpeechSessionEvent, session: SpeechSession) => void = () => {},
  ): Promise<Talk> {
    const abort = new AbortController();
    const session = await adapter.open({
      model: null,
      voice: null,
      language: 'en',
      instructions: 'You are the assistant of a bakery.',
      tools: [WEATHER],
      temperature: 0.7,
      sampleRate,
      history: [],
      signal: abort.signal,
      ...more,
    });
    const events: SpeechSessionEvent[] = [];
    const ended = (async () => {
      for await (const event of session) {
        events.push(event);
        heard(event, session);
      }
    })();
    ended.catch(() => {});
    const of: Talk['of'] = (type) => events.filter((event) => event.type === type) as never;
    return { session, events, ended, abort, of };
  }

  /** Writes sound frame by frame from one reused buffer, as the engine does. */
  async function write(session: SpeechSession, pcm: Int16Array): Promise<void> {
    const frame = new Int16Array(samplesPerFrame(session.sampleRate));
    for (let at = 0; at < pcm.length; at += frame.length) {
      frame.fill(0);
      frame.set(pcm.subarray(at, at + frame.length));
      session.write(frame);
      if ((at / frame.length) % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    frame.fill(7777);
  }
  async function say({ session }: Talk): Promise<void> {
    await write(session, harness.speech(session.sampleRate));
    await write(session, new Int16Array(session.sampleRate));
  }
  const soon = (holds: () => boolean, what: string) => until(holds, what, deadlineMs);
  const finished = ({ of }: Talk, count = 1) => soon(() => of('reply-ended').length >= count, `the end of reply ${count}`);

  function wellFormed({ events }: Talk): void {
    const open = new Set<string>();
    const seen = new Set<string>();
    for (const event of events) {
      if (!('reply' in event)) continue;
      const { reply } = event;
      if (event.type === 'reply-started') {
        assert.ok(!seen.has(reply), 'no two replies have one id');
        seen.add(reply);
        open.add(reply);
      } else assert.ok(open.has(reply), `${event.type} belongs to a reply that was begun and not ended`);
      if (event.type === 'reply-ended') open.delete(reply);
    }
  }
  function sounds({ of }: Talk): void {
    const chunks = of('sound');
    assert.ok(Math.max(0, ...chunks.map(({ pcm }) => rms(pcm))) > 100, 'the reply is not silence');
    assert.equal(new Set(chunks.map((chunk) => chunk.sampleRate)).size, 1, 'all sound has one rate');
  }

  const cases: ConformanceCase[] = [
    {
      name: 'hears a turn, tells when it starts and ends and what was said, and answers it',
      async run() {
        const call = await talk(await harness.create());
        await say(call);
        await finished(call);
        await soon(() => call.of('caller-text').some(({ final }) => final), 'the words of the caller');
        wellFormed(call);
        sounds(call);
        const order = call.events.map(({ type }) => type);
        assert.ok(order.indexOf('caller-started') >= 0, 'the start of the turn is told');
        assert.ok(order.indexOf('caller-started') < order.indexOf('caller-stopped'), 'a turn ends after it starts');
        assert.ok(order.indexOf('caller-stopped') < order.indexOf('reply-started'), 'it is answered after its end');
        assert.match(call.of('caller-text').find(({ final }) => final)!.text, harness.expects);
        const turns = new Set(call.events.flatMap((event) => ('turn' in event ? [event.turn] : [])));
        assert.equal(turns.size, 1, 'it is one turn');
        assert.ok(call.of('text').length > 0, 'the reply has words');
        assert.equal(call.of('reply-ended')[0]!.interrupted, false, 'the reply came to its end');
        call.session.close();
      },
    },
    {
      name: 'says a fixed text without having heard anything',
      async run() {
        const call = await talk(await harness.create());
        call.session.say('Hello, this is the bakery.');
        await finished(call);
        wellFormed(call);
        sounds(call);
        assert.equal(call.of('caller-started').length, 0, 'nobody has spoken');
        call.session.close();
      },
    },
    {
      name: 'answers what it was told, with what was said before',
      async run() {
        const call = await talk(await harness.create(), {
          history: [
            { role: 'assistant', content: 'Which number?' },
            { role: 'user', content: 'One moment.' },
            { role: 'assistant', content: '', toolCalls: [{ id: 'c1', name: 'weather', input: { city: 'Rome' } }] },
            { role: 'tool', callId: 'c1', name: 'weather', content: 'Sunny.' },
          ],
        });
        call.session.remember({ role: 'user', content: '(on the keypad) 123' });
        call.session.reply();
        await finished(call);
        wellFormed(call);
        sounds(call);
        call.session.close();
      },
    },
    {
      name: 'stops a reply that is interrupted, and begins another',
      async run() {
        let interrupted: string | null = null;
        const call = await talk(await harness.create(), {}, (event, session) => {
          if (event.type !== 'sound' || interrupted !== null) return;
          interrupted = event.reply;
          session.interrupt(event.reply, 40);
        });
        call.session.say(LONG_TEXT);
        await soon(() => call.of('reply-ended').length > 0, 'the end of the interrupted reply');
        assert.equal(call.of('reply-ended')[0]!.interrupted, true, 'the reply was interrupted');
        call.session.interrupt(call.of('reply-ended')[0]!.reply, 40);
        call.session.interrupt('no such reply', 0);
        call.session.say('Goodbye.');
        await finished(call, 2);
        wellFormed(call);
        assert.equal(call.of('reply-ended')[1]!.interrupted, false, 'the next reply came to its end');
        call.session.close();
      },
    },
    {
      name: 'ends when it is closed, twice if need be',
      async run() {
        const { session, ended } = await talk(await harness.create());
        await write(session, new Int16Array(session.sampleRate / 10));
        session.close();
        session.close();
        await within(ended, 'the end of the iteration after close', deadlineMs);
        session.write(new Int16Array(samplesPerFrame(session.sampleRate)));
        session.say('Nobody hears this.');
        session.interrupt('none', 0);
      },
    },
    {
      name: 'ends without an error when its signal aborts in the middle of a reply',
      async run() {
        const call = await talk(await harness.create());
        call.session.say(LONG_TEXT);
        await soon(() => call.of('sound').length > 0, 'the first sound');
        call.abort.abort();
        await within(call.ended, 'the end of the iteration after the abort', deadlineMs);
        call.session.close();
      },
    },
    {
      name: 'keeps two calls apart',
      async run() {
        const adapter = await harness.create();
        const [talker, quiet] = [await talk(adapter), await talk(adapter)];
        await write(quiet.session, new Int16Array(quiet.session.sampleRate / 2));
        await say(talker);
        await finished(talker);
        assert.equal(quiet.of('reply-started').length, 0, 'the silent call hears nothing of the other');
        talker.session.close();
        quiet.session.close();
      },
    },
  ];
  if (harness.callsTool) {
    const { callsTool } = harness;
    cases.push({
      name: 'calls a tool and goes on with its answer',
      async run() {
        const call = await talk(await callsTool());
        await say(call);
        await soon(() => call.of('tool-call').length > 0, 'the call of the tool');
        await finished(call);
        const [{ call: wanted, reply }] = call.of('tool-call') as [Extract<SpeechSessionEvent, { type: 'tool-call' }>];
        assert.deepEqual([wanted.name, wanted.input], ['weather', { city: 'Rome' }]);
        assert.equal(call.of('reply-ended')[0]!.reply, reply, 'the reply that calls ends after its calls');
        call.session.toolResults([{ callId: wanted.id, name: wanted.name, content: 'Sunny.' }], true);
        await finished(call, 2);
        wellFormed(call);
        sounds(call);
        call.session.close();
      },
    });
  }
  for (const { name, create, kind } of harness.broken ?? []) {
    cases.push({
      name: `${name}: comes out as a ProviderError of kind ${kind}`,
      async run() {
        const failure = await within(
          (async () => {
            const call = await talk(await create());
            await say(call);
            await call.ended;
          })().then(
            () => null,
            (error: unknown) => error,
          ),
          'the failure',
          deadlineMs,
        );
        assert.ok(failure instanceof ProviderError, `a ProviderError, not ${failure}`);
        assert.equal(failure.kind, kind);
      },
    });
  }
  return cases;
}
