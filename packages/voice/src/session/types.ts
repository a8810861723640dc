import type { AnswerEvidence, AnsweredBy } from '../listening/answer-judge.ts';
import type { TurnPolicy } from '../listening/turn-policies.ts';
import type { Clock } from '../ports/clock.ts';
import type { LanguageModel } from '../ports/language-model.ts';
import type { Leg } from '../ports/leg.ts';
import type { RecordingSink } from '../ports/recording.ts';
import type { SpeechToSpeech } from '../ports/speech-to-speech.ts';
import type { SpeechToText } from '../ports/speech-to-text.ts';
import type { TextToSpeech, Voice } from '../ports/text-to-speech.ts';
import type { TurnEndModel } from '../ports/turn-end-model.ts';
import type { VoiceActivity } from '../ports/voice-activity.ts';
import type { PhraseStore } from '../speaking/phrase-store.ts';
import type { Tool, TransferPlan } from '../thinking/tools.ts';

export type { AnswerEvidence, AnsweredBy } from '../listening/answer-judge.ts';
export type { CallEffect, Tool, TransferPlan } from '../thinking/tools.ts';

/** The stages of a call. Where a list stands, the first is used and the others are its fallbacks, in order. */
export interface Stages {
  voiceActivity: VoiceActivity;
  speechToText: readonly SpeechToText[];
  languageModel: readonly LanguageModel[];
  textToSpeech: readonly TextToSpeech[];
  /** Leads the call by itself; the other stages take over when it is lost, and say what it does not. */
  speechToSpeech?: SpeechToSpeech;
  /** Judges by the sound whether the caller has finished; without one, silence and words decide. */
  turnEnd?: TurnEndModel;
}

/** What the call is about, with every template variable already filled in. */
export interface Briefing {
  instructions: string;
  /** Said when the call connects; null: the assistant waits for the caller. */
  firstMessage: string | null;
  /** BCP-47. */
  language: string;
  transcriberModel: string | null;
  model: string | null;
  temperature: number;
  maxTokens: number;
  voice: Voice;
  /** Of the model that hears and speaks itself, where one leads the call. */
  realtime?: { model: string | null; voice: string | null };
  /** Words likely to come: names, products. */
  hints: readonly string[];
}

/** Why a call ended, as stored in `ended_reason`. */
export type EndedReason =
  | 'caller_hung_up'
  | 'assistant_hung_up'
  | 'api_hangup'
  | 'transferred'
  | 'silence'
  | 'max_duration'
  | 'connection_lost'
  | 'protocol_error'
  | 'provider_failed'
  | 'shutdown';

export type Speaker = 'caller' | 'assistant';

/** A line of the transcript. Times are seconds from the answer of the call. */
export interface TranscriptTurn {
  /** 0, 1, 2 … in the order of starting. */
  index: number;
  speaker: Speaker;
  text: string;
  startSeconds: number;
  endSeconds: number;
  /** The assistant was cut off by the caller; `text` is only what was heard. */
  interrupted: boolean;
  /** Transcriber's confidence 0..1, for the caller's turns, where known. */
  confidence?: number;
}

/** The six marks of a turn, ms from the answer of the call; undefined where a turn never got there. */
export interface TurnMarks {
  /** Index of the assistant's turn it belongs to. */
  turn: number;
  callerStopped: number;
  turnDecided?: number;
  firstToken?: number;
  firstSentence?: number;
  firstAudio?: number;
  firstSoundOut?: number;
}

export type StageName = 'speech-to-speech' | 'voice-activity' | 'speech-to-text' | 'language-model' | 'text-to-speech';

/**
 * What a call took of one model of one vendor, all its streams and requests together. Of a vendor that was given up in the middle:
 * what it took until then.
 */
export interface StageUse {
  stage: Exclude<StageName, 'voice-activity'>;
  /** The id of its port. */
  provider: string;
  /** The model that has worked; null where nobody named one. */
  model: string | null;
  /** False: the vendor has told of no count of these tokens. They are estimated, and 0 where nothing is known of them. */
  counted: boolean;
  inputTokens: number;
  outputTokens: number;
  /** Of text that a voice was given, as it was given, whether it was heard or not. */
  characters: number;
  /** Of sound that was heard, or of open streams where the vendor charges those (`chargesOpenTime`). */
  seconds: number;
}

/** What is told about a running call. `atMs` counts from the answer of the call. */
export type CallEvent =
  | { type: 'started'; atMs: number }
  | { type: 'caller-speaking'; atMs: number }
  | { type: 'partial'; atMs: number; text: string }
  | { type: 'turn'; atMs: number; turn: TranscriptTurn }
  | { type: 'assistant-speaking'; atMs: number }
  /** What the caller has heard of the assistant's turn so far; the turn itself follows when it is over. */
  | { type: 'saying'; atMs: number; turn: number; text: string }
  | { type: 'barge-in'; atMs: number }
  | { type: 'marks'; atMs: number; marks: TurnMarks }
  | { type: 'digit'; atMs: number; digit: string }
  | { type: 'tool'; atMs: number; name: string; ok: boolean; durationMs: number }
  | { type: 'nudge'; atMs: number; count: number }
  /** The caller is being connected with somebody else: from now on it rings there. */
  | { type: 'transfer'; atMs: number; to: string; mode: TransferPlan['mode'] }
  | { type: 'stage-failed'; atMs: number; stage: StageName; provider: string; kind: string; message: string }
  | { type: 'fallback'; atMs: number; stage: StageName; from: string; to: string }
  /** A bug of ours or an adapter that broke its promise (`engine`: the call ends), or a recording that could not be kept. */
  | { type: 'fault'; atMs: number; part: 'engine' | 'recording'; message: string }
  /** Once, just before `ended`: the totals of the call, and what each vendor has of them. */
  | {
      type: 'usage';
      atMs: number;
      inputTokens: number;
      outputTokens: number;
      spokenCharacters: number;
      transcribedSeconds: number;
      uses: readonly StageUse[];
    }
  /** Who has picked up a call we placed; again when it turns out otherwise. */
  | { type: 'answered-by'; atMs: number; who: AnsweredBy; by: AnswerEvidence }
  | { type: 'ended'; atMs: number; reason: EndedReason };

/** Durations that shape a conversation. Sources of the defaults stand beside them in `settings.ts`. */
export interface CallTimings {
  /** Silence that ends a turn. */
  endOfTurnSilenceMs: number;
  /** Silence at which a segmented transcriber is asked ahead; 0 switches it off. */
  eagerSilenceMs: number;
  /** Speech before it counts as speech. */
  minSpeechMs: number;
  /** Caller speech needed to cut the assistant off. */
  bargeInSpeechMs: number;
  /** How far the engine sends ahead of real time. */
  leadMs: number;
  /** The longest the caller waits in silence for a reply before a filler is said. */
  fillerAfterMs: number;
  /** Deadlines of the stages: then the fallback takes over. */
  transcriptDeadlineMs: number;
  firstTokenDeadlineMs: number;
  nextTokenDeadlineMs: number;
  firstAudioDeadlineMs: number;
  nextAudioDeadlineMs: number;
  /** A tool that takes longer has failed. */
  toolDeadlineMs: number;
  /** From the first sound of the assistant on, how long echo is feared: only words, not energy, interrupt. */
  echoGuardMs: number;
  /** Silence of both before "are you still there?", how often, and then goodbye. */
  nudgeAfterMs: number;
  maxNudges: number;
  /** Absolute cap of the call, outside the conversation. */
  maxCallMs: number;
}

/** Hang up on a machine, or say this after its beep and then hang up. */
export type VoicemailPlan = { action: 'hangup' } | { action: 'leave_message'; message: string };

/** What to do with whoever picks up a call we placed and is no person. */
export interface AnsweringPlan {
  /** null: machines are talked to like people. */
  voicemail: VoicemailPlan | null;
  /** Who is calling and why, for a call screener. */
  introduction: string;
}

/** What the carrier tells of its own detection. `beep` false: a greeting is over, and nobody knows of a tone. */
export type CarrierClue = { type: 'machine-detection'; result: AnsweredBy } | { type: 'greeting-ended'; beep: boolean };

export interface CallSessionOptions {
  leg: Leg;
  clock: Clock;
  stages: Stages;
  briefing: Briefing;
  timings: CallTimings;
  /** How the end of a turn is judged; default `defaultTurnPolicies`. */
  turnPolicies?: readonly TurnPolicy[];
  /** null: the assistant does not record. */
  recording: RecordingSink | null;
  tools: readonly Tool[];
  /**
   * Where the sound of fillers and of the goodbye after a failure is kept over calls; one owner's voices alone. Left out: nothing is
   * kept, and where the only voice stalls the caller hears a tone.
   */
  phrases?: PhraseStore | undefined;
  /**
   * Has the caller connected with somebody else; `session.transferred` or `session.transferFailed` is called when it is known what
   * came of it. Left out where calls cannot be transferred: tools that ask for it are then not offered.
   */
  transfer?: (plan: TransferPlan) => void;
  /** For calls we placed: finds out who has picked up. Left out: whoever is there is a person. */
  answering?: AnsweringPlan | undefined;
  /** Plain call, must not throw and must not block. */
  onEvent: (event: CallEvent) => void;
}

export interface CallSession {
  /** The leg is answered: listening and greeting begin. */
  start(): void;
  /** What the carrier tells of a machine; means nothing without `answering`. */
  carrierClue(clue: CarrierClue): void;
  /**
   * Connects the caller with somebody else, which no speech stops any more.
   * @param announcement said before; '' for nothing; left out, a sentence in the call's language.
   * @returns false when the call is about to end or is being transferred already.
   */
  transfer(plan: TransferPlan, announcement?: string): boolean;
  /** The caller talks with somebody else: our leg is released and the call ends for us. */
  transferred(): void;
  /** Nobody took the caller: the conversation goes on, and the caller is told. */
  transferFailed(): void;
  /** Ends the call from outside. */
  end(reason: EndedReason): void;
  /** Resolves when the call is over, the leg is closed and the recording is safe. Never rejects. */
  readonly done: Promise<{ reason: EndedReason; durationMs: number }>;
}
