import { randomBytes, randomUUID } from 'node:crypto';
import type { MediaEncoding } from '../../media-socket/media-framing.ts';
import type { ByteOrder } from '../../media-socket/sample-order.ts';
import type { FrameDisorder } from '../frame-disorder.ts';
import { createCallCommands } from './call-commands.ts';
import type { Behaviour, CallEntry, CallOpening, SimulatedCallState } from './call-entry.ts';
import { createMediaSchema } from './media-schema.ts';
import { openSimulatedStream } from './simulated-stream.ts';
import type { createWebhookPost } from './webhook-post.ts';

export interface SimulatedCallsOptions {
  connectionId: string;
  /** The application's webhook, for calls that come in. */
  webhookUrl(): string;
  post: ReturnType<typeof createWebhookPost>;
  problem(sentence: string): void;
  /** Divides ringing and limits of time. */
  speed: number;
}

const RING_MS = 400;
const REFUSED: Partial<Record<Behaviour, { hangup_cause: string; sip_hangup_cause: string }>> = {
  busy: { hangup_cause: 'user_busy', sip_hangup_cause: '486' },
  declines: { hangup_cause: 'call_rejected', sip_hangup_cause: '603' },
  nobody: { hangup_cause: 'not_found', sip_hangup_cause: '404' },
  fails: { hangup_cause: 'unspecified', sip_hangup_cause: '503' },
};

/** Calls of the simulated Telnyx: commands in (call-commands.ts), webhooks and sound out. */
export function createSimulatedCalls(options: SimulatedCallsOptions) {
  const { post, problem, speed } = options;
  const schema = createMediaSchema();
  const calls = new Map<string, CallEntry>();
  const behaviours = new Map<string, Behaviour>();
  const lines = new Map<string, MediaEncoding>();
  let streamsTo: string | null = null;
  let disorder: FrameDisorder = {};
  let frameSamples = 160;
  let answerMs = 5;
  let bridging = true;
  let transferring = true;
  let l16Order: ByteOrder = 'little';

  const after = (call: CallEntry, ms: number, run: () => void) => {
    call.timers.push(
      setTimeout(() => {
        if (call.state !== 'over') run();
      }, ms / speed),
    );
  };

  const tell = (call: CallEntry, type: string, more: Record<string, unknown> = {}) => {
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

  const open = (entry: CallOpening): CallEntry => {
    const ref = `v3:${randomBytes(40).toString('base64url')}`;
    const call: CallEntry = {
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

  function end(call: CallEntry, cause: string, source: 'caller' | 'callee' | 'unknown', sip = '200'): void {
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
    // Who was connected with it is no longer. Whether a leg that a transfer still rings ends too, Telnyx does not say: here it rings on.
    const other = call.bridgedWith === null ? undefined : calls.get(call.bridgedWith);
    if (other) end(other, 'normal_clearing', source === 'unknown' ? 'unknown' : 'caller');
  }

  function bridge(call: CallEntry, other: CallEntry): void {
    call.bridgedWith = other.ref;
    other.bridgedWith = call.ref;
    for (const leg of [call, other]) tell(leg, 'call.bridged');
  }

  function answered(call: CallEntry): void {
    call.state = 'answered';
    call.answeredAt = performance.now();
    call.billedFrom = Date.now();
    tell(call, 'call.answered', { state: 'answered', start_time: new Date().toISOString() });
    if (call.transferOf) bridge(call.transferOf, call);
    if (call.sound) stream(call, call.sound);
  }

  /** Before it could be connected with anybody, or brought to us. */
  function leaves(call: CallEntry): void {
    tell(call, 'call.answered', { state: 'answered', start_time: new Date().toISOString() });
    end(call, 'normal_clearing', 'callee');
  }

  function stream(call: CallEntry, sound: NonNullable<CallEntry['sound']>): void {
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

  function detect(call: CallEntry, machine: boolean): void {
    const premium = call.detection === 'premium' ? 'premium.' : '';
    after(call, 300, () => {
      const who = premium ? (machine ? 'machine' : 'human_residence') : machine ? 'machine' : 'human';
      tell(call, `call.machine.${premium}detection.ended`, { result: who });
    });
    if (machine) after(call, 900, () => tell(call, `call.machine.${premium}greeting.ended`, { result: 'beep_detected' }));
  }

  function ring(call: CallEntry, timeoutSecs: number, limitSecs: number): void {
    const behaviour = behaviours.get(call.to) ?? 'answers';
    after(call, timeoutSecs * 1000, () => {
      if (call.state === 'ringing') end(call, 'timeout', 'unknown', '487');
    });
    after(call, RING_MS, () => {
      const refused = REFUSED[behaviour];
      if (refused) return end(call, refused.hangup_cause, 'callee', refused.sip_hangup_cause);
      if (behaviour === 'rings') return;
      if (behaviour === 'leaves') return leaves(call);
      answered(call);
      if (call.detection !== undefined && call.detection !== 'disabled') detect(call, behaviour === 'machine');
      after(call, limitSecs * 1000, () => end(call, 'time_limit', 'unknown'));
    });
  }

  const operations = createCallCommands(
    { calls, open, end, after, tell, ring, answered, bridge, stream },
    {
      connectionId: options.connectionId,
      webhookUrl: options.webhookUrl,
      answersAfterMs: () => answerMs,
      bridgesStreams: () => bridging,
      transfersStreams: () => transferring,
      problem,
    },
  );

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
    /** From our command to answer to the call being answered. */
    answersAfter: (ms: number) => {
      answerMs = ms;
    },
    /** Calls are connected only once their streams are stopped. */
    refusesStreamedBridges: () => {
      bridging = false;
    },
    /** A call is transferred only once its stream is stopped. */
    refusesStreamedTransfers: () => {
      transferring = false;
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
