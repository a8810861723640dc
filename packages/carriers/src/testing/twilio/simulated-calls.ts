import type { SimulatedAnswer } from '../rest-simulator.ts';
import type { createCallbackPost } from './callback-post.ts';
import { errorAnswer, pageOf, rfc2822 } from './simulated-answer.ts';
import {
  aboutCall,
  type Behaviour,
  type Entry,
  lasted,
  OVER,
  openCall,
  recordOf,
  type SimulatedTwilioCall,
  type Status,
} from './simulated-call.ts';
import { createSimulatedDocuments } from './simulated-documents.ts';
import type { SimulatedNumber } from './simulated-numbers.ts';
import type { SpecVerdict } from './twilio-spec.ts';
import { readTwiml, type Verb } from './twiml-reader.ts';

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
  const documents = createSimulatedDocuments({
    accountSid,
    authToken: options.authToken,
    post,
    problem,
    completed: (call) => end(call, 'completed'),
  });
  const calls = new Map<string, Entry>();
  const behaviours = new Map<string, Behaviour>();
  let holdQueue = false;
  let price: string | null = null;

  const after = (call: Entry, ms: number, run: () => void) => {
    call.timers.push(
      setTimeout(() => {
        if (!OVER.has(call.status)) run();
      }, ms / speed),
    );
  };

  /** A status callback, where it was asked for. */
  function tell(call: Entry, status: string, more: Record<string, string> = {}): void {
    const event = EVENTS[status] ?? 'completed';
    const sequence = call.sequence++;
    if (!call.statusCallback || !call.events.includes(event)) return;
    post.tell(call.statusCallback, {
      ...aboutCall(call, accountSid),
      CallStatus: status,
      Timestamp: rfc2822(Date.now()),
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(sequence),
      ...more,
    });
  }

  function end(call: Entry, status: Status, sip?: string): void {
    if (OVER.has(call.status)) return;
    const seconds = lasted(call, speed);
    call.status = status;
    call.document += 1;
    for (const timer of call.timers) clearTimeout(timer);
    documents.part(call);
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

  function answered(call: Entry, verbs: Verb[]): void {
    call.status = 'in-progress';
    call.answeredAt = performance.now();
    tell(call, 'in-progress');
    after(call, call.timeLimit * 1000, () => end(call, 'completed'));
    documents.run(call, verbs);
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

  const open = (begun: Parameters<typeof openCall>[0]): Entry => {
    const call = openCall(begun);
    calls.set(call.sid, call);
    return call;
  };

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
      return { status: 201, body: recordOf(call, { accountSid, price, speed }) };
    },

    'GET /Calls.json': ({ query }) => {
      const found = [...calls.values()]
        .filter((call) => (query.get('From') ?? call.from) === call.from && (query.get('To') ?? call.to) === call.to)
        .reverse();
      return pageOf(
        'calls',
        found.map((call) => recordOf(call, { accountSid, price, speed })),
        query,
        `/2010-04-01/Accounts/${accountSid}/Calls.json`,
      );
    },

    'GET /Calls/{Sid}.json': (verdict) => held(verdict, (call) => ({ status: 200, body: recordOf(call, { accountSid, price, speed }) })),

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
            documents.part(call);
            documents.run(call, verbs);
          }, 5);
        } else if (form.get('Status') === 'completed' || form.get('Status') === 'canceled') {
          call.updates.push(form.get('Status')!);
          setTimeout(() => end(call, call.status === 'in-progress' ? 'completed' : 'canceled'), 5);
        }
        return { status: 200, body: recordOf(call, { accountSid, price, speed }) };
      }),
  };

  async function ask(call: Entry, url: string): Promise<void> {
    const answer = await post.ask(url, aboutCall(call, accountSid));
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
    disturb: documents.disturb,
    streamsTo: documents.streamsTo,
    packs: documents.packs,
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
