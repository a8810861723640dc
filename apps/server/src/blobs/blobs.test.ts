import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

test.each(['../secret', '/etc/passwd', 'a//b', 'a/../b', '', 'a/.hidden', 'a\\b'])('%j is no key', (key) => {
  expect(() => createBlobs(folder).pathOf(key)).toThrow('not a key');
});
