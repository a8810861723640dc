import { decodeUlaw } from '@talkturo/voice';
import { createSoundReader } from '@talkturo/voice/testing';

/** What a simulated transcriber has heard of the present utterance, ms since its connection began. */
export interface Utterance {
  text: string;
  startMs: number;
  lastSpeechMs: number;
  nowMs: number;
}

export interface Hearing {
  /** Takes sound of any length and tells of each 20 ms of it; null while nothing was said since the last `reset`. */
  hear(bytes: Buffer, each: (utterance: Utterance | null) => void): void;
  readonly utterance: Utterance | null;
  /** The utterance is over. */
  reset(): void;
}

const LOUD = 1000;

/**
 * Ears for simulators: PCM16 that carries its own text (`soundOf`) is read; µ-law, whose steps are too coarse for that, is
 * loud or silent, and counts as saying `says`.
 */
export function createHearing({
  encoding,
  sampleRate,
  says = '',
}: {
  encoding: 'linear16' | 'mulaw';
  sampleRate: number;
  says?: string;
}): Hearing {
  const reader = createSoundReader(sampleRate);
  const frameBytes = (sampleRate / 50) * (encoding === 'mulaw' ? 1 : 2);
  let rest = Buffer.alloc(0);
  let nowMs = 0;
  let span: { startMs: number; lastSpeechMs: number } | null = null;

  const pcmOf = (bytes: Buffer): Int16Array =>
    encoding === 'mulaw' ? decodeUlaw(bytes) : Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
  const utterance = (): Utterance | null =>
    span ? { ...span, nowMs, text: encoding === 'mulaw' ? says : reader.text.replaceAll('\0', '').trim() } : null;

  function frame(pcm: Int16Array): void {
    nowMs += 20;
    const loud = Math.abs(pcm[pcm.length >> 1]!) > LOUD;
    reader.read(pcm);
    if (!loud) return;
    span ??= { startMs: nowMs - 20, lastSpeechMs: nowMs };
    span.lastSpeechMs = nowMs;
  }

  return {
    hear(bytes, each) {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= frameBytes) {
        frame(pcmOf(rest.subarray(0, frameBytes)));
        rest = rest.subarray(frameBytes);
        each(utterance());
      }
    },
    get utterance() {
      return utterance();
    },
    reset() {
      span = null;
      reader.reset();
    },
  };
}
