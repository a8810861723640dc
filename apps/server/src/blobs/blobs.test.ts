import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBlobs } from './blobs.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'talkturo-blobs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a blob is written where it is told, measured, read in part and removed', async () => {
  const blobs = createBlobs(folder);
  writeFileSync(await blobs.place('recordings/acct_1/call_1.wav'), '0123456789');
  expect(await blobs.size('recordings/acct_1/call_1.wav')).toBe(10);
  expect(await text(blobs.read('recordings/acct_1/call_1.wav', { start: 2, end: 4 }))).toBe('234');
  await blobs.remove('recordings/acct_1/call_1.wav');
  await blobs.remove('recordings/acct_1/call_1.wav');
  expect(await blobs.size('recordings/acct_1/call_1.wav')).toBeNull();
});

test('a folder of files that can be made again keeps the newest few', async () => {
  const blobs = createBlobs(folder);
  const day = 86_400;
  for (const [name, age] of [
    ['new', 0],
    ['older', day],
    ['oldest', 2 * day],
    ['ancient', 40 * day],
  ] as const) {
    const file = await blobs.place(`made/${name}.sound`);
    writeFileSync(file, name);
    utimesSync(file, Date.now() / 1000 - age, Date.now() / 1000 - age);
  }
  await blobs.prune('made', { most: 3, keptMs: 30 * day * 1000 });
  expect(readdirSync(path.join(folder, 'made')).toSorted()).toEqual(['new.sound', 'older.sound', 'oldest.sound']);
  await blobs.prune('made', { most: 1, keptMs: 30 * day * 1000 });
  expect(readdirSync(path.join(folder, 'made'))).toEqual(['new.sound']);
});

test.each(['../secret', '/etc/passwd', 'a//b', 'a/../b', '', 'a/.hidden', 'a\\b'])('%j is no key', (key) => {
  expect(() => createBlobs(folder).pathOf(key)).toThrow('not a key');
});
