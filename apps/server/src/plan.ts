import path from 'node:path';
import { findPlan, PLANS, type PlanId, planOf, setPlan } from './billing/plans.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { knownSecrets, openDataFolder } from './data-folder.ts';
import { connect, type Database } from './database/connect.ts';
import { embeddedUrl, startEmbeddedPostgres } from './database/embedded.ts';
import { migrate } from './database/migrate.ts';
import { accountBySlug } from './identity/accounts.ts';
import { audit } from './identity/audit.ts';
import { keepTrials } from './phone-numbers/phone-numbers.ts';

const ROOT = path.join(import.meta.dirname, '../../..');
const USAGE = `Usage: npm run plan -- <slug of the workspace> <${PLANS.map((plan) => plan.id).join('|')}>`;

/** A mistake of who runs this; the message is all they need. */
class Mistake extends Error {}

/**
 * Puts a workspace on a plan; from a paid one on its trial number is its own. @returns a sentence that says what is now.
 * @throws Error with a sentence when there is no such workspace.
 */
export async function changePlan(db: Database, slug: string, id: PlanId): Promise<string> {
  return db.transaction(async (tx) => {
    const account = await accountBySlug(tx, slug);
    if (!account) throw new Mistake(`There is no workspace ${slug}.`);
    const before = planOf(account);
    await setPlan(tx, account.id, id);
    const now = planOf({ id: account.id, plan: id });
    if (now.paid) await keepTrials(tx, account.id);
    const operator = { accountId: account.id, userId: null, keyId: null };
    await audit(tx, operator, 'account.plan_changed', account.id, { plan: { from: before.id, to: now.id } });
    const numbers = `${now.phoneNumbers} ${now.trialDays === null ? '' : 'trial '}phone number${now.phoneNumbers === 1 ? '' : 's'}`;
    return `${slug} is on the ${now.name} plan now (before: ${before.name}): ${numbers}.`;
  });
}

async function main(): Promise<void> {
  const [slug, word, ...more] = process.argv.slice(2);
  const plan = findPlan(word ?? '');
  if (!slug || !plan || more.length > 0) throw new Mistake(USAGE);
  const database = await openDatabase(readConfig(process.env, ROOT));
  try {
    const connection = connect(database.url, 1);
    try {
      console.log(await changePlan(connection.db, slug, plan.id as PlanId));
    } finally {
      await connection.close();
    }
  } finally {
    await database.close();
  }
}

/** The database of the settings: a PostgreSQL given, the embedded one of a running server, or the embedded one started for this. */
async function openDatabase(config: Config): Promise<{ url: string; close(): Promise<void> }> {
  const close = async () => {};
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, close };
  const secrets = knownSecrets(config.dataDir);
  if (!secrets) throw new Mistake(`There is no Talkturo in ${config.dataDir} yet: start it once with npm start, or set TALKTURO_DATA_DIR.`);
  const running = embeddedUrl({ dataDir: config.dataDir, cluster: secrets.cluster, password: secrets.databasePassword }, 'talkturo');
  if (await answers(running)) return { url: running, close };
  const folder = openDataFolder(config.dataDir);
  try {
    const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, cluster: secrets.cluster, password: secrets.databasePassword });
    await embedded.ensureDatabase('talkturo');
    await migrate(embedded.urlOf('talkturo'));
    const stop = async () => {
      await embedded.stop();
      folder.release();
    };
    return { url: embedded.urlOf('talkturo'), close: stop };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function answers(url: string): Promise<boolean> {
  const connection = connect(url, 1);
  try {
    await connection.pool.query('select 1');
    return true;
  } catch {
    // Nobody is there: then this process may start the database itself.
    return false;
  } finally {
    await connection.close();
  }
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    const expected = error instanceof Mistake || error instanceof ConfigError;
    console.error(expected ? error.message : error);
    process.exit(1);
  });
}
