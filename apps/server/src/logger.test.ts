import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { connect } from './database/connect.ts';
import { createLogger } from './logger.ts';
import { createTestDatabase } from './testing/test-database.ts';

function logged(pii: boolean, write: (log: ReturnType<typeof createLogger>) => void): string {
  let text = '';
  write(
    createLogger(
      { logLevel: 'info', TALKTURO_LOG_PII: pii },
      {
        write(line) {
          text += line;
        },
      },
    ),
  );
  return text;
}

test('callers’ words and numbers appear only when the operator asks', () => {
  const write = (log: ReturnType<typeof createLogger>) => log.info({ pii: { from: '+14155550101' } }, 'a call came in');
  expect(logged(false, write)).not.toContain('+1415');
  expect(logged(true, write)).toContain('+1415');
});

test('numbers that a carrier quotes in its errors appear only when the operator asks', () => {
  const cause = new Error('GET /calls?to=%2B14155550101: 404');
  const error = new Error('The number +14155550101 is not valid.', { cause });
  const write = (log: ReturnType<typeof createLogger>) => log.warn({ err: error }, 'a call was not taken');
  const text = logged(false, write);
  expect(text).not.toContain('4155550101');
  expect(text).toContain('The number +… is not valid.');
  expect(text).toContain('to=%2B…');
  expect(logged(true, write)).toContain('+14155550101');
});

test('a failed query is logged without its values', async () => {
  const database = await createTestDatabase();
  const connection = connect(database.url, 1);
  const error = await connection.db.execute(sql`select ${'my secret'}::int`).catch((thrown) => thrown);
  await connection.close();
  await database.drop();
  const text = logged(true, (log) => log.error({ err: error }, 'query failed'));
  expect(text).toContain('Failed query: select $1::int');
  expect(text).toContain('22P02');
  expect(text).not.toContain('my secret');
});
