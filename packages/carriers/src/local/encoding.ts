import type { Encoding } from '../media-socket/media-framing.ts';

/** Codec of a line at a number: µ-law in North America and Japan, A-law elsewhere (ITU-T G.711, as used in national networks). */
export const encodingAt = (number: string): Encoding => (/^\+(1|81)/.test(number) || number === '' ? 'PCMU' : 'PCMA');
