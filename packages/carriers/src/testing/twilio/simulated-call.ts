import { keysIn } from './key-ear.ts';
import { newSid, rfc2822 } from './simulated-answer.ts';
import type { SimulatedStream } from './simulated-stream.ts';

/** What becomes of a call to a number; a number of which nothing is said is answered by a person. */
export type Behaviour = 'answers' | 'rings' | 'busy' | 'declines' | 'nobody' | 'fails' | 'machine';

export type Status = 'queued' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled';
export const OVER: ReadonlySet<string> = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

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

/** What the simulator keeps of it. */
export interface Entry extends SimulatedTwilioCall {
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

/** A call that begins. */
export const openCall = (
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
  return call;
};

/** Seconds that a call was connected, as long as it seems to be at this speed. */
export const lasted = (call: Entry, speed: number): number =>
  call.answeredAt === 0 ? 0 : Math.ceil(((performance.now() - call.answeredAt) * speed) / 1000);

/** What every callback and question about a call says of it. */
export const aboutCall = ({ sid, from, to, status, direction }: Entry, accountSid: string) => ({
  CallSid: sid,
  AccountSid: accountSid,
  From: from,
  To: to,
  CallStatus: status as string,
  ApiVersion: '2010-04-01',
  Direction: direction,
});

/** A call as Twilio's API shows it. */
export const recordOf = (call: Entry, { accountSid, price, speed }: { accountSid: string; price: string | null; speed: number }) => ({
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
  duration: OVER.has(call.status) ? String(lasted(call, speed)) : null,
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
