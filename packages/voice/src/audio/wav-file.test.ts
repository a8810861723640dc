import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readWav, WAV_HEADER_BYTES, wavHeader } from './wav.ts';
import { openWavFile, repairWavFile } from './wav-file.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wav-file-'));
  path = join(folder, 'call.wav');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('holds what was written, in order, however small the pieces', async () => {
  const file = openWavFile(path, { sampleRate: 8000, channelCount: 2 });
  const scratch = new Int16Array(320);
  for (let frame = 0; frame < 200; frame++) {
    for (let i = 0; i < 320; i++) scratch[i] = i % 2 ? -frame : frame;
    file.write(scratch);
  }
  await file.close();
  const { channels } = readWav(readFileSync(path));
  expect(channels[0]).toHaveLength(200 * 160);
  for (let frame = 0; frame < 200; frame++) {
    expect(channels[0]![frame * 160]).toBe(frame);
    expect(channels[1]![frame * 160 + 159]).toBe(frame === 0 ? 0 : -frame);
  }
});

it('has half a second of a telephone call on the disk as soon as it was written', async () => {
  const file = openWavFile(path, { sampleRate: 8000, channelCount: 2 });
  file.write(new Int16Array(8000));
  await expect.poll(() => statSync(path).size).toBe(WAV_HEADER_BYTES + 16_000);
  await file.close();
});

it('is repaired after its writer was killed', () => {
  writeFileSync(path, new Uint8Array(WAV_HEADER_BYTES + 8001));
  const bytes = readFileSync(path);
  bytes.set(wavHeader({ sampleRate: 8000, channelCount: 2 }, 0));
  writeFileSync(path, bytes);
  expect(repairWavFile(path)).toEqual({ dataBytes: 8000, durationMs: 250 });
  expect(readWav(readFileSync(path)).channels[0]).toHaveLength(2000);
  expect(repairWavFile(path)).toEqual({ dataBytes: 8000, durationMs: 250 });
});

it('says what it cannot repair', () => {
  writeFileSync(path, 'nothing of the kind, but long enough for a header');
  expect(() => repairWavFile(path)).toThrow('Not a WAV file');
  truncateSync(path, 3);
  expect(() => repairWavFile(path)).toThrow('Not a WAV file');
});

it('says so when the file cannot be made', () => {
  expect(() => openWavFile(join(folder, 'missing', 'call.wav'), { sampleRate: 8000, channelCount: 2 })).toThrow('ENOENT');
});
