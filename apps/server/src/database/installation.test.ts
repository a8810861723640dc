import { expect, test } from 'vitest';
import { createTestDatabase } from '../testing/test-database.ts';
import { connect } from './connect.ts';
import { sharedValue } from './installation.ts';

test('nodes that ask at once get the same value', async () => {
  const database = await createTestDatabase();
  const connection = connect(database.url, 4);
  const got = await Promise.all(['a', 'b', 'c'].map((proposal) => sharedValue(connection.db, 'secret', proposal)));
  expect(new Set(got).size).toBe(1);
  expect(await sharedValue(connection.db, 'secret', 'd')).toBe(got[0]);
  await connection.close();
  await database.drop();
});
