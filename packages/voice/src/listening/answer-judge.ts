import { meaningOf } from './answer-words.ts';

/** Who has picked up a call we placed. */
export type AnsweredBy = 'human' | 'machine' | 'unknown';
/** What tells so. `screening`: a call screener answered, and nobody has come to the phone yet. */
export type AnswerEvidence = 'carrier' | 'beep' | 'words' | 'cadence' | 'screening' | 'nothing';

/** What is heard and told after the answer. */
export type AnswerClue =
  /** The carrier's own detection. */
  | { type: 'carrier'; result: AnsweredBy }
  /** The tone of a machine, heard by us or by the carrier. */
  | { type: 'beep' }
  /** Somebody begins to speak. */
  | { type: 'speech' }
  /** Words of a turn that still goes on. */
  | { type: 'partial'; text: string }
  /** A turn is over; `text` is empty where nobody understood it. */
  | { type: 'turn'; text: string; spokenMs: number }
  /** The assistant was heard to the end of what it had to say. */
  | { type: 'heard-out' }
  /** Nobody has spoken for `HUMAN_WAITS_MS` after a turn. */
  | { type: 'quiet' }
  /** The words of what was said before a beep are overdue. */
  | { type: 'overdue' }
  /** `DECIDED_AFTER_MS` have passed since the answer, or since the last time. */
  | { type: 'deadline' };

/** What follows. */
export type AnswerNews =
  /** The answer, where it is new. */
  | { type: 'verdict'; who: AnsweredBy; by: AnswerEvidence }
  /** `sure`: heard by ourselves, not only told by the carrier. */
  | { type: 'machine'; sure: boolean }
  | { type: 'beep' }
  | { type: 'screening' }
  /** A screener speaks that wants no answer. */
  | { type: 'hold' }
  /** A person is there after all: behind a screener, or taken for a machine. */
  | { type: 'person' };

/**
 * People answer with a word or a sentence and wait; greetings of machines go on. Carriers draw the line between 1.5 s
 * (Asterisk `AMD`) and 3.5 s (Telnyx `greeting_duration_millis`) of speech.
 */
const HUMAN_SPEAKS_MS = 2500;
const HUMAN_WORDS = 8;
/** Silence that shows that an answer is waited for; pauses between the sentences of a greeting are shorter. */
export const HUMAN_WAITS_MS = 1500;
/** The words before a beep come from the transcriber within this time, or are not waited for. */
export const WORDS_OVERDUE_MS = 2000;
/** By then a person has spoken and a carrier has decided (Telnyx: 3.5 s by default, 10 s at most with a slow line). */
export const DECIDED_AFTER_MS = 10_000;
/** So often the assistant was heard out and answered: then it is a person, whatever words or tones come later. */
const EXCHANGES_TO_SETTLE = 2;

export interface AnswerJudge {
  take(clue: AnswerClue): AnswerNews[];
  /** A turn of a person was heard and silence after it would prove it: tell `quiet` when it has come. */
  readonly awaitsQuiet: boolean;
  /** A beep waits for the words before it: tell `overdue` when they do not come. */
  readonly awaitsWords: boolean;
  /** Nothing has been said about who it is: tell `deadline` when it is time. */
  readonly undecided: boolean;
  /** Nothing that comes can change the answer. */
  readonly settled: boolean;
}

/**
 * Judges who has picked up, from the carrier's detection and from what is heard. In this order:
 *
 * 1. A screener's words: neither person nor machine, until somebody speaks who is no screener, or a mailbox does.
 * 2. A machine's tone or words, heard by us: `machine`, whatever the carrier says. A tone counts once the words before it
 *    are known not to be a screener's, which has a tone of its own.
 * 3. A person's words ("hello?", "who is this?"), or a short turn and then waiting: `human`, whatever the carrier says. For
 *    somebody whose machine we have heard ourselves only the words count.
 * 4. The carrier's `human` or `machine`.
 * 5. `unknown`. A long greeting without such words is no proof of a machine: some people talk.
 *
 * The answer may change while the call is young; two exchanges settle that it is a person.
 */
export function createAnswerJudge(): AnswerJudge {
  let who: AnsweredBy | null = null;
  let by: AnswerEvidence = 'nothing';
  /** Set by the words of a screener; a person or a mailbox ends it. */
  let screening = false;
  /** Somebody speaks, or has spoken and the words are not known yet. */
  let wordsToCome = false;
  let beepWaits = false;
  let shortTurn = false;
  let heardOut = false;
  let exchanges = 0;
  let deadlines = 0;

  const isSure = () => who === 'machine' && by !== 'carrier';
  const settled = () => exchanges >= EXCHANGES_TO_SETTLE && who === 'human';

  function decide(next: AnsweredBy, evidence: AnswerEvidence): AnswerNews[] {
    const before = { who, by };
    who = next;
    by = evidence;
    return before.who === next && (before.by === evidence || next !== 'unknown') ? [] : [{ type: 'verdict', who: next, by: evidence }];
  }

  function machine(evidence: 'beep' | 'words' | 'carrier'): AnswerNews[] {
    const known = who === 'machine' && (isSure() || evidence === 'carrier');
    screening = false;
    shortTurn = false;
    const news = decide('machine', isSure() && evidence === 'carrier' ? by : evidence);
    return known ? news : [...news, { type: 'machine', sure: evidence !== 'carrier' }];
  }

  function person(evidence: 'words' | 'cadence'): AnswerNews[] {
    const after = screening || who === 'machine';
    screening = false;
    shortTurn = false;
    return [...decide('human', evidence), ...(after ? [{ type: 'person' } as const] : [])];
  }

  function screener(): AnswerNews[] {
    screening = true;
    beepWaits = false;
    shortTurn = false;
    return [...decide('unknown', 'screening'), { type: 'screening' }];
  }

  function beep(): AnswerNews[] {
    if (wordsToCome && !isSure()) {
      beepWaits = true;
      return [];
    }
    // A screener that has us speak after a tone.
    if (screening) return [];
    return [...machine('beep'), { type: 'beep' }];
  }

  function beepThatWaited(): AnswerNews[] {
    if (!beepWaits) return [];
    beepWaits = false;
    if (screening) return [];
    return [...machine('beep'), { type: 'beep' }];
  }

  function turn(text: string, spokenMs: number): AnswerNews[] {
    wordsToCome = false;
    const meaning = meaningOf(text);
    if (meaning === 'screening') return screener();
    if (meaning === 'mailbox' || (meaning === 'recording' && !screening)) return [...machine('words'), ...beepThatWaited()];
    const tone = beepThatWaited();
    if (tone.length > 0) return tone;
    if (screening) return meaning === 'hold' || meaning === 'recording' || text === '' ? [{ type: 'hold' }] : person('words');
    if (heardOut && text !== '') exchanges++;
    heardOut = false;
    if (meaning === 'person') return person('words');
    shortTurn = !isSure() && text !== '' && spokenMs <= HUMAN_SPEAKS_MS && text.split(/\s+/).length <= HUMAN_WORDS;
    return [];
  }

  function partial(text: string): AnswerNews[] {
    const meaning = meaningOf(text);
    return meaning === 'mailbox' || (meaning === 'recording' && !screening) ? machine('words') : [];
  }

  function fromCarrier(result: AnsweredBy): AnswerNews[] {
    if (screening || (who !== null && by !== 'carrier' && by !== 'nothing')) return [];
    return result === 'machine' ? machine('carrier') : decide(result, 'carrier');
  }

  function react(clue: AnswerClue): AnswerNews[] {
    switch (clue.type) {
      case 'carrier':
        return fromCarrier(clue.result);
      case 'beep':
        return beep();
      case 'speech':
        wordsToCome = true;
        shortTurn = false;
        return [];
      case 'partial':
        return partial(clue.text);
      case 'turn':
        return turn(clue.text, clue.spokenMs);
      case 'heard-out':
        heardOut = true;
        return [];
      case 'quiet':
        return shortTurn ? person('cadence') : [];
      case 'overdue':
        wordsToCome = false;
        return beepThatWaited();
      case 'deadline':
        deadlines++;
        // Words that are on their way are waited for once.
        return who === null && !(wordsToCome && deadlines === 1) ? decide('unknown', 'nothing') : [];
    }
  }

  return {
    take: (clue) => (settled() ? [] : react(clue)),
    get awaitsQuiet() {
      return shortTurn;
    },
    get awaitsWords() {
      return beepWaits;
    },
    get undecided() {
      return who === null;
    },
    get settled() {
      return settled();
    },
  };
}
