import { encodeAlaw, encodeUlaw } from '@talkturo/voice';
import { describe, expect, it } from 'vitest';
import { createSoundWriter } from './sound-message.ts';

const payloadOf = (message: Buffer) => Buffer.from(JSON.parse(message.toString()).media.payload, 'base64');
const AROUND = ['{"event":"media","media":{"payload":"', '"}}'] as const;
const ramp = (length: number) => Int16Array.from({ length }, (_, i) => i * 97 - 8000);

describe('the app’s sound message', () => {
  it.each([160, 320, 1600])('carries %i samples as µ-law', (length) => {
    const message = createSoundWriter('PCMU', 160, AROUND)(ramp(length));
    expect(JSON.parse(message.toString())).toEqual({ event: 'media', media: { payload: expect.any(String) } });
    expect(payloadOf(message)).toEqual(Buffer.from(encodeUlaw(ramp(length))));
  });

  it('carries A-law where the line wants it', () => {
    expect(payloadOf(createSoundWriter('PCMA', 160, AROUND)(ramp(160)))).toEqual(Buffer.from(encodeAlaw(ramp(160))));
  });

  it('fills the last frame up with silence', () => {
    const write = createSoundWriter('PCMU', 160, AROUND);
    write(ramp(480));
    const bytes = payloadOf(write(ramp(200)));
    expect(bytes.length).toBe(320);
    expect(bytes.subarray(0, 200)).toEqual(Buffer.from(encodeUlaw(ramp(200))));
    expect(new Set(bytes.subarray(200))).toEqual(new Set([0xff]));
  });
});
