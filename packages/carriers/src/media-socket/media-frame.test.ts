import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMediaFrame, MAX_PAYLOAD_BYTES, readMediaFrame } from './media-frame.ts';

const read = (text: string) => {
  const frame = createMediaFrame();
  const verdict = readMediaFrame(Buffer.from(text), frame);
  return { verdict, inbound: frame.inbound, chunk: frame.chunk, bytes: Buffer.from(frame.payload.subarray(0, frame.length)) };
};

const media = (payload: string, more = '') =>
  `{"event":"media","sequence_number":"4","stream_id":"32DE"${more},"media":{"track":"inbound","chunk":"2","timestamp":"5","payload":"${payload}"}}`;

describe('reading a media frame', () => {
  it('takes track, chunk and sound', () => {
    const bytes = Buffer.from(Array.from({ length: 160 }, (_, i) => (i * 7) & 0xff));
    expect(read(media(bytes.toString('base64')))).toEqual({ verdict: 'media', inbound: true, chunk: 2, bytes });
  });

  it('takes the app’s own short form, and keys in any order', () => {
    expect(read('{"event":"media","media":{"payload":"AAAA"}}')).toMatchObject({ verdict: 'media', inbound: false, chunk: -1 });
    expect(read('{"media":{"payload":"AAAA","chunk":"9","track":"outbound"},"event":"media"}')).toMatchObject({
      verdict: 'media',
      inbound: false,
      chunk: 9,
    });
  });

  it('decodes sound of every length as the runtime does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 700 }), (bytes) => {
        const result = read(media(Buffer.from(bytes).toString('base64')));
        expect(result.verdict).toBe('media');
        expect(result.bytes.equals(bytes)).toBe(true);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['letters that are not base64', 'AA*A'],
    ['a letter too few', 'AAA'],
    ['padding alone', '===='],
    ['too much padding', 'A==='],
    ['more than a second', Buffer.alloc(MAX_PAYLOAD_BYTES + 1).toString('base64')],
  ])('refuses a payload of %s', (_what, payload) => {
    expect(read(media(payload)).verdict).toBe('invalid');
  });

  it.each([
    ['white space', '{ "event":"media","media":{"payload":"AAAA"}}'],
    ['an escape', media('AAAA', String.raw`,"a":"\"payload\":\""`)],
    ['a number', media('AAAA', ',"a":1')],
    ['another event', '{"event":"mark","mark":{"name":"m"}}'],
    ['a second object', '{"event":"media","media":{"payload":"AAAA"},"media":{"payload":"AAAA"}}'],
    ['an object within', '{"event":"media","media":{"media":{"payload":"AAAA"}}}'],
    ['something behind it', `${media('AAAA')}x`],
    ['a cut', media('AAAA').slice(0, -1)],
    ['no sound', '{"event":"media","media":{"track":"inbound"}}'],
    ['nothing at all', ''],
  ])('leaves a message with %s to the JSON parser', (_what, text) => {
    expect(read(text).verdict).toBe('other');
  });

  it('never takes as a frame what JSON would not, whatever the bytes', () => {
    const whole = media('AAAA');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const frame = createMediaFrame();
        if (readMediaFrame(bytes, frame) !== 'media') return;
        const parsed = JSON.parse(bytes.toString('latin1'));
        expect(parsed.event).toBe('media');
        expect(Buffer.from(frame.payload.subarray(0, frame.length)).toString('base64')).toBe(parsed.media.payload);
      }),
      { numRuns: 2000 },
    );
  });
});
