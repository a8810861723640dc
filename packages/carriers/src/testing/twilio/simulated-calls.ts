import type { FrameDisorder } from '../frame-disorder.ts';
import type { SimulatedAnswer } from '../rest-simulator.ts';
import type { createCallbackPost } from './callback-post.ts';
import { keysIn } from './key-ear.ts';
import { createMediaSchema } from './media-schema.ts';
import { errorAnswer, newSid, pageOf, rfc2822 } from './simulated-answer.ts';
import type { SimulatedNumber } from './simulated-numbers.ts';
import { openSimulatedStream, type SimulatedStream } from './simulated-stream.ts';
import type { SpecVerdict } from './twilio-spec.ts';
import { readTwiml, type Verb } from './twiml-reader.ts';

/** What becomes of a call to a number; a number of which nothing is said is answered by a person. */
export type Behaviour = 'answers' | 'rings' | 'busy' | 'declines' | 'nobody' | 'fails' | 'machine';

type Status = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';
const OVER: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/** A call as the simulated Twilio knows it. */
export interface SimulatedTwilioCall {
  sid: string;
  from: string;
  to: string;
  direction: 'inbound' | 'outbound-api';
  status: Status;
  /** Set while sound flows. */
  stream: SimulatedStream | null;
  /** As `performance.now` counts; 0 until then. */
  answeredAt: number;
  /** Keys heard in all the sound of the app. */
  readonly keys: string;
  /** Updates that were obeyed, in order: `completed`, `twiml`. */
  updates: string[];
  /** The conference it is in. */
  conference: string | null;
}

export interface SimulatedCallsOptions {
  accountSid: string;
  authToken: string;
  /** Asked about calls to numbers that the account does not hold. */
  voiceUrl(): string;
  numbers: readonly SimulatedNumber[];
  post: ReturnType<typeof createCallbackPost>;
  problem(sentence: string): void;
  /** Divides ringing and limits of time. */
  speed: number;
}

interface Entry extends SimulatedTwilioCall {
  statusCallback: string | null;
  /** The conference that an update has sent it to. */
  sentTo: string | null;
  events: string[];
  detection: { url: string } | null;
  sequence: number;
  made: number;
  timeLimit: number;
  timers: NodeJS.Timeout[];
  /** Counts documents: one that was replaced is not gone on with. */
  document: number;
  parted: Int16Array[];
}

const RING_MS = 400;
const EVENTS: Readonly<Record<string, string>> = { initiated: 'initiated', ringing: 'ringing', 'in-progress': 'answered' };
const SIP: Readonly<Record<string, { status: Status; sip: string }>> = {
  busy: { status: 'busy', sip: '486' },
  declines: { status: 'busy', sip: '603' },
  nobody: { status: 'failed', sip: '404' },
  fails: { status: 'failed', sip: '503' },
};

/** Calls of the simulated Twilio: documents and updates in, callbacks and sound out. */
export function createSimulatedCalls(options: SimulatedCallsOptions) {
  const { accountSid, post, problem, speed } = options;
  const schema = createMediaSchema();
  const calls = new Map<string, Entry>();
  const behaviours = new Map<string, Behaviour>();
  let streamsTo: string | null = null;
  let disorder: FrameDisorder = {};
  let frameSamples = 160;
  let holdQueue = false;
  let price: string | null = null;

  const after = (call: Entry, ms: number, run: () => void) => {
    call.timers.push(
      setTimeout(() => {
        if (!OVER.has(call.status)) run();
      }, ms / speed),
    );
  };

  /** Seconds that a call was connected, as long as it seems to be at this speed. */
  const lasted = (call: Entry) => (call.answeredAt === 0 ? 0 : Math.ceil(((performance.now() - call.answeredAt) * speed) / 1000));

  const about = ({ sid, from, to, status, direction }: Entry) => ({
    CallSid: sid,
    AccountSid: accountSid,
    From: from,
    To: to,
    CallStatus: status as string,
    ApiVersion: '2010-04-01',
    Direction: direction,
  });

  /** A status callback, where it was asked for. */
  function tell(call: Entry, status: string, more: Record<string, string> = {}): void {
    const event = EVENTS[status] ?? 'completed';
    const sequence = call.sequence++;
    if (!call.statusCallback || !call.events.includes(event)) return;
    post.tell(call.statusCallback, {
      ...about(call),
      CallStatus: status,
      Timestamp: rfc2822(Date.now()),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      ...more,
    });
  }

  function end(call: Entry, status: Status, sip?: string): void {
    if (OVER.has(call.status)) return;
    const seconds = lasted(call);
    call.status = status;
    call.document += 1;
    for (const timer of call.timers) clearTimeout(timer);
    part(call);
    tell(call, status, {
      ...(status === 'completed' ? { CallDuration: String(seconds), Duration: String(Math.ceil(seconds / 60)) } : {}),
      ...(sip === undefined ? {} : { SipResponseCode: sip }),
    });
    const conference = call.conference ?? call.sentTo;
    call.conference = null;
    call.sentTo = null;
    // Whoever leaves a conference that ends with them ends the other's part, and with it the other's document.
    if (conference !== null)
      for (const other of calls.values()) if ((other.conference ?? other.sentTo) === conference) end(other, 'completed');
  }

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
      authToken: options.authToken,
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
        end(call, 'completed');
        return;
      }
      const [noun] = verb.children;
      if (verb.name === 'Connect' && noun?.name === 'Stream') stream(call, noun, () => step(at + 1));
      else if (verb.name === 'Dial' && noun?.name === 'Conference') call.conference = noun.text;
      else if (verb.name === 'Hangup') end(call, 'completed');
      else problem(`<${verb.name}> is not obeyed here`);
    };
    step(0);
  }

  function answered(call: Entry, verbs: Verb[]): void {
    call.status = 'in-progress';
    call.answeredAt = performance.now();
    tell(call, 'in-progress');
    after(call, call.timeLimit * 1000, () => end(call, 'completed'));
    run(call, verbs);
  }

  /** Twilio says who answered when it knows, and of a machine when its greeting is over. */
  function detect(call: Entry, machine: boolean): void {
    const { detection } = call;
    if (!detection) return;
    const ms = machine ? 900 : 300;
    after(call, ms, () => {
      const answeredBy = machine ? 'machine_end_beep' : 'human';
      post.tell(detection.url, { CallSid: call.sid, AccountSid: accountSid, AnsweredBy: answeredBy, MachineDetectionDuration: String(ms) });
    });
  }

  function ring(call: Entry, timeout: number, verbs: Verb[]): void {
    tell(call, 'initiated');
    const behaviour = behaviours.get(call.to) ?? 'answers';
    const refused = SIP[behaviour];
    if (behaviour !== 'nobody' && behaviour !== 'fails') {
      after(call, RING_MS / 4, () => {
        call.status = 'ringing';
        tell(call, 'ringing');
      });
    }
    after(call, timeout * 1000, () => {
      if (call.status !== 'in-progress') end(call, 'no-answer', '487');
    });
    after(call, RING_MS, () => {
      if (refused) return end(call, refused.status, refused.sip);
      if (behaviour === 'rings') return;
      answered(call, verbs);
      detect(call, behaviour === 'machine');
    });
  }

  const open = (
    entry: Pick<Entry, 'from' | 'to' | 'direction' | 'statusCallback' | 'events' | 'detection' | 'timeLimit' | 'status'>,
  ): Entry => {
    const call: Entry = {
      ...entry,
      sid: newSid('CA'),
      stream: null,
      updates: [],
      conference: null,
      sentTo: null,
      sequence: 0,
      made: Date.now(),
      answeredAt: 0,
      timers: [],
      document: 0,
      parted: [],
      get keys() {
        return [...this.parted, ...(this.stream ? [this.stream.heard] : [])].map(keysIn).join('');
      },
    };
    calls.set(call.sid, call);
    return call;
  };

  const record = (call: Entry) => ({
    sid: call.sid,
    account_sid: accountSid,
    parent_call_sid: null,
    from: call.from,
    to: call.to,
    from_formatted: call.from,
    to_formatted: call.to,
    phone_number_sid: null,
    status: call.status,
    direction: call.direction,
    // Empty until the call has left the queue.
    start_time: call.status === 'queued' ? null : rfc2822(call.made),
    end_time: OVER.has(call.status) ? rfc2822(Date.now()) : null,
    duration: OVER.has(call.status) ? String(lasted(call)) : null,
    // Set some time after the end, and negative.
    price: OVER.has(call.status) && call.answeredAt > 0 ? price : null,
    price_unit: 'USD',
    answered_by: null,
    api_version: '2010-04-01',
    forwarded_from: null,
    caller_name: null,
    group_sid: null,
    queue_time: '0',
    trunk_sid: null,
    date_created: rfc2822(call.made),
    date_updated: rfc2822(Date.now()),
    uri: `/2010-04-01/Accounts/${accountSid}/Calls/${call.sid}.json`,
    subresource_uris: {},
  });

  const held = ({ params }: SpecVerdict, then: (call: Entry) => SimulatedAnswer): SimulatedAnswer => {
    const call = calls.get(params.Sid ?? '');
    return call ? then(call) : errorAnswer(404, '20404', 'The requested resource was not found');
  };

  const operations: Record<string, (verdict: SpecVerdict) => SimulatedAnswer> = {
    'POST /Calls.json': ({ form }) => {
      const document = form.get('Twiml');
      if (document === null) return errorAnswer(400, '21205', 'Url parameter is required');
      const detects = form.get('MachineDetection') !== null;
      if (detects && !['Enable', 'DetectMessageEnd'].includes(form.get('MachineDetection') ?? ''))
        problem('MachineDetection of no known kind');
      if (detects && form.get('AsyncAmd') !== 'true') problem('without AsyncAmd the document would wait for the verdict');
      const detectionUrl = form.get('AsyncAmdStatusCallback');
      const call = open({
        from: form.get('From') ?? '',
        to: form.get('To') ?? '',
        direction: 'outbound-api',
        status: 'queued',
        statusCallback: form.get('StatusCallback'),
        events: form.has('StatusCallbackEvent') ? form.getAll('StatusCallbackEvent') : ['completed'],
        detection: detectionUrl === null ? null : { url: detectionUrl },
        timeLimit: Number(form.get('TimeLimit') ?? 14_400),
      });
      const leave = () => {
        if (holdQueue) after(call, 50, leave);
        else ring(call, Number(form.get('Timeout') ?? 60), readTwiml(document));
      };
      after(call, 50, leave);
      return { status: 201, body: record(call) };
    },

    'GET /Calls.json': ({ query }) => {
      const found = [...calls.values()]
        .filter((call) => (query.get('From') ?? call.from) === call.from && (query.get('To') ?? call.to) === call.to)
        .reverse();
      return pageOf('calls', found.map(record), query, `/2010-04-01/Accounts/${accountSid}/Calls.json`);
    },

    'GET /Calls/{Sid}.json': (verdict) => held(verdict, (call) => ({ status: 200, body: record(call) })),

    'POST /Calls/{Sid}.json': (verdict) =>
      held(verdict, (call) => {
        const { form } = verdict;
        if (OVER.has(call.status)) return errorAnswer(400, '21220', 'Call is not in-progress. Cannot redirect.');
        const document = form.get('Twiml');
        if (document !== null) {
          if (call.status !== 'in-progress') return errorAnswer(400, '21220', 'Call is not in-progress. Cannot redirect.');
          call.updates.push('twiml');
          const verbs = readTwiml(document);
          call.sentTo = verbs[0]?.children.find(({ name }) => name === 'Conference')?.text ?? null;
          setTimeout(() => {
            if (OVER.has(call.status)) return;
            part(call);
            run(call, verbs);
          }, 5);
        } else if (form.get('Status') === 'completed' || form.get('Status') === 'canceled') {
          call.updates.push(form.get('Status')!);
          setTimeout(() => end(call, call.status === 'in-progress' ? 'completed' : 'canceled'), 5);
        }
        return { status: 200, body: record(call) };
      }),
  };

  async function ask(call: Entry, url: string): Promise<void> {
    const answer = await post.ask(url, about(call));
    if (OVER.has(call.status)) return;
    if (answer?.status !== 200 || !/^(text|application)\/xml/.test(answer.type)) {
      problem(`the question about a call was answered ${answer?.status ?? 'not at all'}`);
      return end(call, 'failed');
    }
    const verbs = readTwiml(answer.body);
    const [first] = verbs;
    if (first?.name === 'Reject') end(call, first.attributes.reason === 'busy' ? 'busy' : 'no-answer');
    else answered(call, verbs);
  }

  const hangUp = (sid: string) => {
    const call = calls.get(sid);
    if (call) end(call, call.status === 'in-progress' ? 'completed' : 'canceled');
  };

  return {
    operations,
    /** All calls, in the order they began. */
    get all(): readonly SimulatedTwilioCall[] {
      return [...calls.values()];
    },
    /** What becomes of calls to a number. */
    behave: (number: string, behaviour: Behaviour) => void behaviours.set(number, behaviour),
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
    /** What calls that are over cost; null: not known yet. */
    charge: (amount: string | null) => {
      price = amount;
    },
    /** New calls stay queued until it is let go. */
    queue: (hold: boolean) => {
      holdQueue = hold;
    },
    /** Somebody calls a number of ours. */
    callUs(from: string, to: string): { state: SimulatedTwilioCall; hangUp(): void } {
      const number = options.numbers.find((one) => one.phone_number === to);
      const voiceUrl = number ? (number.voice_url as string | null) : options.voiceUrl();
      const statusCallback = number ? (number.status_callback as string | null) : `${options.voiceUrl()}?about=status`;
      const call = open({
        from,
        to,
        direction: 'inbound',
        status: 'ringing',
        statusCallback,
        events: ['completed'],
        detection: null,
        timeLimit: 14_400,
      });
      if (voiceUrl) {
        ask(call, voiceUrl).catch((error: unknown) => {
          problem(String(error));
          end(call, 'failed');
        });
      } else end(call, 'failed');
      return { state: call, hangUp: () => hangUp(call.sid) };
    },
    /** The person hangs up. */
    hangUp,
    stop(): void {
      for (const call of calls.values()) {
        for (const timer of call.timers) clearTimeout(timer);
        call.stream?.break();
        call.document += 1;
      }
    },
  };
}
