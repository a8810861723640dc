import type {
  AuditAction,
  BodyOf,
  createWebhook,
  listWebhooks,
  QueryOf,
  rotateWebhookSecret,
  updateWebhook,
  Webhook,
} from '@talkturo/contract';
import { and, count, desc, eq } from 'drizzle-orm';
import type { Database } from '../database/connect.ts';
import { newId } from '../database/ids.ts';
import type { Sealer } from '../database/sealing.ts';
import { isForbiddenLiteral } from '../http/address-guard.ts';
import { forbidden, notFound } from '../http/app-error.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import { audit, changesBetween } from '../identity/audit.ts';
import { secretContext } from './deliverer.ts';
import { newSecret } from './signing.ts';
import { urlNotAllowed, webhookNotFound } from './webhooks.errors.ts';
import { webhookEndpoints } from './webhooks.table.ts';

export interface WebhooksGround {
  db: Database;
  sealer: Sealer;
  /** Private addresses are refused. */
  guard: boolean;
  /** Whose assistant it is; null when there is no such. This feature does not know assistants itself. */
  accountOfAssistant: (assistantId: string) => Promise<string | null>;
}

type Row = typeof webhookEndpoints.$inferSelect;
export type Webhooks = ReturnType<typeof createWebhooks>;

/** Where an account, or one of its assistants, wants to hear of events. */
export function createWebhooks({ db, sealer, guard, accountOfAssistant }: WebhooksGround) {
  /** The caller's own webhook. @throws 404 for none, 403 for another account's. */
  async function own(caller: Caller, webhookId: string): Promise<Row> {
    const [row] = await db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, webhookId));
    if (!row) throw webhookNotFound();
    if (row.accountId !== caller.accountId) throw forbidden();
    return row;
  }

  function checkUrl(url: string): string {
    const parsed = new URL(url);
    if (parsed.username || parsed.password) throw urlNotAllowed('must not hold a user name or password');
    if (parsed.hash) throw urlNotAllowed('must not end in a #fragment');
    if (guard && isForbiddenLiteral(parsed.hostname)) throw urlNotAllowed('must not point at a private or local address');
    return url;
  }

  async function checkAssistant(caller: Caller, assistantId: string): Promise<void> {
    const account = await accountOfAssistant(assistantId);
    if (account === null) throw notFound('assistant');
    if (account !== caller.accountId) throw forbidden();
  }

  const change = (caller: Caller, action: AuditAction & `webhook.${string}`, before: Row, set: Partial<Row>): Promise<Webhook> =>
    db.transaction(async (tx) => {
      const [row] = await tx
        .update(webhookEndpoints)
        .set({ ...set, updatedAt: new Date() })
        .where(eq(webhookEndpoints.id, before.id))
        .returning();
      if (!row) throw webhookNotFound();
      await audit(tx, caller, action, row.id, changesBetween(recordOf(before), recordOf(row), ['updated_at']));
      return recordOf(row);
    });

  return {
    own,

    async list(caller: Caller, query: QueryOf<typeof listWebhooks>) {
      sameAccount(caller, query);
      const where = and(
        eq(webhookEndpoints.accountId, caller.accountId),
        query.assistantId === undefined ? undefined : eq(webhookEndpoints.assistantId, query.assistantId),
      );
      const { limit, offset } = query;
      const rows = await db
        .select()
        .from(webhookEndpoints)
        .where(where)
        .orderBy(desc(webhookEndpoints.createdAt), desc(webhookEndpoints.id))
        .limit(limit)
        .offset(offset);
      const [total] = await db.select({ count: count() }).from(webhookEndpoints).where(where);
      return { webhooks: rows.map(recordOf), count: total?.count ?? 0, limit, offset };
    },

    async create(caller: Caller, body: BodyOf<typeof createWebhook>): Promise<{ webhook: Webhook; secret: string }> {
      sameAccount(caller, body);
      checkUrl(body.url);
      if (body.assistantId) await checkAssistant(caller, body.assistantId);
      const id = newId('whk');
      const secret = newSecret();
      const row = await db.transaction(async (tx) => {
        const [made] = await tx
          .insert(webhookEndpoints)
          .values({
            id,
            accountId: caller.accountId,
            assistantId: body.assistantId ?? null,
            url: body.url,
            description: body.description,
            events: body.events,
            enabled: body.enabled,
            secret: sealer.seal(secret, secretContext(id)),
          })
          .returning();
        if (!made) throw new Error('the webhook was not stored');
        await audit(tx, caller, 'webhook.created', id, { url: { to: body.url } });
        return made;
      });
      return { webhook: recordOf(row), secret };
    },

    get: async (caller: Caller, webhookId: string): Promise<Webhook> => recordOf(await own(caller, webhookId)),

    async update(caller: Caller, webhookId: string, body: BodyOf<typeof updateWebhook>): Promise<Webhook> {
      const row = await own(caller, webhookId);
      if (body.url !== undefined) checkUrl(body.url);
      const { url, description, events, enabled } = body;
      return change(caller, 'webhook.updated', row, {
        ...(url === undefined ? {} : { url }),
        ...(description === undefined ? {} : { description }),
        ...(events === undefined ? {} : { events }),
        ...(enabled === undefined ? {} : { enabled }),
        ...(enabled ? { disabledReason: null, failingSince: null } : {}),
      });
    },

    async remove(caller: Caller, webhookId: string): Promise<void> {
      const row = await own(caller, webhookId);
      await db.transaction(async (tx) => {
        await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, row.id));
        await audit(tx, caller, 'webhook.deleted', row.id, { url: { from: row.url } });
      });
    },

    async rotateSecret(caller: Caller, webhookId: string, { overlapHours }: BodyOf<typeof rotateWebhookSecret>) {
      const row = await own(caller, webhookId);
      const secret = newSecret();
      const webhook = await change(caller, 'webhook.secret_rotated', row, {
        secret: sealer.seal(secret, secretContext(row.id)),
        previousSecret: overlapHours > 0 ? row.secret : null,
        previousSecretUntil: overlapHours > 0 ? new Date(Date.now() + overlapHours * 3_600_000) : null,
      });
      return { webhook, secret };
    },
  };
}

const recordOf = (row: Row): Webhook => ({
  id: row.id,
  account_id: row.accountId,
  assistant_id: row.assistantId,
  url: row.url,
  description: row.description,
  events: row.events,
  enabled: row.enabled,
  disabled_reason: row.disabledReason,
  failing_since: row.failingSince?.toISOString() ?? null,
  previous_secret_expires_at: row.previousSecretUntil?.toISOString() ?? null,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});
