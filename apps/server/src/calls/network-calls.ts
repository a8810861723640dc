import { LENT_NUMBER, type LocalNetwork } from '@talkturo/carriers';
import { forbidden, notFound } from '../http/app-error.ts';
import { inboundDisabled, notConfigured } from './calls.errors.ts';
import type { Call } from './calls.table.ts';
import { ownAssistant, type PlacingGround } from './placing-calls.ts';
import { prepareCall } from './prepared-call.ts';

export interface NetworkCallRequest {
  accountId: string;
  /** The assistant itself, or a number it answers. */
  assistantId?: string | undefined;
  toNumber?: string | undefined;
  fromNumber?: string | undefined;
}

export type StartNetworkCall = ReturnType<typeof createStartNetworkCall>;

/**
 * A program becomes the caller of an assistant: its record begins, and the address of its media socket is given out.
 * The call is answered when the program connects. A number leads where it would lead any caller.
 */
export function createStartNetworkCall(ground: PlacingGround, network: LocalNetwork, mediaUrl: () => string) {
  const { assistants, lifecycle, live, numbers, people, providersOf } = ground;

  async function assistantFor({ accountId, assistantId, toNumber = '' }: NetworkCallRequest) {
    if (assistantId) return ownAssistant(assistants, accountId, assistantId);
    const called = await numbers.byCalledNumber(toNumber);
    if (!called) throw notFound('number that takes calls');
    if (called.accountId !== accountId) throw forbidden();
    if (!called.assistantId) throw notConfigured('No assistant is assigned to this number.');
    const assistant = await ownAssistant(assistants, accountId, called.assistantId);
    if (!assistant.inboundEnabled) throw inboundDisabled();
    return assistant;
  }

  return async (request: NetworkCallRequest): Promise<{ call: Call; mediaUrl: string }> => {
    const assistant = await assistantFor(request);
    const { accountId, fromNumber } = request;
    const contactId = fromNumber ? await people.byPhone(accountId, fromNumber) : null;
    const prepared = await prepareCall(assistant, await people.variables({ accountId, contactId, placing: false }), providersOf);
    const line = live.reserve();
    try {
      const call = await lifecycle.begin({
        accountId,
        assistantId: assistant.id,
        contactId,
        direction: 'inbound',
        carrier: network.id,
        nodeId: ground.nodeId,
        fromNumber: fromNumber ?? LENT_NUMBER,
        toNumber: request.toNumber ?? null,
        language: assistant.transcriptorLanguage,
      });
      if (!call) throw new Error('a new call was already known');
      const held = live.hold(call, prepared, line, null);
      const placed = network.placeExternal(
        {
          callId: call.id,
          accountId,
          assistantId: assistant.id,
          ...(request.toNumber ? { to: request.toNumber } : {}),
          ...(fromNumber ? { from: fromNumber } : {}),
        },
        mediaUrl(),
      );
      held.accepted(placed.call);
      return { call, mediaUrl: placed.mediaUrl };
    } catch (error) {
      line.release();
      throw error;
    }
  };
}
