import { createResampler, durationMs } from '../audio/index.ts';
import type { VoiceActivity, VoiceActivityListener, VoiceActivityStream } from '../ports/index.ts';
import { createEnergyVoiceActivity } from './energy-voice-activity.ts';

/** Speech this long is more than an acknowledgement, whatever its words. */
export const INSISTING_SPEECH_MS = 1000;

export interface DetectionOptions {
  voiceActivity: VoiceActivity;
  /** Hz of the frames. */
  sampleRate: number;
  minSpeechMs: number;
  listener: VoiceActivityListener;
  /** The detector could not be had; energy takes its place. */
  failed: (provider: string, error: unknown, next: string) => void;
}

/** Opens voice activity for frames of any rate; where the detector cannot be had, loudness decides. */
export function openVoiceActivity(options: DetectionOptions): VoiceActivityStream {
  const { sampleRate, minSpeechMs, listener } = options;
  const detectorRate = sampleRate === 8000 || sampleRate === 16000 ? sampleRate : 16000;
  const resampler = detectorRate === sampleRate ? null : createResampler(sampleRate, detectorRate);
  const detection = { sampleRate: detectorRate, minSpeechMs, listener };
  let stream: VoiceActivityStream;
  try {
    stream = options.voiceActivity.open(detection);
  } catch (error) {
    stream = createEnergyVoiceActivity().open(detection);
    options.failed(options.voiceActivity.id, error, 'energy');
  }
  return {
    push: (pcm) => stream.push(resampler ? resampler.process(pcm) : pcm),
    endSegment: () => stream.endSegment(),
    close: () => stream.close(),
  };
}

/** What can be told of the caller's speech without its words. Times are ms of the caller's stream. */
export type SpeechSeen =
  | { type: 'started'; startMs: number }
  /** Long enough to be meant for the assistant. */
  | { type: 'insisting' }
  /** Too long for anything but a turn. */
  | { type: 'taking-turn' }
  | { type: 'stopped'; startMs: number; endMs: number };

export interface SpeechWatchOptions extends Omit<DetectionOptions, 'listener' | 'minSpeechMs'> {
  settings: { minSpeechMs: number; bargeInSpeechMs: number; endOfTurnSilenceMs: number };
  seen: (event: SpeechSeen) => void;
}

/** Watches for the caller's speech beside a vendor that hears for itself, so that a vendor that falls silent is noticed. */
export interface SpeechWatch {
  /** Speech that begins while this is set is feared to be the line's echo: only its start and end are told. */
  guarded: boolean;
  frame(pcm: Int16Array): void;
  /** Ms of sound taken so far. */
  readonly streamMs: number;
  /** The speech that is going on, or the last there was; null before any. */
  readonly speech: { startMs: number; endMs: number; open: boolean } | null;
  /** The turn is over as others have decided: what comes next is new speech. */
  endTurn(): void;
  close(): void;
}

export function createSpeechWatch({ settings, seen, ...options }: SpeechWatchOptions): SpeechWatch {
  let samples = 0;
  let closed = false;
  let speech: { startMs: number; endMs: number; open: boolean } | null = null;
  let told: 'started' | 'insisting' | 'taking-turn' = 'started';
  let guarded = false;

  const stream = openVoiceActivity({
    ...options,
    minSpeechMs: settings.minSpeechMs,
    listener: {
      speechStarted(startMs) {
        if (closed) return;
        speech = { startMs, endMs: startMs, open: true };
        told = 'started';
        guarded = watch.guarded;
        seen({ type: 'started', startMs });
      },
      speechContinues(lastSpeechMs) {
        if (closed || !speech?.open) return;
        speech.endMs = lastSpeechMs;
        const lengthMs = lastSpeechMs - speech.startMs;
        if (guarded) return;
        if (told === 'started' && lengthMs >= settings.bargeInSpeechMs) {
          told = 'insisting';
          seen({ type: 'insisting' });
        }
        if (told === 'insisting' && lengthMs >= Math.max(INSISTING_SPEECH_MS, settings.bargeInSpeechMs)) {
          told = 'taking-turn';
          seen({ type: 'taking-turn' });
        }
      },
      silence(lastSpeechMs, nowMs) {
        if (closed || !speech?.open) return;
        speech.endMs = lastSpeechMs;
        if (nowMs - lastSpeechMs < settings.endOfTurnSilenceMs) return;
        speech.open = false;
        stream.endSegment();
        seen({ type: 'stopped', startMs: speech.startMs, endMs: lastSpeechMs });
      },
    },
  });

  const watch: SpeechWatch = {
    guarded: false,
    frame(pcm) {
      if (closed) return;
      samples += pcm.length;
      stream.push(pcm);
    },
    get streamMs() {
      return durationMs(samples, options.sampleRate);
    },
    get speech() {
      return speech;
    },
    endTurn() {
      if (closed || !speech?.open) return;
      speech.open = false;
      stream.endSegment();
    },
    close() {
      if (closed) return;
      closed = true;
      stream.close();
    },
  };
  return watch;
}
