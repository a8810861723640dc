import { durationMs } from '../audio/index.ts';
import type { Clock, SpeechToText, Timer, TranscriptEvent, TurnEndModel, VoiceActivity } from '../ports/index.ts';
import { isAcknowledgement, isEcho } from './language-cues.ts';
import { INSISTING_SPEECH_MS, openVoiceActivity } from './speech-watch.ts';
import { createTranscription, type SoundUsed } from './transcription.ts';
import { createTurnJudge } from './turn-judge.ts';
import { type ExpectedAnswer, silenceNeeded, type TurnPolicy } from './turn-policies.ts';

/** A transcript that comes this soon after its turn was decided still belongs to it. */
const LATE_FINAL_GRACE_MS = 1500;
/** A transcriber that decides turns itself is believed; only silence beyond this ends a turn without it. */
const OWN_END_OF_TURN_PATIENCE_MS = 2000;
/** The same where nothing came from it since: it may have stalled. */
const OWN_END_OF_TURN_DOUBT_MS = 1400;
const DOUBT_AFTER_MS = 700;
/** Told that the turn is over, it still may say its last words; what is known of them is enough after that. */
const OWN_LAST_WORDS_MS = 250;
/**
 * A transcriber that another one can replace: the slowest send a final within 1.5 s of the end of speech at the 99th percentile
 * (0.5 s of that have passed when a turn is decided), and with the other one's answer the caller waits no longer than 2.5 s.
 */
const REPLACEABLE_PATIENCE_MS = 1000;
/**
 * Words that are not there this long after the last sound of speech are waited for with a filler, which begins at once or within 0.4 s:
 * the caller hears nothing for 2.5 s at the most.
 */
const WAITING_MS = 2000;
/** Shorter sounds without words are coughs and clicks; longer ones were speech that nobody understood. */
const SPEECH_WORTH_ASKING_MS = 700;
/** Words of a short sound come soon or not at all; the assistant must not stay silent for a cough. */
const SHORT_SPEECH_PATIENCE_MS = 800;
/** Nobody speaks longer without a pause that a voice detector hears. */
const LONGEST_TURN_MS = 90_000;

export interface ListenerSettings {
  endOfTurnSilenceMs: number;
  eagerSilenceMs: number;
  minSpeechMs: number;
  bargeInSpeechMs: number;
  transcriptDeadlineMs: number;
}

/** What the caller did. Times are ms of the caller's stream. */
export type Heard =
  | { type: 'speech-started'; startMs: number }
  /** Speech long enough to be meant for the assistant: it should fall silent, and may go on if it turns out to be nothing. */
  | { type: 'insisting' }
  /** The caller takes the turn: there are words, or speech too long for anything else. */
  | { type: 'taking-turn' }
  | { type: 'partial'; text: string }
  | { type: 'turn-ended'; text: string; startMs: number; endMs: number; confidence: number | undefined; acknowledgement: boolean }
  /** More words of the turn that was decided already. */
  | { type: 'late-words'; text: string; startMs: number; endMs: number }
  /** A turn is over for some time, and its words are still to come. */
  | { type: 'waiting'; endMs: number }
  /** There was sound, but no words. */
  | { type: 'nothing-said' }
  /** There was speech, but nobody could make it out in time. */
  | { type: 'not-understood' };

/** What the listener must know of the other side, kept up to date by its owner. */
export interface ListeningContext {
  /** In the first seconds the line's echo may be loud: energy alone means nothing of speech that begins now. */
  guarded: boolean;
  /** What the assistant is saying or has just said. */
  spoken: string;
  expected: ExpectedAnswer;
}

export interface ListenerOptions {
  clock: Clock;
  sampleRate: number;
  voiceActivity: VoiceActivity;
  transcribers: readonly SpeechToText[];
  model: string | null;
  language: string;
  hints: readonly string[];
  policies: readonly TurnPolicy[];
  turnEndModel: TurnEndModel | null;
  settings: ListenerSettings;
  heard: (event: Heard) => void;
  /** A stage failed; `next` is who takes over, null: nobody is left. */
  failed: (stage: 'voice-activity' | 'speech-to-text', provider: string, error: unknown, next: string | null) => void;
  used: (heard: SoundUsed) => void;
}

export interface Listener {
  readonly context: ListeningContext;
  /** A frame of the caller's sound, in order. */
  frame(pcm: Int16Array): void;
  /** Ms of sound taken so far: the caller's stream time. */
  readonly streamMs: number;
  /** Somebody is speaking, or has just stopped. */
  readonly hearsSpeech: boolean;
  close(): void;
}

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Hears the caller: voice activity and transcript in, turns out. */
export function createListener(options: ListenerOptions): Listener {
  const { clock, sampleRate, settings, policies, language } = options;
  const context: ListeningContext = { guarded: false, spoken: '', expected: 'anything' };
  const turn = {
    open: false,
    awaiting: false,
    startMs: 0,
    segmentMs: 0,
    lastSpeechMs: 0,
    paused: false,
    insisted: false,
    took: false,
    guarded: false,
  };
  const judge = options.turnEndModel ? createTurnJudge(options.turnEndModel, sampleRate) : null;
  let words = '';
  let partial = '';
  let confidence: number | undefined;
  /** When a turn was last decided, and whether it had words. */
  let decidedAt = Number.NEGATIVE_INFINITY;
  let decidedOnWords = false;
  let decidedText = '';
  /** When the transcriber last sent anything. */
  let transcriptAt = Number.NEGATIVE_INFINITY;
  let deadline: Timer | null = null;
  let waiting: Timer | null = null;
  let samples = 0;
  let closed = false;

  const transcription = createTranscription({
    clock,
    transcribers: options.transcribers,
    sampleRate,
    model: options.model,
    language,
    hints: options.hints,
    heard: transcript,
    failed: (provider, error, next) => options.failed('speech-to-text', provider, error, next),
    used: options.used,
  });

  const text = (): string => (partial === '' ? words : words === '' ? partial : `${words} ${partial}`);
  const meaningful = (said: string): boolean =>
    /\p{L}|\p{N}/u.test(said) && !isAcknowledgement(said, language) && !(turn.guarded && isEcho(said, context.spoken));

  function speechStarted(startMs: number): void {
    if (closed) return;
    deadline?.cancel();
    waiting?.cancel();
    if (!turn.awaiting) {
      turn.startMs = startMs;
      turn.insisted = false;
      turn.took = false;
      turn.guarded = context.guarded;
    }
    const resumed = turn.awaiting;
    turn.open = true;
    turn.awaiting = false;
    turn.paused = false;
    turn.lastSpeechMs = startMs;
    turn.segmentMs = startMs;
    transcription.activity('start', startMs, startMs);
    if (!resumed) options.heard({ type: 'speech-started', startMs });
  }

  function speechContinues(lastSpeechMs: number): void {
    if (!turn.open || closed) return;
    turn.lastSpeechMs = lastSpeechMs;
    if (turn.paused) {
      turn.paused = false;
      judge?.reset();
      transcription.activity('resume', turn.segmentMs, lastSpeechMs);
    }
    const speechMs = lastSpeechMs - turn.startMs;
    if (turn.guarded || turn.took) return;
    if (!turn.insisted && speechMs >= settings.bargeInSpeechMs) {
      turn.insisted = true;
      options.heard({ type: 'insisting' });
    }
    if (turn.insisted && speechMs >= Math.max(INSISTING_SPEECH_MS, settings.bargeInSpeechMs)) take();
    if (speechMs >= LONGEST_TURN_MS) endTurn(lastSpeechMs);
  }

  function take(): void {
    if (turn.took) return;
    turn.took = true;
    options.heard({ type: 'taking-turn' });
  }

  function silence(lastSpeechMs: number, nowMs: number): void {
    if (!turn.open || closed) return;
    turn.lastSpeechMs = lastSpeechMs;
    const silentMs = nowMs - lastSpeechMs;
    if (!turn.paused && settings.eagerSilenceMs > 0 && silentMs >= settings.eagerSilenceMs) {
      turn.paused = true;
      judge?.paused();
      transcription.activity('pause', turn.segmentMs, lastSpeechMs);
    }
    if (silentMs < settings.endOfTurnSilenceMs) return;
    const needed = silenceNeeded(policies, {
      text: text(),
      expected: context.expected,
      language,
      baseMs: settings.endOfTurnSilenceMs,
      verdict: judge?.verdict ?? 'unknown',
    });
    // Who has not written a word of it decides nothing.
    const decides = transcription.endOfTurn && text() !== '';
    const patienceMs = clock.now() - transcriptAt < DOUBT_AFTER_MS ? OWN_END_OF_TURN_PATIENCE_MS : OWN_END_OF_TURN_DOUBT_MS;
    if (silentMs >= (decides ? Math.max(needed, patienceMs) : needed)) endTurn(lastSpeechMs);
  }

  /** The caller has stopped; what is missing is at most the transcript. */
  function endTurn(lastSpeechMs: number): void {
    turn.open = false;
    judge?.reset();
    voice.endSegment();
    transcription.activity('end', turn.segmentMs, lastSpeechMs);
    if (!transcription.segmented && words !== '' && partial === '') {
      decide();
      return;
    }
    turn.awaiting = true;
    if (lastSpeechMs - turn.startMs >= SPEECH_WORTH_ASKING_MS) {
      const silentMs = durationMs(samples, sampleRate) - lastSpeechMs;
      waiting = clock.setTimer(Math.max(0, WAITING_MS - silentMs), () => options.heard({ type: 'waiting', endMs: lastSpeechMs }));
    }
    deadline?.cancel();
    deadline = clock.setTimer(Math.min(patienceMs(lastSpeechMs), settings.transcriptDeadlineMs), overdue);
  }

  /** How long the words of a turn that is over may be waited for. */
  function patienceMs(lastSpeechMs: number): number {
    // Words are there, certain or not; a local model is busy rather than gone.
    if (text() !== '' && !transcription.segmented) return transcription.endOfTurn ? OWN_LAST_WORDS_MS : REPLACEABLE_PATIENCE_MS;
    if (lastSpeechMs - turn.startMs < SPEECH_WORTH_ASKING_MS) return SHORT_SPEECH_PATIENCE_MS;
    return transcription.replaceable ? REPLACEABLE_PATIENCE_MS : settings.transcriptDeadlineMs;
  }

  function overdue(): void {
    if (!turn.awaiting || closed) return;
    if (text() !== '') {
      decide();
      return;
    }
    const speechMs = turn.lastSpeechMs - turn.startMs;
    if (speechMs >= SPEECH_WORTH_ASKING_MS && transcription.giveUp('No transcript came for what was said.')) {
      deadline = clock.setTimer(settings.transcriptDeadlineMs, overdue);
      return;
    }
    finish();
    options.heard({ type: speechMs >= SPEECH_WORTH_ASKING_MS ? 'not-understood' : 'nothing-said' });
  }

  function finish(): void {
    if (turn.open) voice.endSegment();
    turn.open = false;
    turn.awaiting = false;
    deadline?.cancel();
    waiting?.cancel();
    words = '';
    partial = '';
    confidence = undefined;
    decidedAt = clock.now();
    decidedOnWords = false;
    transcription.forget();
  }

  function decide(): void {
    const said = text().trim();
    const { startMs, lastSpeechMs: endMs } = turn;
    const sure = confidence;
    finish();
    if (!/\p{L}|\p{N}/u.test(said) || (turn.guarded && isEcho(said, context.spoken))) {
      options.heard({ type: 'nothing-said' });
      return;
    }
    decidedOnWords = true;
    decidedText = said;
    options.heard({ type: 'turn-ended', text: said, startMs, endMs, confidence: sure, acknowledgement: isAcknowledgement(said, language) });
  }

  function transcript(event: TranscriptEvent): void {
    if (closed) return;
    transcriptAt = clock.now();
    if (event.type === 'end-of-turn') {
      if (text() !== '') decide();
      return;
    }
    if (event.type === 'partial') {
      partial = event.text;
      if (event.text === '') return;
      options.heard({ type: 'partial', text: text() });
      if (turn.open && meaningful(event.text)) take();
      return;
    }
    partial = '';
    if (event.text.trim() !== '') words = words === '' ? event.text : `${words} ${event.text}`;
    confidence = event.confidence;
    if (turn.awaiting) {
      decide();
      return;
    }
    if (!turn.open) stray(event.startMs, event.endMs);
    else if (meaningful(event.text)) take();
  }

  /** Words outside any speech: the rest of the last turn, a turn whose words were given up too early, or a quiet speaker. */
  function stray(startMs: number, endMs: number): void {
    if (words === '' || transcription.endOfTurn) return;
    const late = decidedOnWords && clock.now() - decidedAt <= LATE_FINAL_GRACE_MS;
    if (!late) {
      turn.startMs = startMs;
      turn.lastSpeechMs = endMs;
      decide();
      return;
    }
    const rest = words;
    words = '';
    // The certain version of what was decided on before it was certain.
    if (bare(decidedText) === bare(rest)) return;
    options.heard({ type: 'late-words', text: rest, startMs, endMs });
  }

  const voice = openVoiceActivity({
    voiceActivity: options.voiceActivity,
    sampleRate,
    minSpeechMs: settings.minSpeechMs,
    listener: { speechStarted, speechContinues, silence },
    failed: (provider, error, next) => options.failed('voice-activity', provider, error, next),
  });

  return {
    context,
    frame(pcm) {
      if (closed) return;
      samples += pcm.length;
      transcription.write(pcm);
      judge?.write(pcm);
      voice.push(pcm);
    },
    get streamMs() {
      return durationMs(samples, sampleRate);
    },
    get hearsSpeech() {
      return turn.open;
    },
    close() {
      if (closed) return;
      closed = true;
      deadline?.cancel();
      waiting?.cancel();
      voice.close();
      transcription.close();
    },
  };
}
