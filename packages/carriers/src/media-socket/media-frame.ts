/** A sound frame as read from the wire. The reader reuses it: take what you need before the next read. */
export interface MediaFrame {
  /** `inbound` is what the far end says; anything else is not for us. */
  inbound: boolean;
  /** Counts the frames of a track from 1; -1 where the frame does not say. */
  chunk: number;
  /** Codec bytes; only the first `length` belong to this frame. */
  readonly payload: Uint8Array;
  length: number;
}

/** `other`: not a media frame in the plain shape, read it as JSON. `invalid`: a media frame whose payload is not base64 or too long. */
export type MediaFrameVerdict = 'media' | 'other' | 'invalid';

/** One second of sound at 8 kHz G.711: senders pack 20 ms, and nothing on this socket needs more than a second at once. */
export const MAX_PAYLOAD_BYTES = 8000;

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const ZERO = 0x30;

const EVENT = Buffer.from('event');
const MEDIA = Buffer.from('media');
const TRACK = Buffer.from('track');
const CHUNK = Buffer.from('chunk');
const PAYLOAD = Buffer.from('payload');
const INBOUND = Buffer.from('inbound');

/** 0..63 for the letters of base64 (RFC 4648 section 4), 255 for everything else. */
const SEXTETS = new Uint8Array(256).fill(255);
for (const [value, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries()) {
  SEXTETS[letter.charCodeAt(0)] = value;
}

export const createMediaFrame = (): MediaFrame => ({ inbound: false, chunk: -1, payload: new Uint8Array(MAX_PAYLOAD_BYTES), length: 0 });

const holds = (message: Uint8Array, start: number, end: number, word: Uint8Array): boolean => {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (message[start + i] !== word[i]) return false;
  return true;
};

/** Index of the quote that ends the string starting at `from`, or -1 where it needs a real JSON parser. */
const endOfString = (message: Uint8Array, from: number): number => {
  for (let i = from; i < message.length; i++) {
    const byte = message[i]!;
    if (byte === QUOTE) return i;
    if (byte === BACKSLASH || byte < SPACE) return -1;
  }
  return -1;
};

const digits = (message: Uint8Array, start: number, end: number): number => {
  if (end === start || end - start > 15) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = message[i]! - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
};

/**
 * Decodes the padded base64 between two indexes into the frame's payload.
 * Returns false when it is empty, not base64, or longer than the payload may be.
 */
export const decodeBase64 = (message: Uint8Array, start: number, end: number, frame: MediaFrame): boolean => {
  const letters = end - start;
  if (letters === 0 || letters % 4 !== 0) return false;
  const padding = message[end - 1] !== 0x3d ? 0 : message[end - 2] !== 0x3d ? 1 : 2;
  const length = (letters / 4) * 3 - padding;
  const { payload } = frame;
  if (length > payload.length) return false;
  const whole = end - (padding > 0 ? 4 : 0);
  let out = 0;
  let wrong = 0;
  for (let i = start; i < whole; i += 4) {
    const a = SEXTETS[message[i]!]!;
    const b = SEXTETS[message[i + 1]!]!;
    const c = SEXTETS[message[i + 2]!]!;
    const d = SEXTETS[message[i + 3]!]!;
    wrong |= a | b | c | d;
    payload[out++] = (a << 2) | (b >> 4);
    payload[out++] = (b << 4) | (c >> 2);
    payload[out++] = (c << 6) | d;
  }
  if (padding > 0) {
    const a = SEXTETS[message[whole]!]!;
    const b = SEXTETS[message[whole + 1]!]!;
    const c = padding === 1 ? SEXTETS[message[whole + 2]!]! : 0;
    wrong |= a | b | c;
    payload[out++] = (a << 2) | (b >> 4);
    if (padding === 1) payload[out++] = (b << 4) | (c >> 2);
  }
  frame.length = length;
  return wrong < 64;
};

/**
 * Reads `{"event":"media",…,"media":{"track":…,"chunk":…,"payload":…}}` straight from the bytes, without building objects: this runs
 * fifty times a second for every call. It takes only flat strings without white space or escapes, a subset of JSON on which it agrees
 * with `JSON.parse`; everything else is `other`.
 */
export const readMediaFrame = (message: Uint8Array, frame: MediaFrame): MediaFrameVerdict => {
  if (message[0] !== OPEN) return 'other';
  let at = 1;
  let isMedia = false;
  let inMedia = false;
  let valid = false;
  let sound = false;
  frame.inbound = false;
  frame.chunk = -1;
  for (;;) {
    if (message[at] !== QUOTE) return 'other';
    const keyStart = at + 1;
    const keyEnd = endOfString(message, keyStart);
    if (keyEnd < 0 || message[keyEnd + 1] !== COLON) return 'other';
    at = keyEnd + 2;
    if (message[at] === OPEN) {
      if (inMedia || sound || !holds(message, keyStart, keyEnd, MEDIA)) return 'other';
      inMedia = true;
      at += 1;
      continue;
    }
    if (message[at] !== QUOTE) return 'other';
    const start = at + 1;
    const end = endOfString(message, start);
    if (end < 0) return 'other';
    if (!inMedia) {
      if (holds(message, keyStart, keyEnd, EVENT)) {
        isMedia = holds(message, start, end, MEDIA);
        if (!isMedia) return 'other';
      }
    } else if (holds(message, keyStart, keyEnd, PAYLOAD)) {
      sound = true;
      valid = decodeBase64(message, start, end, frame);
    } else if (holds(message, keyStart, keyEnd, TRACK)) {
      frame.inbound = holds(message, start, end, INBOUND);
    } else if (holds(message, keyStart, keyEnd, CHUNK)) {
      frame.chunk = digits(message, start, end);
    }
    at = end + 1;
    if (inMedia && message[at] === CLOSE) {
      inMedia = false;
      at += 1;
    }
    if (message[at] === COMMA) {
      at += 1;
      continue;
    }
    if (inMedia || message[at] !== CLOSE || at + 1 !== message.length) return 'other';
    if (!isMedia || !sound) return 'other';
    return valid ? 'media' : 'invalid';
  }
};
