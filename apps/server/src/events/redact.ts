import { sql } from 'drizzle-orm';
import type { Queryable } from '../database/connect.ts';
import { events } from './events.table.ts';

/** Takes what was said out of the events of a call: they are kept for a while, to be sent again. */
export async function withoutTranscript(on: Queryable, callId: string): Promise<void> {
  await on.execute(sql`
    update ${events} set body = jsonb_set(body::jsonb, '{data,transcript}', '[]')::text
    where subject_id = ${callId} and type = 'call.transcribed'`);
}

/** Takes a person's numbers (E.164) out of the events of a call. */
export async function withoutNumbers(on: Queryable, callId: string, phones: readonly string[]): Promise<void> {
  const theirs = (field: string) => sql`body::jsonb #>> ${`{data,${field}}`} = any(${sql.param(phones)}::text[])`;
  for (const field of ['from_number', 'to_number', 'transferred_to']) {
    await on.execute(sql`
      update ${events} set body = jsonb_set(body::jsonb, ${`{data,${field}}`}, 'null')::text where subject_id = ${callId} and ${theirs(field)}`);
  }
}
