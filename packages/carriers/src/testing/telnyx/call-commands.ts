import { randomUUID } from 'node:crypto';
import type { MediaEncoding } from '../../media-socket/media-framing.ts';
import type { SimulatedAnswer } from '../rest-simulator.ts';
import type { CallEntry, CallOpening } from './call-entry.ts';
import { errorAnswer } from './simulated-numbers.ts';
import type { SpecVerdict } from './telnyx-spec.ts';

/** What commands set going. */
export interface CallCourse {
  calls: ReadonlyMap<string, CallEntry>;
  open(opening: CallOpening): CallEntry;
  end(call: CallEntry, cause: string, source: 'caller' | 'callee' | 'unknown', sip?: string): void;
  /** Unless the call is over by then. */
  after(call: CallEntry, ms: number, run: () => void): void;
  /** By webhook. */
  tell(call: CallEntry, type: string, more?: Record<string, unknown>): void;
  ring(call: CallEntry, timeoutSecs: number, limitSecs: number): void;
  answered(call: CallEntry): void;
  bridge(call: CallEntry, other: CallEntry): void;
  stream(call: CallEntry, sound: NonNullable<CallEntry['sound']>): void;
}

export interface CallCommandsOptions {
  connectionId: string;
  /** The application's webhook, where a command names none. */
  webhookUrl(): string;
  /** From the command to answer to the call being answered. */
  answersAfterMs(): number;
  /** Whether calls can be connected while their sound is streamed. */
  bridgesStreams(): boolean;
  /** Whether a call can be transferred while its sound is streamed. */
  transfersStreams(): boolean;
  problem(sentence: string): void;
}

type Body = Record<string, string & number>;
type Operations = Record<string, (verdict: SpecVerdict, body: unknown) => SimulatedAnswer>;

const OK: SimulatedAnswer = { status: 200, body: { data: { result: 'ok' } } };

/** The REST operations of the simulated Telnyx that are about calls. */
export function createCallCommands(
  course: CallCourse,
  { connectionId, webhookUrl, answersAfterMs, bridgesStreams, transfersStreams, problem }: CallCommandsOptions,
): Operations {
  const { calls, open, end, after, tell, ring, answered, bridge, stream } = course;
  const dialled = new Map<string, string>();

  const soundOf = (body: Body): CallEntry['sound'] => {
    if (body.stream_url === undefined) return null;
    if (body.stream_bidirectional_mode !== 'rtp') problem('without stream_bidirectional_mode rtp the sound is not heard');
    const appCodec = String(body.stream_bidirectional_codec ?? 'PCMU') as MediaEncoding;
    const appRate = body.stream_bidirectional_sampling_rate ?? 8000;
    return { url: body.stream_url, token: body.stream_auth_token, appCodec, appRate };
  };

  /** A command on a call: unknown calls, calls that are over and repeats are answered as Telnyx does. */
  const command =
    (name: string, obey: (call: CallEntry, body: Body) => SimulatedAnswer | undefined) =>
    ({ params }: SpecVerdict, raw: unknown): SimulatedAnswer => {
      const body = (raw ?? {}) as Body;
      const call = calls.get(params.call_control_id ?? '');
      if (!call) return errorAnswer(404, '10005', 'Resource not found');
      if (body.command_id === undefined) problem(`${name} without a command_id`);
      if (call.seen.has(body.command_id!)) return OK;
      if (call.state === 'over') return errorAnswer(422, '90018', 'Call has already ended');
      // As strict as the sheet can be read: a repeat of a refused command is ignored too.
      call.seen.add(body.command_id!);
      const refusal = obey(call, body);
      if (refusal) return refusal;
      call.commands.push(name);
      return OK;
    };

  const callRecord = (call: CallEntry) => ({
    record_type: 'call',
    call_control_id: call.ref,
    call_leg_id: randomUUID(),
    call_session_id: randomUUID(),
    is_alive: call.state === 'answered',
  });

  return {
    'POST /calls': (_verdict, raw) => {
      const body = raw as Body;
      if (body.connection_id !== connectionId) return errorAnswer(422, '85004', 'Invalid connection id');
      const again = dialled.get(body.command_id!);
      if (again !== undefined) return { status: 200, body: { data: callRecord(calls.get(again)!) } };
      const call = open({
        from: body.from!,
        to: body.to!,
        direction: 'outgoing',
        clientState: body.client_state ?? null,
        webhookUrl: body.webhook_url ?? webhookUrl(),
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
      call.timers.push(setTimeout(() => call.state === 'ringing' && answered(call), answersAfterMs()));
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
      if (!transfersStreams() && call.stream) return errorAnswer(422, '90045', 'Not allowed while the call is streaming');
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
      if (!bridgesStreams() && (call.stream || other.stream)) return errorAnswer(422, '90045', 'Not allowed while the call is streaming');
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
}
