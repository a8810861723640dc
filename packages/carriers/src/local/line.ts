import { decodeAlaw, decodeUlaw, rms } from '@talkturo/voice';
import type { Encoding } from '../media-socket/media-framing.ts';
import type { NetworkEnd } from '../media-socket/network-end.ts';
import { silenceByte } from '../media-socket/sound-message.ts';
import { type Clip, type Clips, silenceFrame, toClip } from './clips.ts';
import type { Ticker } from './ticker.ts';
import { tone } from './tone.ts';

/** The call is over: what a person was doing stops here. */
export class LineEnded extends Error {
  constructor() {
    super('The call is over.');
    this.name = 'LineEnded';
  }
}

/** How long to wait for the other side. All in ms. */
export interface Patience {
  /** For the first word. */
  beginMs: number;
  /** Silence after which the other side counts as finished. */
  quietMs: number;
  /** At most, however long they talk. */
  atMostMs: number;
}

/** What was left on a voicemail. */
export interface Message {
  /** From the beep to the end. */
  recordedMs: number;
  /** How much of it was sound. */
  heardMs: number;
  /** G.711 as heard, when sound is kept; else empty. */
  sound: Uint8Array;
}

/** A telephone in somebody's hand. Every promise rejects with LineEnded when the call is over. */
export interface Line {
  /** Speaks; answers for how long, in ms. Stops after that share of the sentence (0 to 1) or that time. */
  say(text: string, options?: { share?: number; atMostMs?: number }): Promise<number>;
  /** 1 kHz for 0.4 s, as answering machines do. */
  beep(): Promise<void>;
  /** Silence of that length, divided by the network's speed. */
  pause(ms: number): Promise<void>;
  /** Silence of exactly that length: part of a recording, not of a person's time. */
  rest(ms: number): Promise<void>;
  /** Waits until the other side has spoken and finished. False when it said nothing. */
  listen(patience?: Partial<Patience>): Promise<boolean>;
  /** Records until the other side is quiet for `quietMs` or `atMostMs` are full. */
  record(limits: { quietMs: number; atMostMs: number }): Promise<Message>;
  /** True while the other side is heard. */
  readonly hears: boolean;
}

export interface LineOptions {
  end: NetworkEnd;
  encoding: Encoding;
  ticker: Ticker;
  clips: Clips;
  /** Divides pauses. */
  speed: number;
  /** Keep the sound of recorded messages. */
  keepSound: boolean;
  onSaid(text: string): void;
}

const FRAME_MS = 20;
const FRAME_BYTES = 160;
/** −44 dB below full scale: line noise stays under it, speech is well over. */
const SOUND_RMS = 200;
/** So much sound makes a word, and not a click. */
const WORD_MS = 100;
const PATIENCE: Patience = { beginMs: 10_000, quietMs: 1000, atMostMs: 60_000 };
/** However fast the network runs, sentences have pauses and answers take their time. */
const LEAST: Patience = { beginMs: 3000, quietMs: 600, atMostMs: 60_000 };

interface Activity {
  /** One beat of 20 ms; true when it is done. `heard` is whether the other side sounded. */
  tick(heard: boolean): boolean;
  finish(): void;
  abandon(error: Error): void;
}

/** Gives a person a line over the network's end of a media socket. `end()` stops it: the call is over. */
export const openLine = (options: LineOptions): { line: Line; end(): void } => {
  const { end, encoding, clips, speed } = options;
  const decode = encoding === 'PCMU' ? decodeUlaw : decodeAlaw;
  const silence = silenceFrame(encoding);
  const heardBytes = new Uint8Array(FRAME_BYTES);
  const heardPcm = new Int16Array(FRAME_BYTES);
  let activity: Activity | null = null;
  let speaking: { clip: Clip; at: number; until: number } | null = null;
  let playing = false;
  let hears = false;
  let over = false;

  const speakFrame = () => {
    const frame = speaking ? speaking.clip[speaking.at++] : undefined;
    end.send(frame ?? silence);
    if (speaking && speaking.at >= speaking.until) speaking = null;
  };

  const tick = () => {
    playing = end.hear(heardBytes);
    hears = playing && rms(decode(heardBytes, heardPcm)) > SOUND_RMS;
    speakFrame();
    if (!activity?.tick(hears)) return;
    const done = activity;
    activity = null;
    done.finish();
  };

  /** Does one thing, beat by beat, until it says it is done. */
  const until = <T>(done: (heard: boolean) => boolean, result: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      if (over) return reject(new LineEnded());
      activity = { tick: done, finish: () => resolve(result()), abandon: reject };
    });

  const play = (clip: Clip, frames = clip.length) => {
    if (over) return Promise.reject(new LineEnded());
    speaking = { clip, at: 0, until: Math.max(1, frames) };
    return until(
      () => speaking === null,
      () => undefined,
    );
  };

  const rest = (ms: number) => {
    const beats = Math.ceil(ms / FRAME_MS);
    let passed = 0;
    return until(
      () => {
        passed += 1;
        return passed >= beats;
      },
      () => undefined,
    );
  };

  const scaled = (name: keyof Patience, patience: Partial<Patience> = {}) =>
    Math.max(LEAST[name], (patience[name] ?? PATIENCE[name]) / speed);

  const leave = options.ticker.join(tick);

  const line: Line = {
    async say(text, { share = 1, atMostMs = Number.POSITIVE_INFINITY } = {}) {
      const clip = await clips.of(text, encoding);
      const frames = Math.round(Math.min(clip.length * share, atMostMs / FRAME_MS));
      await play(clip, frames);
      options.onSaid(text);
      return frames * FRAME_MS;
    },
    beep: () => play(toClip(tone(1000, 400), encoding)),
    pause: (ms) => rest(ms / speed),
    rest,
    listen(patience) {
      const beginMs = scaled('beginMs', patience);
      const quietMs = scaled('quietMs', patience);
      const atMostMs = patience?.atMostMs ?? PATIENCE.atMostMs;
      let soundMs = 0;
      let silentMs = 0;
      let passedMs = 0;
      return until(
        (heard) => {
          passedMs += FRAME_MS;
          silentMs = heard ? 0 : silentMs + FRAME_MS;
          if (heard) soundMs += FRAME_MS;
          const spoke = soundMs >= WORD_MS;
          return passedMs >= atMostMs || silentMs >= (spoke ? quietMs : beginMs);
        },
        () => soundMs >= WORD_MS,
      );
    },
    record({ quietMs, atMostMs }) {
      const message = { recordedMs: 0, heardMs: 0 };
      const kept: Uint8Array[] = [];
      let silentMs = 0;
      return until(
        (heard) => {
          message.recordedMs += FRAME_MS;
          silentMs = heard ? 0 : silentMs + FRAME_MS;
          if (heard) message.heardMs += FRAME_MS;
          if (options.keepSound) kept.push(playing ? heardBytes.slice() : new Uint8Array(FRAME_BYTES).fill(silenceByte(encoding)));
          return silentMs >= quietMs || message.recordedMs >= atMostMs;
        },
        () => ({ ...message, sound: Buffer.concat(kept) }),
      );
    },
    get hears() {
      return hears;
    },
  };

  return {
    line,
    end() {
      if (over) return;
      over = true;
      leave();
      activity?.abandon(new LineEnded());
      activity = null;
    },
  };
};
