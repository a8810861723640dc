import type { WebCarrier, WebFormat } from '@talkturo/carriers';
import { and, count, eq, inArray, sql } from 'drizzle-orm';
import type { Transaction } from '../database/connect.ts';
import type { CallLog } from './call-log.ts';
import { tooManyWebCalls } from './calls.errors.ts';
import { type Call, calls } from './calls.table.ts';
import { ownAssistant, type PlacingGround } from './placing-calls.ts';
import { prepareCall } from './prepared-call.ts';
import { webCallNews } from './web-call-news.ts';

export interface WebCallRequest {
  /** Made by whoever must know the call's id before it begins. */
  callId?: string;
  accountId: string;
  assistantId: string;
  contactId?: string | undefined;
  format: WebFormat;
  /** Pages that may connect; none named: any. */
  origins?: readonly string[] | undefined;
}

/** A web call that waits for its caller. */
export interface StartedWebCall {
  call: Call;
  /** Lets one socket in, once. */
  token: string;
  expiresAt: Date;
}

export interface WebCallsOptions {
  web: WebCarrier;
  log: CallLog;
  /** Web calls of one account at once, over all nodes. */
  mostPerAccount: number;
}

export type StartWebCall = ReturnType<typeof createStartWebCall>;

/**
 * A browser or an app becomes the caller of an assistant: its record begins, and a ticket to its socket is given out.
 * What happens in the call is told to the caller's program as well.
 * @throws AppError 404, 403, 409 as for any call; 429 when the account has too many; 503 when this node takes none.
 */
export function createStartWebCall(ground: PlacingGround, { web, log, mostPerAccount }: WebCallsOptions) {
  const { assistants, lifecycle, live, people, providersOf } = ground;

  return async (request: WebCallRequest): Promise<StartedWebCall> => {
    const { accountId, contactId = null, format, origins } = request;
    const assistant = await ownAssistant(assistants, accountId, request.assistantId);
    const prepared = await prepareCall(assistant, await people.variables({ accountId, contactId, placing: false }), providersOf);
    const line = live.reserve();
    try {
      const call = await lifecycle.begin(
        {
          ...(request.callId ? { id: request.callId } : {}),
          accountId,
          assistantId: assistant.id,
          contactId,
          direction: 'inbound',
          carrier: web.id,
          nodeId: ground.nodeId,
          fromNumber: null,
          toNumber: null,
          language: assistant.transcriptorLanguage,
        },
        (tx) => refuseTooMany(tx, accountId, mostPerAccount),
      );
      if (!call) throw new Error('a new call was already known');
      const held = live.hold(call, prepared, line, null);
      const placed = web.place({ callId: call.id, format, ...(origins ? { origins } : {}) });
      held.accepted(placed.call);
      const unfollow = log.follow(call.id, (news) => {
        // What is told here comes from this node's own writing; a hint to read again is for those who follow from elsewhere.
        if (news === 'look') return;
        for (const event of news) {
          const message = webCallNews(event);
          if (message) web.tell(placed.call.ref, message);
        }
      });
      void held.over.then(unfollow);
      return { call, token: placed.token, expiresAt: new Date(Date.now() + placed.expiresInMs) };
    } catch (error) {
      line.release();
      throw error;
    }
  };
}

/** Counts one account's calls while nobody else of it begins one. */
async function refuseTooMany(tx: Transaction, accountId: string, most: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('web calls'), hashtext(${accountId}))`);
  const live = inArray(calls.status, ['queued', 'ringing', 'in_progress']);
  const [row] = await tx
    .select({ count: count() })
    .from(calls)
    .where(and(eq(calls.accountId, accountId), live, eq(calls.carrier, 'web')));
  if ((row?.count ?? 0) >= most) throw tooManyWebCalls(most);
}
