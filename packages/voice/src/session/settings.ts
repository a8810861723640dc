import type { SayingKind, TimerName } from './call-machine.ts';
import type { CallTimings } from './types.ts';

/** How a conversation is paced unless told otherwise, with where each number comes from. */
export const defaultTimings: CallTimings = {
  // People leave about 200 ms between turns, read prompts pause up to 400 ms inside one: 480 ms cut few of them in
  // trials with recorded callers, 320 ms cut twice as many.
  endOfTurnSilenceMs: 480,
  // Six windows of 32 ms: costs 1.04 to 1.3 transcriptions a turn and saves about 130 ms of the answer.
  eagerSilenceMs: 192,
  // Two windows of 32 ms: shorter sounds are clicks.
  minSpeechMs: 64,
  // A syllable lasts 150 to 250 ms: a cough or a click does not stop the assistant, a word does.
  bargeInSpeechMs: 260,
  // Enough to ride out a late event loop and the network's jitter; it is also what must be taken back on barge-in.
  leadMs: 200,
  // Callers of other platforms ask for a sign of life after about 0.8 s; a model's first word mostly comes before.
  fillerAfterMs: 1500,
  // The slowest streaming vendors send a final within 1.5 s of the end of speech at the 99th percentile. The caller hears a
  // filler meanwhile (`WAITING_MS` in `listening/listener.ts`).
  transcriptDeadlineMs: 2500,
  // Language models answer within 2 s at the 95th percentile; the caller hears a filler meanwhile.
  firstTokenDeadlineMs: 6000,
  nextTokenDeadlineMs: 5000,
  // Voices start within 0.5 s; one that has not after 3 s will not. One that another voice can replace has 1.2 s
  // (`speaking/voicing.ts`); for one that is alone a second try does not help sooner, and the caller hears a filler meanwhile.
  firstAudioDeadlineMs: 3000,
  // Once it speaks, sound comes faster than it is played, several times a second: the rest is asked for anew before the caller,
  // who hears the last of it up to 0.4 s later, has waited 2 s (`DRY_MS` in `speaking/speech.ts`).
  nextAudioDeadlineMs: 1500,
  // "Are you still there?" twice, then goodbye.
  nudgeAfterMs: 10_000,
  maxNudges: 2,
  // One hour: no conversation needs more, and a call that hangs costs money.
  maxCallMs: 3_600_000,
  // A look-up in another system answers in seconds or not at all.
  toolDeadlineMs: 15_000,
  // Echo cancellers of telephone networks settle within two to three seconds of the first sound.
  echoGuardMs: 2500,
};

/** What is fixed: durations that no conversation needs to change. */
export const FIXED = {
  /**
   * People bear about two and a half seconds of silence before they say "hello?". Whatever stalls, a filler begins by then:
   * at once where its sound is kept, else with the first sound of a voice (0.3 s) or the tone in its place (0.4 s).
   */
  heardByMs: 2400,
  voicedByMs: 2000,
  /** Even after a long pause of the caller's a model has the time that a quick one needs. */
  soonestFillerMs: 500,
  /** What the assistant says of its own accord waits for no model: a fallback voice (1.5 s) is given time to begin. */
  fixedTextFillerMs: 500,
  /** The line may carry no sound from the caller at all: then the greeting waits no longer. */
  greetAnywayMs: 2000,
  /** A filler is followed by another one when the answer takes this much longer. */
  nextFillerMs: 7000,
  /** Keys pressed with less than this between them are one entry. */
  digitsPauseMs: 2500,
  /** After the last word was played by our clock, the network still has it: hang up this much later. */
  hangUpTailMs: 400,
  /** A goodbye, or what is said before a transfer, that is not heard to its end by then is given up. */
  goodbyeCapMs: 20_000,
  /** Voicemail greetings last 3 to 20 s: a beep that nobody has heard by then will not come. */
  beepCapMs: 25_000,
  /** From the last word of a greeting to its beep it is 0.3 to 3 s. */
  greetingQuietMs: 5000,
  /** A greeting that still goes on this much later is no greeting. */
  greetingCapMs: 35_000,
  /** Whom only the carrier takes for a machine may still turn out to be a person: "Hello?" comes within so long. */
  machineDoubtMs: 4000,
  /** Screeners let the telephone ring for half a minute once they know who is calling. */
  screeningCapMs: 60_000,
  /** 2,000 characters, the longest message, take about two minutes to say. */
  messageCapMs: 180_000,
  /** A carrier that does not confirm the hang-up. */
  closeCapMs: 3000,
  /** A disk that does not take the end of the recording. */
  recordingCapMs: 10_000,
  /** Something made the assistant pause, and nothing came of it. */
  pauseCapMs: 4000,
} as const;

/** What the caller waits for, and how. */
export interface Wait {
  saying: SayingKind | undefined;
  /** Fillers that were said already. */
  fillers: number;
  /** For how long the caller has been silent, ms. */
  silentMs: number;
  /** The next filler sounds at once. */
  kept: boolean;
}

/** When the next filler is due; never where they are switched off. */
function fillerMs({ fillerAfterMs }: CallTimings, { saying, fillers, silentMs, kept }: Wait): number {
  if (fillerAfterMs === 0) return 0;
  if (fillers > 0) return FIXED.nextFillerMs;
  if (saying !== 'reply') return fillerAfterMs + FIXED.fixedTextFillerMs;
  const leftMs = (kept ? FIXED.heardByMs : FIXED.voicedByMs) - silentMs;
  return Math.min(fillerAfterMs, Math.max(FIXED.soonestFillerMs, leftMs));
}

/** How long the machine's timers run; 0: not at all. */
export function timerMs(name: TimerName, timings: CallTimings, wait: Wait): number {
  const ms: Record<TimerName, number> = {
    greet: FIXED.greetAnywayMs,
    filler: fillerMs(timings, wait),
    nudge: timings.nudgeAfterMs,
    digits: FIXED.digitsPauseMs,
    'hang-up': FIXED.hangUpTailMs,
    'goodbye-cap': FIXED.goodbyeCapMs,
    'transfer-cap': FIXED.goodbyeCapMs,
    'pause-cap': FIXED.pauseCapMs,
    'close-cap': FIXED.closeCapMs,
    beep: FIXED.beepCapMs,
    'greeting-quiet': FIXED.greetingQuietMs,
    'greeting-cap': FIXED.greetingCapMs,
    'machine-doubt': FIXED.machineDoubtMs,
    'screening-cap': FIXED.screeningCapMs,
    'message-cap': FIXED.messageCapMs,
  };
  return ms[name];
}
