import { decodeAlaw, decodeUlaw } from './g711.ts';

/** A sound file, decoded. */
export interface Wav {
  sampleRate: number;
  /** PCM16, one array a channel, all of one length. */
  channels: readonly Int16Array[];
}

/** A file that is no sound we can read. The message is one sentence for the person who gave it. */
export class WavError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WavError';
  }
}

const FORMAT_PCM = 1;
const FORMAT_FLOAT = 3;
const FORMAT_ALAW = 6;
const FORMAT_ULAW = 7;
const FORMAT_EXTENSIBLE = 0xfffe;
const MAX_CHANNELS = 8;

interface Layout {
  format: number;
  channelCount: number;
  sampleRate: number;
  bits: number;
}

const fourCc = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));

function readLayout(view: DataView, at: number, size: number): Layout {
  if (size < 16) throw new WavError('The WAV file is damaged: its format chunk is too short.');
  const declared = view.getUint16(at, true);
  if (declared === FORMAT_EXTENSIBLE && size < 26) throw new WavError('The WAV file is damaged: its format chunk is too short.');
  const layout = {
    format: declared === FORMAT_EXTENSIBLE ? view.getUint16(at + 24, true) : declared,
    channelCount: view.getUint16(at + 2, true),
    sampleRate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
  if (layout.channelCount < 1 || layout.channelCount > MAX_CHANNELS) {
    throw new WavError(`The WAV file has ${layout.channelCount} channels; 1 to ${MAX_CHANNELS} can be read.`);
  }
  if (layout.sampleRate < 1000 || layout.sampleRate > 384_000) {
    throw new WavError(`The WAV file says ${layout.sampleRate} samples a second; 1,000 to 384,000 can be read.`);
  }
  return layout;
}

const clip = (value: number): number => (value >= 32767 ? 32767 : value <= -32768 ? -32768 : Math.round(value));

/** How one sample at a byte position is read as PCM16. */
function sampleReader({ format, bits }: Layout, view: DataView): (at: number) => number {
  if (format === FORMAT_PCM && bits === 8) return (at) => (view.getUint8(at) - 128) << 8;
  if (format === FORMAT_PCM && bits === 16) return (at) => view.getInt16(at, true);
  if (format === FORMAT_PCM && bits === 24) return (at) => view.getInt16(at + 1, true);
  if (format === FORMAT_PCM && bits === 32) return (at) => view.getInt16(at + 2, true);
  if (format === FORMAT_FLOAT && bits === 32) return (at) => clip(view.getFloat32(at, true) * 32768);
  if (format === FORMAT_FLOAT && bits === 64) return (at) => clip(view.getFloat64(at, true) * 32768);
  if (format === FORMAT_ULAW && bits === 8) return (at) => decodeUlaw(Uint8Array.of(view.getUint8(at)))[0]!;
  if (format === FORMAT_ALAW && bits === 8) return (at) => decodeAlaw(Uint8Array.of(view.getUint8(at)))[0]!;
  throw new WavError(
    `The WAV file has format ${format} with ${bits} bits a sample; PCM of 8, 16, 24 or 32 bits, float, µ-law and A-law can be read.`,
  );
}

/** Finds the format and the sound in a RIFF file. `complete: false` accepts a file whose writer was stopped. */
function findChunks(view: DataView, complete: boolean): { layout: Layout; at: number; size: number } {
  if (view.byteLength === 0) throw new WavError('The WAV file is empty.');
  if (view.byteLength < 12 || fourCc(view, 0) !== 'RIFF' || fourCc(view, 8) !== 'WAVE') throw new WavError('The file is not a WAV file.');
  let layout: Layout | null = null;
  let at = 12;
  while (at + 8 <= view.byteLength) {
    const id = fourCc(view, at);
    const declared = view.getUint32(at + 4, true);
    const start = at + 8;
    const present = Math.min(declared, view.byteLength - start);
    if (id === 'fmt ') {
      if (present < declared) throw new WavError('The WAV file is truncated in its header.');
      layout = readLayout(view, start, declared);
    } else if (id === 'data') {
      if (!layout) throw new WavError('The WAV file is damaged: its sound comes before its format.');
      if (present < declared && complete) {
        throw new WavError(`The WAV file is truncated: it promises ${declared} bytes of sound and holds ${present}.`);
      }
      const unfinished = !complete && declared === 0;
      return { layout, at: start, size: unfinished ? view.byteLength - start : present };
    }
    at = start + declared + (declared & 1);
  }
  throw new WavError(layout ? 'The WAV file is truncated: it holds no sound.' : 'The WAV file is truncated in its header.');
}

/**
 * Reads a WAV file of any rate: PCM of 8, 16, 24 or 32 bits, float, µ-law or A-law, up to 8 channels.
 * `complete: false` takes what is there of a file whose writer was stopped. Throws WavError.
 */
export function readWav(bytes: Uint8Array, { complete = true }: { complete?: boolean } = {}): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { layout, at, size } = findChunks(view, complete);
  const read = sampleReader(layout, view);
  const width = layout.bits / 8;
  const block = width * layout.channelCount;
  const length = Math.floor(size / block);
  if (length === 0) throw new WavError('The WAV file holds no sound.');
  const channels = Array.from({ length: layout.channelCount }, (_, channel) => {
    const pcm = new Int16Array(length);
    for (let i = 0; i < length; i++) pcm[i] = read(at + i * block + channel * width);
    return pcm;
  });
  return { sampleRate: layout.sampleRate, channels };
}

/** All channels mixed into one, evenly. */
export function mixToMono({ channels }: Wav): Int16Array {
  const [first] = channels;
  if (!first) return new Int16Array(0);
  if (channels.length === 1) return first;
  return first.map((_, i) => Math.round(channels.reduce((sum, channel) => sum + channel[i]!, 0) / channels.length));
}

export interface WavFormat {
  sampleRate: number;
  channelCount: number;
}

/** Bytes of the header that `wavHeader` writes; the sound follows it. */
export const WAV_HEADER_BYTES = 44;

/** The header of a PCM16 WAV file with `dataBytes` of sound after it. Lengths past 4 GiB are written as the largest possible. */
export function wavHeader({ sampleRate, channelCount }: WavFormat, dataBytes: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const text = (at: number, value: string) => {
    for (let i = 0; i < value.length; i++) view.setUint8(at + i, value.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, Math.min(dataBytes + 36, 0xffffffff), true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, FORMAT_PCM, true);
  view.setUint16(22, channelCount, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channelCount * 2, true);
  view.setUint16(32, channelCount * 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, Math.min(dataBytes, 0xffffffff - 36), true);
  return header;
}

/** A whole PCM16 WAV file. All channels have one length. */
export function writeWav({ sampleRate, channels }: Wav): Uint8Array<ArrayBuffer> {
  const length = channels[0]?.length ?? 0;
  const dataBytes = length * channels.length * 2;
  const file = new Uint8Array(WAV_HEADER_BYTES + dataBytes);
  file.set(wavHeader({ sampleRate, channelCount: channels.length }, dataBytes));
  const view = new DataView(file.buffer);
  let at = WAV_HEADER_BYTES;
  for (let i = 0; i < length; i++) {
    for (const channel of channels) {
      view.setInt16(at, channel[i] ?? 0, true);
      at += 2;
    }
  }
  return file;
}
