/**
 * Makes the reference vectors of this folder with ffmpeg: `node packages/voice/src/audio/g722-vectors/make.ts`. Tests need none of it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { anyCodes, SIGNALS } from './signals.ts';

const PCM = ['-f', 's16le', '-ar', '16000', '-ac', '1'];

const ffmpeg = (input: Uint8Array, from: readonly string[], to: readonly string[]): Buffer =>
  execFileSync('ffmpeg', ['-loglevel', 'error', ...from, '-i', 'pipe:0', ...to, 'pipe:1'], { input, maxBuffer: 1 << 20 });

const decoded: Record<string, string> = {};
const decode = (name: string, codes: Uint8Array) => {
  const pcm = ffmpeg(codes, ['-f', 'g722'], ['-f', 's16le']);
  decoded[name] = createHash('sha256').update(pcm).digest('hex');
};

for (const [name, pcm] of Object.entries(SIGNALS)) {
  const codes = ffmpeg(new Uint8Array(pcm.buffer), PCM, ['-c:a', 'g722', '-f', 'g722']);
  writeFileSync(path.join(import.meta.dirname, `${name}.g722`), codes);
  decode(name, codes);
}
decode('any-codes', anyCodes());
writeFileSync(path.join(import.meta.dirname, 'decoded.json'), `${JSON.stringify(decoded, null, 2)}\n`);
