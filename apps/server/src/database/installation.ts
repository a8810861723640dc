import { eq } from 'drizzle-orm';
import type { Database } from './connect.ts';
import { installation } from './installation.table.ts';

/** The value all nodes share under a name; the first one to ask stores its proposal. */
export async function sharedValue(db: Database, name: string, proposal: string): Promise<string> {
  await db.insert(installation).values({ name, value: proposal }).onConflictDoNothing();
  const [row] = await db.select().from(installation).where(eq(installation.name, name));
  return row?.value ?? proposal;
}
