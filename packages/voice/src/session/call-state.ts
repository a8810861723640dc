import type { TransferPlan } from '../thinking/index.ts';
import type { EndedReason } from './types.ts';

/** What the course of a call (`call-machine.ts`) goes by. */
export interface CallState {
  readonly phase: 'before' | 'talking' | 'closing' | 'over';
  /** What the assistant is saying or about to say. */
  readonly saying: Saying | null;
  readonly callerSpeaking: boolean;
  readonly nudges: number;
  /** Turns in a row that no model could answer, and turns in a row that nobody understood. */
  readonly failures: number;
  readonly digits: string;
  /** Set once it is decided that the call ends. */
  readonly ending: EndedReason | null;
  /** Set while the caller is to be connected with somebody else: first that is said, then it rings there. */
  readonly transfer: { readonly plan: TransferPlan; readonly stage: 'announced' | 'under-way' } | null;
  readonly maxNudges: number;
  readonly greets: boolean;
  /** The greeting was to begin when the caller spoke, and not a word of it was heard. */
  readonly greetingDue: boolean;
  /** The assistant is silent until the far end is ready (`far-end.ts`). */
  readonly waiting: Waiting | null;
  /** A machine has been given its message, or the beginning of it. */
  readonly messageBegun: boolean;
}

/** For the beep of a machine that has picked up (`leaves`: a message is left then), or for the person behind a screener. */
export type Waiting = { readonly for: 'beep'; readonly leaves: boolean } | { readonly for: 'person'; readonly introductions: number };

/** `bridge`: a filler while the caller's words are not known yet; what is said then is one turn with it. */
export type SayingKind = 'bridge' | 'greeting' | 'introduction' | 'reply' | 'nudge' | 'apology' | 'announcement' | 'goodbye';

export interface Saying {
  readonly kind: SayingKind;
  /** The caller hears it, or a filler before it. */
  readonly audible: boolean;
  /** The reply itself is heard, not only a filler. */
  readonly answering: boolean;
  /** Silent because the caller may want to speak. */
  readonly paused: boolean;
  /** A tool that changes the world has run: it is not thought again. */
  readonly committed: boolean;
}

export type Phrase =
  | 'greeting'
  | 'introduction'
  | 'stillThere'
  | 'silenceGoodbye'
  | 'goodbye'
  | 'notUnderstood'
  | 'trouble'
  | 'troubleGoodbye'
  | 'transfer'
  | 'transferFailed'
  | 'message';
export type TimerName =
  | 'greet'
  | 'filler'
  | 'nudge'
  | 'digits'
  | 'hang-up'
  | 'goodbye-cap'
  | 'transfer-cap'
  | 'pause-cap'
  | 'close-cap'
  | 'beep'
  | 'greeting-quiet'
  | 'greeting-cap'
  | 'machine-doubt'
  | 'screening-cap'
  | 'message-cap';

export type MachineEvent =
  | { type: 'answered' }
  | { type: 'sound-flows' }
  | { type: 'caller-speaks' }
  | { type: 'caller-insists' }
  | { type: 'caller-takes-turn' }
  | { type: 'caller-said'; text: string; acknowledgement: boolean }
  | { type: 'caller-said-more'; text: string }
  | { type: 'caller-said-nothing' }
  | { type: 'caller-not-understood' }
  /** The caller has stopped long ago, and what was said is still not known. */
  | { type: 'caller-waits' }
  | { type: 'digit'; digit: string }
  | { type: 'audible'; filler: boolean }
  | { type: 'committed' }
  | { type: 'heard-out' }
  /** Nothing has been heard for a while, and more is to come. */
  | { type: 'ran-dry' }
  | { type: 'thought-nothing' }
  | { type: 'model-failed' }
  | { type: 'voice-failed' }
  | { type: 'hearing-failed' }
  /** A machine has picked up. `sure`: not only by the carrier's word; `leaves`: a message is left after its beep. */
  | { type: 'machine-answered'; sure: boolean; leaves: boolean }
  | { type: 'beep' }
  /** A screener asks who is calling and why. */
  | { type: 'screened'; text: string }
  /** Somebody is there after all: behind a screener, or taken for a machine. `text` is empty where it is remembered already. */
  | { type: 'person-answered'; text: string }
  | { type: 'end-call' }
  /** The caller is to be connected with somebody. `after`: what is said before, the reply under way, the phrase for it, or nothing. */
  | { type: 'transfer'; plan: TransferPlan; after: 'reply' | 'phrase' | 'nothing' }
  | { type: 'transferred' }
  | { type: 'transfer-failed' }
  | { type: 'end'; reason: EndedReason }
  | { type: 'closed'; reason: EndedReason }
  | { type: 'timer'; name: TimerName };

export type Command =
  | { type: 'say'; kind: SayingKind; phrase: Phrase }
  | { type: 'think' }
  /** The caller's words, for the memory; `keyed`: typed on the keypad. */
  | { type: 'remember'; text: string; keyed: boolean }
  | { type: 'pause' }
  | { type: 'resume' }
  /** Over at once; what was heard is remembered. `bargeIn`: the caller did it while hearing the assistant. */
  | { type: 'cut'; bargeIn: boolean }
  | { type: 'wait' }
  | { type: 'fill' }
  | { type: 'nudged'; count: number }
  | { type: 'set-timer'; name: TimerName }
  | { type: 'cancel-timer'; name: TimerName }
  /** The caller is to be connected with somebody else now. */
  | { type: 'transfer'; plan: TransferPlan }
  /** The call goes on without us. */
  | { type: 'release' }
  | { type: 'hang-up' }
  | { type: 'finish'; reason: EndedReason };

export type Step = readonly [CallState, readonly Command[]];

export const initialState = (options: { greets: boolean; maxNudges: number }): CallState => ({
  phase: 'before',
  saying: null,
  callerSpeaking: false,
  nudges: 0,
  failures: 0,
  digits: '',
  ending: null,
  transfer: null,
  waiting: null,
  messageBegun: false,
  greetingDue: false,
  ...options,
});

export const begin = (kind: SayingKind): Saying => ({ kind, audible: false, answering: false, paused: false, committed: false });
export const set = (name: TimerName): Command => ({ type: 'set-timer', name });
export const cancel = (name: TimerName): Command => ({ type: 'cancel-timer', name });
export const stay = (state: CallState): Step => [state, []];
/** It is decided that the call ends or goes to somebody else: no speech changes that. */
export const decided = (state: CallState): boolean => state.ending !== null || state.transfer !== null;

/** What runs while the far end is waited for. */
export const waitingTimers: readonly Command[] = (
  ['beep', 'greeting-quiet', 'greeting-cap', 'machine-doubt', 'screening-cap'] as const
).map(cancel);

/** Where a filler is said before it, it is one turn with it. */
const follow = (kind: SayingKind, { saying }: CallState): Saying => ({
  ...begin(kind),
  audible: saying?.kind === 'bridge' && saying.audible,
});

export const say = (state: CallState, kind: SayingKind, phrase: Phrase): Step => [
  { ...state, saying: follow(kind, state), greetingDue: false },
  [cancel('nudge'), { type: 'say', kind, phrase }, set('filler')],
];

/** A goodbye, after which the call ends for `reason`. */
export const close = (state: CallState, reason: EndedReason, phrase: Phrase): Step => {
  const [next, commands] = say({ ...state, phase: 'closing', ending: reason }, 'goodbye', phrase);
  return [next, [...commands, set('goodbye-cap')]];
};

export const hangUp = (state: CallState, reason: EndedReason): Step => [
  { ...state, phase: 'closing', saying: null, ending: state.ending ?? reason },
  [
    ...(state.saying ? [{ type: 'cut', bargeIn: false } as const] : []),
    cancel('nudge'),
    cancel('filler'),
    cancel('digits'),
    cancel('goodbye-cap'),
    ...waitingTimers,
    { type: 'hang-up' },
    set('close-cap'),
  ],
];

export const think = (state: CallState): Step => [
  { ...state, saying: follow('reply', state), nudges: 0, greetingDue: false },
  [cancel('nudge'), cancel('pause-cap'), { type: 'think' }, set('filler')],
];

/** The assistant falls silent for good; the caller has the word. */
export function yieldTurn(state: CallState): Step {
  const { saying } = state;
  if (!saying) return stay(state);
  const greetingDue = saying.kind === 'greeting' && !saying.audible;
  return [{ ...state, saying: null, greetingDue }, [cancel('filler'), cancel('pause-cap'), { type: 'cut', bargeIn: saying.audible }]];
}

/** What is being said makes room for an answer; a filler before it is heard to its end. */
export const makeRoom = (state: CallState): Step =>
  state.saying?.kind === 'bridge' ? [state, state.saying.paused ? [cancel('pause-cap'), { type: 'resume' }] : []] : yieldTurn(state);

/** The assistant falls silent for a reason that is not the caller's. */
export function fallSilent(state: CallState): Step {
  const [silent, commands] = yieldTurn(state);
  return [silent, commands.map((command) => (command.type === 'cut' ? { ...command, bargeIn: false } : command))];
}

/** The assistant goes on after a false alarm, or silence is counted where it has nothing to say. */
export function goOn(state: CallState): Step {
  const next = { ...state, callerSpeaking: false };
  if (!state.saying) return [next, [set('nudge')]];
  if (!state.saying.paused) return stay(next);
  return [{ ...next, saying: { ...state.saying, paused: false } }, [cancel('pause-cap'), { type: 'resume' }]];
}

/** The caller's words are remembered and answered, whatever the assistant was about to say. */
export function answer(state: CallState, text: string, keyed = false): Step {
  const [silent, cuts] = makeRoom({ ...state, callerSpeaking: false });
  const [thinking, thoughts] = think(silent);
  return [thinking, [...cuts, { type: 'remember', text, keyed }, ...thoughts]];
}
