import { type Carrier, type CarrierCall, CarrierError, type CarrierId, type CarrierListener, type IncomingCall } from '@talkturo/carriers';
import { AppError } from '../http/app-error.ts';
import { type EndedReason, endingOf } from './call-ending.ts';
import type { Call } from './calls.table.ts';
import { CALLER_GONE, type HeldCall } from './held-call.ts';
import type { Line } from './live-calls.ts';
import type { PlacingGround } from './placing-calls.ts';
import { type Assistant, type PreparedCall, prepareCall } from './prepared-call.ts';

/** Somebody calls, and somebody here may answer. */
interface Wanted {
  accountId: string;
  assistant: Assistant | null;
  /** Who calls, where the account knows the number. */
  contactId: string | null;
  /** Called by itself rather than by a number: a test by someone who may use it anyway. */
  directly: boolean;
}

/**
 * Takes calls that come in: a number leads to its assistant, which answers when it may and can. Who may not is refused
 * as busy; each refusal of a number that is somebody's is on record.
 */
export function createIncoming(ground: PlacingGround): CarrierListener['incoming'] {
  const { assistants, numbers, people, live, lifecycle, carriers, providersOf, logger } = ground;

  async function wanted(call: IncomingCall): Promise<Wanted | null> {
    const known = call.assistantId ? { assistantId: call.assistantId, accountId: call.accountId } : await numbers.byCalledNumber(call.to);
    if (!known) return null;
    // An account's own carrier brings calls to its own numbers alone.
    if (call.accountId && known.accountId && known.accountId !== call.accountId) return null;
    const assistant = known.assistantId ? await assistants.find(known.assistantId) : undefined;
    const there = assistant && !assistant.deletedAt && (!known.accountId || assistant.accountId === known.accountId);
    const accountId = known.accountId ?? assistant?.accountId;
    if (!accountId) return null;
    const contactId = await people.byPhone(accountId, call.from);
    return { accountId, assistant: there ? assistant : null, contactId, directly: call.assistantId !== undefined };
  }

  const begin = (carrier: CarrierId, call: IncomingCall, { accountId, assistant, contactId }: Wanted): Promise<Call | null> =>
    lifecycle.begin({
      accountId,
      assistantId: assistant?.id ?? null,
      contactId,
      direction: 'inbound',
      carrier,
      carrierRef: call.ref,
      nodeId: ground.nodeId,
      fromNumber: call.from || null,
      toNumber: call.to || null,
      language: assistant?.transcriptorLanguage ?? null,
    });

  async function refuse(carrier: Carrier, call: IncomingCall, who: Wanted, reason: EndedReason, error: string): Promise<void> {
    const row = await begin(carrier.id, call, who);
    if (!row) return;
    logger.warn({ callId: row.id, reason }, 'a call that came in was refused');
    await lifecycle.close(row.id, endingOf(reason, false), { endedAt: new Date(), durationMs: null, error });
    await carrier.reject({ carrier: carrier.id, ref: call.ref }, 'busy');
  }

  /** Everything that has to be true before a call is answered; else why it is refused. */
  async function readiness(who: Wanted): Promise<{ prepared: PreparedCall; line: Line } | { reason: EndedReason; error: string }> {
    const { assistant, directly, accountId, contactId } = who;
    if (!assistant) return { reason: 'not_configured', error: 'No assistant is assigned to this number.' };
    if (!assistant.inboundEnabled && !directly) {
      return { reason: 'inbound_disabled', error: 'This assistant may not take calls: its inbound_enabled is false.' };
    }
    try {
      const variables = await people.variables({ accountId, contactId, placing: false });
      return { prepared: await prepareCall(assistant, variables, providersOf), line: live.reserve() };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { reason: error.status === 503 ? 'no_capacity' : 'not_configured', error: error.message };
    }
  }

  async function take(carrier: Carrier, call: IncomingCall): Promise<void> {
    const carrierCall: CarrierCall = { carrier: carrier.id, ref: call.ref };
    if (call.callId) {
      const placed = live.get(call.callId);
      // Hung up before it rang: there is nothing to answer.
      return placed ? answer(carrier, carrierCall, placed) : carrier.hangup(carrierCall);
    }
    const who = await wanted(call);
    if (!who) {
      logger.warn({ carrier: carrier.id, pii: { from: call.from, to: call.to } }, 'a call to a number that nobody answers was declined');
      return carrier.reject(carrierCall, 'declined');
    }
    const ready = await readiness(who);
    if ('reason' in ready) return refuse(carrier, call, who, ready.reason, ready.error);
    try {
      const row = await begin(carrier.id, call, who);
      // Carriers tell of a call twice at times: it is taken already.
      if (!row) return ready.line.release();
      const held = live.hold(row, ready.prepared, ready.line, carrierCall);
      await answer(carrier, carrierCall, held);
      // A page that calls comes by itself, when its visitor has allowed the microphone; sound of a carrier comes at once.
      held.answering();
    } catch (error) {
      ready.line.release();
      throw error;
    }
  }

  async function answer(carrier: Carrier, carrierCall: CarrierCall, held: HeldCall): Promise<void> {
    try {
      await carrier.answer(carrierCall);
    } catch (error) {
      logger.warn({ callId: held.callId, err: error }, 'a call could not be answered');
      const gone = error instanceof CarrierError && error.kind === 'ended';
      if (gone) held.fail('cancelled', CALLER_GONE);
      else held.fail('carrier_error', error instanceof CarrierError ? error.message : 'The carrier could not answer the call.');
    }
  }

  return (carrierId, call) => {
    const carrier = carriers.get(carrierId);
    if (!carrier) return;
    const carrierCall = { carrier: carrierId, ref: call.ref };
    if (!call.callId) live.expect(carrierCall);
    take(carrier, call)
      .catch((error) => logger.error({ err: error, carrier: carrierId }, 'a call that came in could not be handled'))
      .finally(() => live.unexpect(carrierCall));
  };
}
