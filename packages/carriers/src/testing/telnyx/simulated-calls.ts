import { randomBytes, randomUUID } from 'node:crypto';
import type { MediaEncoding } from '../../media-socket/media-framing.ts';
import type { ByteOrder } from '../../media-socket/sample-order.ts';
import type { FrameDisorder } from '../frame-disorder.ts';
import type { SimulatedAnswer } from '../rest-simulator.ts';
import { createMediaSchema } from './media-schema.ts';
import { errorAnswer } from './simulated-numbers.ts';
import { openSimulatedStream, type SimulatedStream } from './simulated-stream.ts';
import type { SpecVerdict } from './telnyx-spec.ts';
import type { createWebhookPost } from './webhook-post.ts';

/** What becomes of a call to a number; a number of which nothing is said is answered by a person. */
export type Behaviour = 'answers' | 'rings' | 'busy' | 'declines' | 'nobody' | 'fails' | 'machine';

/** A call as the simulated Telnyx knows it. */
export interface SimulatedCallState {
  ref: string;
  from: string;
  to: string;
  direction: 'incoming' | 'outgoing';
  state: 'ringing' | 'answered' | 'over';
  clientState: string | null;
  /** As `performance.now` counts; 0 until then. */
  answeredAt: number;
  /** Set while sound flows. */
  stream: SimulatedStream | null;
  /** Commands that were obeyed, in order. */
  commands: string[];
  digits: string;
  /** The leg it is connected with, after a transfer. */
  bridgedWith: string | null;
}

export interface SimulatedCallsOptions {
  connectionId: string;
  /** The application's webhook, for calls that come in. */
  webhookUrl(): string;
  post: ReturnType<typeof createWebhookPost>;
  problem(sentence: string): void;
  /** Divides ringing and limits of time. */
  speed: number;
}

interface Entry extends SimulatedCallState {
  webhookUrl: string;
  seen: Set<string>;
  timers: NodeJS.Timeout[];
  sound: { url: string; token: string | undefined; appCodec: MediaEncoding; appRate: number } | null;
  detection: string | undefined;
  /** The call that is transferred to this leg. */
  transferOf: Entry | null;
  /** When it was answered, ms since 1970. */
  billedFrom: number | null;
}

type Body = Record<string, string & number>;

const RING_MS = 400;
const OK: SimulatedAnswer = { status: 200, body: { data: { result: 'ok' } } };
const REFUSED: Partial<Record<Behaviour, { hangup_cause: string; sip_hangup_cause: string }>> = {
  busy: { hangup_cause: 'user_busy', sip_hangup_cause: '486' },
  declines: { hangup_cause: 'call_rejected', sip_hangup_cause: '603' },
  nobody: { hangup_cause: 'not_found', sip_hangup_cause: '404' },
  fails: { hangup_cause: 'unspecified', sip_hangup_cause: '503' },
};

/** Calls of the simulated Telnyx: commands in, webhooks and sound out. */
export function createSimulatedCalls(options: SimulatedCallsOptions) {
  const { post, problem, speed } = options;
  const schema = createMediaSchema();
  const calls = new Map<string, Entry>();
  const dialled = new Map<string, string>();
  const behaviours = new Map<string, Behaviour>();
  const lines = new Map<string, MediaEncoding>();
  let streamsTo: string | null = null;
  let disorder: FrameDisorder = {};
  let frameSamples = 160;
  let l16Order: ByteOrder = 'little';

  const after = (call: Entry, ms: number, run: () => void) => {
    call.timers.push(
      setTimeout(() => {
        if (call.state !== 'over') run();
      }, ms / speed),
    );
  };

  const tell = (call: Entry, type: string, more: Record<string, unknown> = {}) => {
    const { ref, from, to, clientState } = call;
    post.send(call.webhookUrl, type, {
      call_control_id: ref,
      connection_id: options.connectionId,
      call_leg_id: randomUUID(),
      call_session_id: randomUUID(),
      client_state: clientState,
      from,
      to,
      ...more,
    });
  };

  const open = (
    entry: Pick<Entry, 'from' | 'to' | 'direction' | 'clientState' | 'webhookUrl' | 'sound' | 'detection'> & { transferOf?: Entry },
  ): Entry => {
    const ref = `v3:${randomBytes(40).toString('base64url')}`;
    const call: Entry = {
      transferOf: null,
      billedFrom: null,
      ...entry,
      ref,
      state: 'ringing',
      answeredAt: 0,
      stream: null,
      commands: [],
      digits: '',
      bridgedWith: null,
      seen: new Set(),
      timers: [],
    };
    calls.set(ref, call);
    return call;
  };

  function end(call: Entry, cause: string, source: 'caller' | 'callee' | 'unknown', sip = '200'): void {
    if (call.state === 'over') return;
    call.state = 'over';
    for (const timer of call.timers) clearTimeout(timer);
    const streamed = call.stream !== null;
    call.stream?.stop();
    tell(call, 'call.hangup', {
      state: 'hangup',
      hangup_cause: cause,
      hangup_source: source,
      sip_hangup_cause: sip,
      start_time: new Date().toISOString(),
      call_quality_stats: null,
    });
    if (streamed) tell(call, 'streaming.stopped', { stream_url: call.sound?.url });
    // The bill comes last; half a cent a minute begun.
    if (call.billedFrom !== null) {
      const minutes = Math.max(1, Math.ceil(((Date.now() - call.billedFrom) * speed) / 60_000));
      const money = (minutes * 0.005).toFixed(4);
      const part = { call_part: 'sip-trunking', cost: money, rate: '0.005', currency: 'USD', billed_duration_secs: minutes * 60 };
      tell(call, 'call.cost', { status: 'success', total_cost: money, billed_duration_secs: minutes * 60, cost_parts: [part] });
    }
    // Who was connected with it, or was about to be, is no longer.
    const { bridgedWith } = call;
    for (const other of calls.values()) {
      if (other.ref === bridgedWith) end(other, 'normal_clearing', source === 'unknown' ? 'unknown' : 'caller');
      else if (other.transferOf === call) end(other, 'originator_cancel', 'caller', '487');
    }
  }

  function bridge(call: Entry, other: Entry): void {
    call.bridgedWith = other.ref;
    other.bridgedWith = call.ref;
    for (const leg of [call, other]) tell(leg, 'call.bridged');
  }

  function answered(call: Entry): void {
    call.state = 'answered';
    call.answeredAt = performance.now();
    call.billedFrom = Date.now();
    tell(call, 'call.answered', { state: 'answered', start_time: new Date().toISOString() });
    if (call.transferOf) bridge(call.transferOf, call);
    if (call.sound) stream(call, call.sound);
  }

  function stream(call: Entry, sound: NonNullable<Entry['sound']>): void {
    const { ref, from, to, clientState } = call;
    const lineCodec = lines.get(call.direction === 'outgoing' ? to : from) ?? 'PCMU';
    call.stream = openSimulatedStream({
      ...sound,
      url: streamsTo ?? sound.url,
      ref,
      from,
      to,
      clientState,
      lineCodec,
      l16Order,
      schema,
      problem,
      disorder,
      frameSamples,
      onOpen: () => tell(call, 'streaming.started', { stream_url: sound.url }),
      onFailed: (reason) => tell(call, 'streaming.failed', { failure_reason: reason, stream_id: randomUUID(), stream_type: 'websocket' }),
    });
  }

  function detect(call: Entry, machine: boolean): void {
    const premium = call.detection === 'premium' ? 'premium.' : '';
    after(call, 300, () => {
      const who = premium ? (machine ? 'machine' : 'human_residence') : machine ? 'machine' : 'human';
      tell(call, `call.machine.${premium}detection.ended`, { result: who });
    });
    if (machine) after(call, 900, () => tell(call, `call.machine.${premium}greeting.ended`, { result: 'beep_detected' }));
  }

  function ring(call: Entry, timeoutSecs: number, limitSecs: number): void {
    const behaviour = behaviours.get(call.to) ?? 'answers';
    after(call, timeoutSecs * 1000, () => {
      if (call.state === 'ringing') end(call, 'timeout', 'unknown', '487');
    });
    after(call, RING_MS, () => {
      const refused = REFUSED[behaviour];
      if (refused) return end(call, refused.hangup_cause, 'callee', refused.sip_hangup_cause);
      if (behaviour === 'rings') return;
      answered(call);
      if (call.detection !== undefined && call.detection !== 'disabled') detect(call, behaviour === 'machine');
      after(call, limitSecs * 1000, () => end(call, 'time_limit', 'unknown'));
    });
  }

  const soundOf = (body: Body): Entry['sound'] => {
    if (body.stream_url === undefined) return null;
    if (body.stream_bidirectional_mode !== 'rtp') problem('without stream_bidirectional_mode rtp the sound is not heard');
    const appCodec = String(body.stream_bidirectional_codec ?? 'PCMU') as MediaEncoding;
    const appRate = body.stream_bidirectional_sampling_rate ?? 8000;
    return { url: body.stream_url, token: body.stream_auth_token, appCodec, appRate };
  };

  /** A command on a call: unknown calls, calls that are over and repeats are answered as Telnyx does. */
  const command =
    (name: string, obey: (call: Entry, body: Body) => SimulatedAnswer | undefined) =>
    ({ params }: SpecVerdict, raw: unknown): SimulatedAnswer => {
      const body = (raw ?? {}) as Body;
      const call = calls.get(params.call_control_id ?? '');
      if (!call) return errorAnswer(404, '10005', 'Resource not found');
      if (body.command_id === undefined) problem(`${name} without a command_id`);
      if (call.seen.has(body.command_id!)) return OK;
      if (call.state === 'over') return errorAnswer(422, '90018', 'Call has already ended');
      const refusal = obey(call, body);
      if (refusal) return refusal;
      call.seen.add(body.command_id!);
      call.commands.push(name);
      return OK;
    };

  const callRecord = (call: Entry) => ({
    record_type: 'call',
    call_control_id: call.ref,
    call_leg_id: randomUUID(),
    call_session_id: randomUUID(),
    is_alive: call.state === 'answered',
  });

  const operations: Record<string, (verdict: SpecVerdict, body: unknown) => SimulatedAnswer> = {
    'POST /calls': (_verdict, raw) => {
      const body = raw as Body;
      if (body.connection_id !== options.connectionId) return errorAnswer(422, '85004', 'Invalid connection id');
      const again = dialled.get(body.command_id!);
      if (again !== undefined) return { status: 200, body: { data: callRecord(calls.get(again)!) } };
      const call = open({
        from: body.from!,
        to: body.to!,
        direction: 'outgoing',
        clientState: body.client_state ?? null,
        webhookUrl: body.webhook_url ?? options.webhookUrl(),
        sound: soundOf(body),
        detection: body.answering_machine_detection,
      });
      dialled.set(body.command_id!, call.ref);
      after(call, 50, () => {
        tell(call, 'call.initiated', { direction: 'outgoing', state: 'bridging' });
        ring(call, body.timeout_secs ?? 30, body.time_limit_secs ?? 14_400);
      });
      return { status: 200, body: { data: callRecord(call) } };
    },

    'GET /calls/{call_control_id}': ({ params }) => {
      const call = calls.get(params.call_control_id ?? '');
      return call ? { status: 200, body: { data: callRecord(call) } } : errorAnswer(404, '10005', 'Resource not found');
    },

    'GET /connections/{connection_id}/active_calls': () => {
      const live = [...calls.values()].filter((call) => call.state !== 'over');
      const data = live.map((call) => {
        const { is_alive: _alive, ...record } = callRecord(call);
        return { ...record, call_duration: 1, client_state: call.clientState ?? '' };
      });
      return { status: 200, body: { data, meta: { page_number: 1, page_size: 250, total_pages: 1, total_results: data.length } } };
    },

    'POST /calls/{call_control_id}/actions/answer': command('answer', (call, body) => {
      if (call.direction === 'outgoing') return errorAnswer(422, '90102', 'Outbound calls cannot be answered');
      call.sound = soundOf(body);
      call.timers.push(setTimeout(() => call.state === 'ringing' && answered(call), 5));
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/reject': command('reject', (call, body) => {
      setTimeout(() => end(call, String(body.cause) === 'USER_BUSY' ? 'user_busy' : 'call_rejected', 'callee', '486'), 5);
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/hangup': command('hangup', (call) => {
      const ringing = call.state === 'ringing';
      const ours = call.direction === 'outgoing' ? 'caller' : 'callee';
      setTimeout(() => end(call, ringing && call.direction === 'outgoing' ? 'originator_cancel' : 'normal_clearing', ours), 5);
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/transfer': command('transfer', (call, body) => {
      if (call.state !== 'answered') return errorAnswer(422, '90034', 'The call is not answered yet');
      const target = open({
        from: body.from ?? call.to,
        to: body.to!,
        direction: 'outgoing',
        clientState: body.target_leg_client_state ?? null,
        webhookUrl: body.webhook_url ?? call.webhookUrl,
        sound: null,
        detection: undefined,
        transferOf: call,
      });
      after(target, 50, () => {
        tell(target, 'call.initiated', { direction: 'outgoing', state: 'bridging' });
        ring(target, body.timeout_secs ?? 30, body.time_limit_secs ?? 14_400);
      });
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/bridge': command('bridge', (call, body) => {
      const other = calls.get(String(body.call_control_id));
      if (!other) return errorAnswer(422, '90015', 'Invalid call control id');
      if (other.state === 'over') return errorAnswer(422, '90018', 'Call has already ended');
      if (call.state !== 'answered' || other.state !== 'answered') return errorAnswer(422, '90034', 'The call is not answered yet');
      setTimeout(() => bridge(call, other), 5);
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/streaming_start': command('streaming_start', (call, body) => {
      if (call.state !== 'answered') return errorAnswer(422, '90034', 'The call is not answered yet');
      if (call.stream) return errorAnswer(422, '90045', 'The call is streaming already');
      call.sound = soundOf(body);
      if (call.sound) stream(call, call.sound);
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/streaming_stop': command('streaming_stop', (call) => {
      if (!call.stream) return errorAnswer(422, '90048', 'The call is not streaming');
      call.stream.stop();
      call.stream = null;
      tell(call, 'streaming.stopped', { stream_url: call.sound?.url });
      return undefined;
    }),
    'POST /calls/{call_control_id}/actions/send_dtmf': command('send_dtmf', (call, body) => {
      if (call.state !== 'answered') return errorAnswer(422, '90034', 'The call is not answered yet');
      call.digits += String(body.digits);
      return undefined;
    }),
  };

  return {
    operations,
    /** All calls, in the order they began. */
    get all(): readonly SimulatedCallState[] {
      return [...calls.values()];
    },
    /** Whoever a call rings at (`rings`) picks up, or does not want it. */
    pickUp(ref: string): void {
      const call = calls.get(ref);
      if (call?.state === 'ringing') answered(call);
    },
    decline(ref: string): void {
      const call = calls.get(ref);
      const { hangup_cause, sip_hangup_cause } = REFUSED.declines!;
      if (call?.state === 'ringing') end(call, hangup_cause, 'callee', sip_hangup_cause);
    },
    /** What becomes of calls to a number. */
    behave: (number: string, behaviour: Behaviour) => void behaviours.set(number, behaviour),
    /** The codec of a number's line; PCMU unless said. */
    line: (number: string, codec: MediaEncoding) => void lines.set(number, codec),
    /** The order of the bytes of L16, both ways; the low byte first unless said. */
    writesL16: (order: ByteOrder) => {
      l16Order = order;
    },
    /** What happens to the frames of streams that are opened from now on. */
    disturb: (wanted: FrameDisorder) => {
      disorder = wanted;
    },
    /** How many samples of 8 kHz stand in a message. */
    packs: (samples: number) => {
      frameSamples = samples;
    },
    /** Media sockets are opened there instead, as behind a wrong address. */
    streamsTo: (url: string) => {
      streamsTo = url;
    },
    /** Somebody calls a number of ours. */
    callUs(from: string, to: string): { state: SimulatedCallState; hangUp(): void } {
      const call = open({
        from,
        to,
        direction: 'incoming',
        clientState: null,
        webhookUrl: options.webhookUrl(),
        sound: null,
        detection: undefined,
      });
      tell(call, 'call.initiated', { direction: 'incoming', state: 'parked', start_time: new Date().toISOString() });
      return { state: call, hangUp: () => end(call, 'normal_clearing', 'caller') };
    },
    /** The person hangs up. */
    hangUp(ref: string): void {
      const call = calls.get(ref);
      if (call) end(call, 'normal_clearing', call.direction === 'outgoing' ? 'callee' : 'caller');
    },
    stop(): void {
      for (const call of calls.values()) {
        for (const timer of call.timers) clearTimeout(timer);
        call.stream?.break();
      }
    },
  };
}
