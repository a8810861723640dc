import {
  type Carrier,
  type CarrierCall,
  CarrierError,
  type CarrierEvent,
  type CarrierListener,
  type DialRequest,
  type HangupCause,
  type TransferRequest,
} from '@talkturo/carriers';
import type { Leg } from '@talkturo/voice';

/** A telephone network moved by the test: it takes commands down and tells what the test says. */
export interface ScriptedCarrier extends Carrier {
  readonly dialled: readonly DialRequest[];
  readonly transfers: readonly TransferRequest[];
  /** The next answer, transfer, or press of keys, ends so. */
  failNextCommand(error: CarrierError): void;
  /** Commands in order: `answer ref`, `reject ref busy`, `hangup ref`, `transfer ref +1…`, `bridge ref other`, `digits ref 12`. */
  readonly commands: readonly string[];
  /** The next dial ends so. */
  failNextDial(error: CarrierError): void;
  /** The next dial is answered only when the function is called that comes back. */
  holdNextDial(): () => void;
  /** Somebody calls. */
  rings(ref: string, call: { from: string; to: string; assistantId?: string; accountId?: string }): void;
  tells(ref: string, event: CarrierEvent, eventId?: string): void;
  /** The media socket of a call is open, at this server or at that of another node. */
  opensMedia(ref: string, leg: Leg, at?: CarrierListener): void;
  /** The call our lookUp finds, live unless `ended` says how it ended. */
  known: (CarrierCall & { ended?: HangupCause }) | null;
  /** Set: its calls go on without the node that placed them, as those of real carriers do. */
  outlivesNodes: boolean;
}

export function createScriptedCarrier(listener: CarrierListener): ScriptedCarrier {
  const dialled: DialRequest[] = [];
  const commands: string[] = [];
  const callIds = new Map<string, string>();
  const transfers: TransferRequest[] = [];
  let failure: CarrierError | null = null;
  let answering: Promise<void> | null = null;
  let refusal: CarrierError | null = null;
  let events = 0;
  const callOf = (ref: string): CarrierCall => ({ carrier: 'local', ref });
  const refuse = () => {
    const refused = refusal;
    refusal = null;
    if (refused) throw refused;
  };
  const idOf = (ref: string) => callIds.get(ref) ?? null;

  const self: ScriptedCarrier = {
    id: 'local',
    dialled,
    commands,
    known: null,
    outlivesNodes: false,
    get endsWithNode() {
      return self.outlivesNodes ? undefined : true;
    },
    transfers,
    failNextCommand(error) {
      refusal = error;
    },
    failNextDial(error) {
      failure = error;
    },
    holdNextDial() {
      const { promise, resolve } = Promise.withResolvers<void>();
      answering = promise;
      return resolve;
    },
    async dial(request) {
      dialled.push(request);
      const failed = failure;
      failure = null;
      if (failed) throw failed;
      const ref = `ref-${request.commandId}`;
      callIds.set(ref, request.callId);
      const held = answering;
      answering = null;
      await held;
      return callOf(ref);
    },
    async answer({ ref }) {
      commands.push(`answer ${ref}`);
      refuse();
    },
    async reject({ ref }, cause) {
      commands.push(`reject ${ref} ${cause}`);
    },
    async hangup({ ref }) {
      commands.push(`hangup ${ref}`);
    },
    async transfer({ ref }, request) {
      transfers.push(request);
      commands.push(`transfer ${ref} ${request.to}`);
      refuse();
    },
    async bridge({ ref }, other) {
      commands.push(`bridge ${ref} ${other.ref}`);
      refuse();
    },
    async sendDigits({ ref }, { digits }) {
      refuse();
      commands.push(`digits ${ref} ${digits}`);
    },
    async lookUp() {
      if (!self.known) return { known: false };
      const { ended, ...call } = self.known;
      return { known: true, call, live: !ended, ...(ended ? { cause: ended } : {}) };
    },
    media: { path: '/media/scripted', accept: () => {}, allows: () => false },
    async close() {},
    rings: (ref, call) => listener.incoming('local', { ref, ...call }),
    tells: (ref, event, eventId = `event-${++events}`) => listener.progress(callOf(ref), idOf(ref), eventId, event),
    opensMedia: (ref, leg, at = listener) => at.media(callOf(ref), idOf(ref), leg),
  };
  return self;
}

export { CarrierError };
