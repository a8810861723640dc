import type { BodyOf, listProviders, ProviderCheck, ProviderSetting, QueryOf, setProviders } from '@talkturo/contract';
import { and, eq } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Database } from '../database/connect.ts';
import type { Sealer } from '../database/sealing.ts';
import { isForbiddenLiteral } from '../http/address-guard.ts';
import { badRequest, conflict, forbidden, notFound } from '../http/app-error.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import { audit, changesBetween } from '../identity/audit.ts';
import { type AccountAccess, type CheckFinding, sentenceOf, type Vendor, type VendorAccess } from './vendor-access.ts';
import { vendorChecks, vendorKeys } from './vendor-keys.table.ts';
import { accessAfter, type Given, type Settings, settingsAfter } from './vendor-parts.ts';

export interface VendorKeysGround {
  db: Database;
  sealer: Sealer;
  logger: Logger;
  /** Private addresses are refused. */
  guard: boolean;
  vendors: readonly Vendor[];
  /** Asks a vendor with the access calls would use: the account's, or the server's where that is null. Never rejects. */
  ask(vendorId: string, own: VendorAccess | null): Promise<CheckFinding>;
  /** Which settings beside a key are of another account at the vendor than the key. Never rejects. */
  foreignTo(vendorId: string, own: VendorAccess & { apiKey: string }): Promise<readonly string[]>;
}

type KeyRow = typeof vendorKeys.$inferSelect;
type CheckRow = typeof vendorChecks.$inferSelect;
export type VendorKeys = ReturnType<typeof createVendorKeys>;

/** Shorter keys would be given away by their end. */
const SHOWN_FROM = 12;

/** The keys accounts have with vendors: sealed in the database, used by their own calls alone. */
export function createVendorKeys({ db, sealer, logger, guard, vendors, ask, foreignTo }: VendorKeysGround) {
  const context = (accountId: string, vendor: string) => `vendor_keys.sealed ${accountId} ${vendor}`;

  function opened(row: KeyRow): VendorAccess | null {
    const { accountId, vendor, sealed, settings } = row;
    try {
      return { apiKey: sealed === null ? null : sealer.open(sealed, context(accountId, vendor)), settings };
    } catch (error) {
      logger.error({ err: error, accountId, vendor }, 'a stored vendor key does not open: it has to be set again');
      return null;
    }
  }

  const sealedKey = (accountId: string, vendor: string, apiKey: string | null) => ({
    sealed: apiKey === null ? null : sealer.seal(apiKey, context(accountId, vendor)),
    lastFour: apiKey === null || apiKey.length < SHOWN_FROM ? null : apiKey.slice(-4),
  });

  const ofVendor = (accountId: string, vendor: string) => and(eq(vendorKeys.accountId, accountId), eq(vendorKeys.vendor, vendor));

  /** What was set beside a key and does not go with the one that takes its place: settings of another account, unless given anew. */
  async function forgottenWith(accountId: string, vendor: string, wanted: Given | null | undefined): Promise<Settings> {
    const [before] = wanted ? await db.select().from(vendorKeys).where(ofVendor(accountId, vendor)) : [];
    if (!wanted || !before) return {};
    const { secret, settings } = accessAfter(vendor, wanted, before);
    if (!secret) return {};
    const foreign = await foreignTo(vendor, { apiKey: secret, settings });
    return Object.fromEntries(
      Object.entries(before.settings).filter(([name, value]) => foreign.includes(name) && settings[name] === value),
    );
  }

  async function list(caller: Caller): Promise<{ providers: ProviderSetting[] }> {
    const { accountId } = caller;
    const [keys, checks] = await Promise.all([
      db.select().from(vendorKeys).where(eq(vendorKeys.accountId, accountId)),
      db.select().from(vendorChecks).where(eq(vendorChecks.accountId, accountId)),
    ]);
    const find = <R extends { vendor: string }>(rows: readonly R[], { id }: Vendor) => rows.find(({ vendor }) => vendor === id);
    return { providers: vendors.map((vendor) => recordOf(vendor, find(keys, vendor), find(checks, vendor))) };
  }

  return {
    list: (caller: Caller, query: QueryOf<typeof listProviders>) => {
      sameAccount(caller, query);
      return list(caller);
    },

    /** Sets, replaces and removes several at once, or none of them. */
    async set(caller: Caller, body: BodyOf<typeof setProviders>) {
      sameAccount(caller, body);
      requireAdmin(caller);
      // One order for everybody: two at once wait for each other instead of locking up.
      const changes = Object.entries(body.providers).toSorted(([a], [b]) => (a < b ? -1 : 1));
      for (const [vendor, wanted] of changes) {
        if (guard && wanted && 'base_url' in wanted) checkAddress(vendor, wanted.base_url);
      }
      // Vendors are asked before anything is locked.
      const forgotten = new Map<string, Settings>();
      for (const [vendor, wanted] of changes) forgotten.set(vendor, await forgottenWith(caller.accountId, vendor, wanted));
      await db.transaction(async (tx) => {
        for (const [vendor, wanted] of changes) {
          if (wanted === undefined) continue;
          const own = ofVendor(caller.accountId, vendor);
          const [before] = await tx.select().from(vendorKeys).where(own).for('update');
          if (wanted === null) {
            if (!before) continue;
            await tx.delete(vendorKeys).where(own);
            await audit(tx, caller, 'provider_key.removed', vendor, { last_four: { from: before.lastFour } });
            continue;
          }
          const after = accessAfter(vendor, wanted, before);
          const settings = settingsWithout(after.settings, forgotten.get(vendor));
          const row = {
            ...(after.secret === undefined && before
              ? { sealed: before.sealed, lastFour: before.lastFour }
              : sealedKey(caller.accountId, vendor, after.secret ?? null)),
            settings,
            updatedAt: new Date(),
          };
          await tx
            .insert(vendorKeys)
            .values({ accountId: caller.accountId, vendor, ...row })
            .onConflictDoUpdate({ target: [vendorKeys.accountId, vendorKeys.vendor], set: row });
          await audit(tx, caller, 'provider_key.set', vendor, {
            last_four: { from: before?.lastFour ?? null, to: row.lastFour },
            ...Object.fromEntries(Object.entries(settings).map(([name, to]) => [name, { from: before?.settings[name] ?? null, to }])),
            ...Object.fromEntries(Object.entries(forgotten.get(vendor) ?? {}).map(([name, from]) => [name, { from, to: null }])),
          });
        }
      });
      return list(caller);
    },

    /** Asks the vendor with the key calls would use. */
    async check(caller: Caller, vendorId: string): Promise<ProviderCheck> {
      requireAdmin(caller);
      const vendor = vendors.find(({ id }) => id === vendorId);
      if (!vendor) throw notFound('vendor');
      const own = ofVendor(caller.accountId, vendorId);
      const [row] = await db.select().from(vendorKeys).where(own);
      if (!row && !vendor.serverKey) throw conflict('no_vendor_key', `There is no key for ${vendor.name} yet: set one first.`);
      // The moment it began: what was asked before a key was replaced says nothing about the new one.
      const checkedAt = new Date();
      const access = row ? opened(row) : null;
      const finding: CheckFinding =
        row && !access ? { ok: false, problem: 'auth', said: 'the stored key cannot be read, set it again' } : await ask(vendorId, access);
      const found = {
        ok: finding.ok,
        source: row ? ('account' as const) : ('server' as const),
        problem: finding.ok ? null : finding.problem,
        message: sentenceOf(vendor.name, finding),
        checkedAt,
      };
      await db
        .insert(vendorChecks)
        .values({ accountId: caller.accountId, vendor: vendorId, ...found })
        .onConflictDoUpdate({ target: [vendorChecks.accountId, vendorChecks.vendor], set: found });
      return checkOf(found);
    },

    /** Keeps what a set-up made or found; null takes a setting away. */
    async keep(caller: Caller, vendorId: string, settings: Record<string, string | null>): Promise<void> {
      const own = ofVendor(caller.accountId, vendorId);
      await db.transaction(async (tx) => {
        const [before] = await tx.select().from(vendorKeys).where(own).for('update');
        if (!before) return;
        const after = settingsAfter(before.settings, settings);
        await tx.update(vendorKeys).set({ settings: after }).where(own);
        await audit(
          tx,
          caller,
          'provider_key.set',
          vendorId,
          changesBetween<Record<string, string | null>>(before.settings, { ...before.settings, ...settings }),
        );
      });
    },

    /** The account's own access to one vendor; undefined: it has none, null: it does not open. */
    async access(accountId: string, vendorId: string): Promise<VendorAccess | null | undefined> {
      const own = and(eq(vendorKeys.accountId, accountId), eq(vendorKeys.vendor, vendorId));
      const [row] = await db.select().from(vendorKeys).where(own);
      return row && opened(row);
    },

    /** The account's own access by vendor, as it stands at this moment. */
    async accessOf(accountId: string): Promise<AccountAccess> {
      const rows = await db.select().from(vendorKeys).where(eq(vendorKeys.accountId, accountId));
      return new Map(rows.map((row) => [row.vendor, opened(row)]));
    },
  };
}

/** Keys of programs are bound by their scopes, people by their role. */
export function requireAdmin({ via, role }: Caller): void {
  if (via === 'session' && role === 'member') throw forbidden('Only an owner or admin may change and check the keys of vendors.');
}

/** A setting goes while it still has the value that it was looked at with. */
const settingsWithout = (settings: Record<string, string>, gone: Settings = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).filter(([name, value]) => gone[name] !== value));

function checkAddress(vendor: string, address: string): void {
  const url = new URL(address);
  const refused = (message: string) =>
    badRequest(`providers.${vendor}.base_url: ${message}`, [{ path: `providers.${vendor}.base_url`, message }]);
  if (url.username || url.password) throw refused('must not hold a user name or password');
  if (isForbiddenLiteral(url.hostname)) throw refused('must not point at a private or local address');
}

function recordOf(vendor: Vendor, key: KeyRow | undefined, check: CheckRow | undefined): ProviderSetting {
  const source = key ? 'account' : vendor.serverKey ? 'server' : null;
  const current = check?.source === source && (!key || check.checkedAt >= key.updatedAt) ? check : undefined;
  return {
    provider: vendor.id,
    name: vendor.name,
    tasks: [...vendor.tasks],
    source,
    server_key: vendor.serverKey,
    last_four: key?.lastFour ?? null,
    base_url: key?.settings.base_url ?? null,
    model: key?.settings.model ?? null,
    public_key: key?.settings.public_key ?? null,
    connection_id: key?.settings.connection_id ?? null,
    account_sid: key?.settings.account_sid ?? null,
    address_sid: key?.settings.address_sid ?? null,
    bundle_sid: key?.settings.bundle_sid ?? null,
    updated_at: key?.updatedAt.toISOString() ?? null,
    last_check: current ? checkOf(current) : null,
  };
}

const checkOf = ({ ok, source, problem, message, checkedAt }: Omit<CheckRow, 'accountId' | 'vendor'>): ProviderCheck => ({
  ok,
  source,
  problem: problem as ProviderCheck['problem'],
  message,
  checked_at: checkedAt.toISOString(),
});
