import type { EndedReason } from './types.ts';

/**
 * The course of a call as a pure function: state and event in, state and commands out. It knows no clock (timers are
 * commands that come back as events), no sound and no vendor.
 */
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
  readonly transfer: { readonly to: string; readonly stage: 'announced' | 'under-way' } | null;
  readonly maxNudges: number;
  readonly greets: boolean;
}

export type SayingKind = 'greeting' | 'reply' | 'nudge' | 'apology' | 'announcement' | 'goodbye';

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
  /** A machine has picked up and plays its greeting; it has beeped. */
  | { type: 'machine-answered' }
  | { type: 'beep' }
  | { type: 'end-call' }
  /** The caller is to be connected with `to`. `after`: what is said before, the reply under way, the phrase for it, or nothing. */
  | { type: 'transfer'; to: string; after: 'reply' | 'phrase' | 'nothing' }
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
  | { type: 'fill' }
  | { type: 'nudged'; count: number }
  | { type: 'set-timer'; name: TimerName }
  | { type: 'cancel-timer'; name: TimerName }
  /** The carrier is to connect the caller with somebody else. */
  | { type: 'transfer'; to: string }
  /** The call goes on without us. */
  | { type: 'release' }
  | { type: 'hang-up' }
  | { type: 'finish'; reason: EndedReason };

export type Step = readonly [CallState, readonly Command[]];

const FAILURES_TO_GIVE_UP = 2;
const MISUNDERSTANDINGS_TO_GIVE_UP = 4;
const MAX_DIGITS = 64;

export const initialState = (options: { greets: boolean; maxNudges: number }): CallState => ({
  phase: 'before',
  saying: null,
  callerSpeaking: false,
  nudges: 0,
  failures: 0,
  digits: '',
  ending: null,
  transfer: null,
  ...options,
});

const begin = (kind: SayingKind): Saying => ({ kind, audible: false, answering: false, paused: false, committed: false });
const set = (name: TimerName): Command => ({ type: 'set-timer', name });
const cancel = (name: TimerName): Command => ({ type: 'cancel-timer', name });
const stay = (state: CallState): Step => [state, []];
/** It is decided that the call ends or goes to somebody else: no speech changes that. */
const decided = (state: CallState): boolean => state.ending !== null || state.transfer !== null;

const say = (state: CallState, kind: SayingKind, phrase: Phrase): Step => [
  { ...state, saying: begin(kind) },
  [cancel('nudge'), cancel('filler'), { type: 'say', kind, phrase }],
];

/** A goodbye, after which the call ends for `reason`. */
const close = (state: CallState, reason: EndedReason, phrase: Phrase): Step => {
  const [next, commands] = say({ ...state, phase: 'closing', ending: reason }, 'goodbye', phrase);
  return [next, [...commands, set('goodbye-cap')]];
};

/** A machine plays its greeting: nothing is said until the beep, or until it must have been. */
function machineAnswered(state: CallState): Step {
  if (state.phase === 'closing' || decided(state)) return stay(state);
  const [silent, quiet] = fallSilent(state);
  return [{ ...silent, ending: 'assistant_hung_up' }, [...quiet, cancel('nudge'), cancel('filler'), set('beep')]];
}

/** The message is said once, to its end, and then the call is over. */
function leaveMessage(state: CallState): Step {
  if (state.phase === 'closing') return stay(state);
  const [next, commands] = say({ ...state, phase: 'closing', ending: state.ending ?? 'assistant_hung_up' }, 'goodbye', 'message');
  return [next, [cancel('beep'), ...commands, set('message-cap')]];
}

const hangUp = (state: CallState, reason: EndedReason): Step => [
  { ...state, phase: 'closing', saying: null, ending: state.ending ?? reason },
  [
    ...(state.saying ? [{ type: 'cut', bargeIn: false } as const] : []),
    cancel('nudge'),
    cancel('filler'),
    cancel('digits'),
    cancel('goodbye-cap'),
    cancel('beep'),
    { type: 'hang-up' },
    set('close-cap'),
  ],
];

const think = (state: CallState): Step => [
  { ...state, saying: begin('reply'), nudges: 0 },
  [cancel('nudge'), cancel('pause-cap'), { type: 'think' }, set('filler')],
];

/** The assistant falls silent for good; the caller has the word. */
function yieldTurn(state: CallState): Step {
  const { saying } = state;
  if (!saying) return stay(state);
  return [{ ...state, saying: null }, [cancel('filler'), cancel('pause-cap'), { type: 'cut', bargeIn: saying.audible }]];
}

/** The same, decided by us. */
function fallSilent(state: CallState): Step {
  const [silent, cuts] = yieldTurn(state);
  return [silent, cuts.map((command) => (command.type === 'cut' ? { ...command, bargeIn: false } : command))];
}

/** The assistant goes on after a false alarm, or silence is counted where it has nothing to say. */
function goOn(state: CallState): Step {
  const next = { ...state, callerSpeaking: false };
  if (!state.saying) return [next, [set('nudge')]];
  if (!state.saying.paused) return stay(next);
  return [{ ...next, saying: { ...state.saying, paused: false } }, [cancel('pause-cap'), { type: 'resume' }]];
}

/** The caller's words are remembered and answered, whatever the assistant was about to say. */
function answer(state: CallState, text: string, keyed = false): Step {
  const [silent, cuts] = yieldTurn({ ...state, callerSpeaking: false });
  const [thinking, thoughts] = think(silent);
  return [thinking, [...cuts, { type: 'remember', text, keyed }, ...thoughts]];
}

function callerSaid(state: CallState, text: string, acknowledgement: boolean): Step {
  if (state.phase === 'closing') return [{ ...state, callerSpeaking: false }, [{ type: 'remember', text, keyed: false }]];
  if (acknowledgement && state.saying && state.saying.kind !== 'nudge') return goOn(state);
  if (decided(state)) return [{ ...state, callerSpeaking: false }, [{ type: 'remember', text, keyed: false }]];
  // A tool has changed the world for this turn: its answer stands, and the new words come with the next turn.
  if (state.saying?.committed && !state.saying.audible) {
    const [next, commands] = goOn(state);
    return [next, [{ type: 'remember', text, keyed: false }, ...commands]];
  }
  return answer(state, text);
}

function saidMore(state: CallState, text: string): Step {
  const { saying } = state;
  if (state.phase === 'closing' || decided(state) || (saying && (saying.audible || saying.committed || saying.kind !== 'reply'))) {
    return [state, [{ type: 'remember', text, keyed: false }]];
  }
  return answer(state, text);
}

/** What has not begun to sound does not begin while the caller speaks. */
function callerSpeaks(state: CallState): Step {
  const next = { ...state, callerSpeaking: true };
  if (!state.saying || state.saying.audible) return [next, [cancel('nudge')]];
  const [held, commands] = insisted(next);
  return [held, [cancel('nudge'), ...commands]];
}

function insisted(state: CallState): Step {
  const { saying } = state;
  if (!saying || saying.paused || state.phase !== 'talking' || decided(state)) return stay(state);
  return [{ ...state, saying: { ...saying, paused: true } }, [{ type: 'pause' }, set('pause-cap')]];
}

function tookTurn(state: CallState): Step {
  if (state.phase !== 'talking' || decided(state)) return stay(state);
  if (state.saying?.committed && !state.saying.audible) return insisted(state);
  return yieldTurn(state);
}

function heardOut(state: CallState): Step {
  const silent = { ...state, saying: null };
  if (state.ending) return [silent, [cancel('filler'), set('hang-up')]];
  if (state.transfer?.stage === 'announced') return connect(silent);
  return [silent, [cancel('filler'), cancel('pause-cap'), ...(state.callerSpeaking ? [] : [set('nudge')])]];
}

function modelFailed(state: CallState): Step {
  if (state.transfer) return connectAnyway(state);
  const failures = state.failures + 1;
  const [silent, cuts] = fallSilent({ ...state, failures });
  const [next, commands] =
    failures >= FAILURES_TO_GIVE_UP ? close(silent, 'provider_failed', 'troubleGoodbye') : say(silent, 'apology', 'trouble');
  return [next, [...cuts, ...commands]];
}

function hearingFailed(state: CallState): Step {
  if (decided(state)) return stay(state);
  const [silent, cuts] = yieldTurn(state);
  const [next, commands] = close(silent, 'provider_failed', 'troubleGoodbye');
  return [next, [...cuts, ...commands]];
}

function notUnderstood(state: CallState): Step {
  if (state.phase !== 'talking' || state.saying || decided(state)) return goOn(state);
  const failures = state.failures + 1;
  const next = { ...state, callerSpeaking: false, failures };
  return failures >= MISUNDERSTANDINGS_TO_GIVE_UP
    ? close(next, 'provider_failed', 'troubleGoodbye')
    : say(next, 'apology', 'notUnderstood');
}

function pressed(state: CallState, digit: string): Step {
  if (state.phase === 'closing' || decided(state)) return stay(state);
  const [silent, cuts] = yieldTurn(state);
  const digits = (state.digits + digit).slice(0, MAX_DIGITS);
  if (digit !== '#') return [{ ...silent, digits }, [...cuts, cancel('nudge'), set('digits')]];
  const [next, commands] = entered({ ...silent, digits });
  return [next, [...cuts, cancel('digits'), ...commands]];
}

function entered(state: CallState): Step {
  if (state.digits === '' || decided(state)) return stay(state);
  return answer({ ...state, digits: '' }, `(on the keypad) ${state.digits}`, true);
}

function nudge(state: CallState): Step {
  if (state.saying || state.callerSpeaking || decided(state) || state.phase !== 'talking') return stay(state);
  if (state.nudges >= state.maxNudges) return close(state, 'silence', 'silenceGoodbye');
  const nudges = state.nudges + 1;
  const [next, commands] = say({ ...state, nudges }, 'nudge', 'stillThere');
  return [next, [{ type: 'nudged', count: nudges }, ...commands]];
}

function greet(state: CallState): Step {
  if (state.phase !== 'before') return stay(state);
  const talking: CallState = { ...state, phase: 'talking' };
  // Who has pressed keys already is answered instead.
  if (state.saying || decided(state)) return [talking, [cancel('greet')]];
  if (!state.greets) return [talking, [cancel('greet'), set('nudge')]];
  const [next, commands] = say(talking, 'greeting', 'greeting');
  return [next, [cancel('greet'), ...commands]];
}

function fill(state: CallState): Step {
  const { saying } = state;
  // Once something was heard, the silence behind it counts: `ran-dry`.
  if (saying?.kind !== 'reply' || saying.audible) return stay(state);
  // While the caller speaks nothing is said; the wait goes on.
  if (saying.paused || state.callerSpeaking) return [state, [set('filler')]];
  return [state, [{ type: 'fill' }, set('filler')]];
}

function ranDry(state: CallState): Step {
  const { saying } = state;
  if (saying?.kind !== 'reply' || saying.paused || state.callerSpeaking) return stay(state);
  return [state, [{ type: 'fill' }]];
}

function timer(state: CallState, name: TimerName): Step {
  switch (name) {
    case 'greet':
      return greet(state);
    case 'filler':
      return fill(state);
    case 'nudge':
      return nudge(state);
    case 'digits':
      return entered(state);
    case 'pause-cap':
      return goOn(state);
    case 'hang-up':
    case 'goodbye-cap':
    case 'message-cap':
      return hangUp(state, state.ending ?? 'assistant_hung_up');
    case 'transfer-cap':
      return connectAnyway(state);
    case 'beep':
      return leaveMessage(state);
    case 'close-cap':
      return over(state, state.ending ?? 'connection_lost');
  }
}

function over(state: CallState, reason: EndedReason): Step {
  const ending = state.ending ?? reason;
  return [
    { ...state, phase: 'over', saying: null, ending },
    [...(state.saying ? [{ type: 'cut', bargeIn: false } as const] : []), { type: 'finish', reason: ending }],
  ];
}

function endCall(state: CallState): Step {
  if (decided(state)) return stay(state);
  const ending: CallState = { ...state, ending: 'assistant_hung_up' };
  return state.saying ? [ending, [set('goodbye-cap')]] : close(state, 'assistant_hung_up', 'goodbye');
}

function thoughtNothing(state: CallState): Step {
  if (state.saying?.kind !== 'reply') return stay(state);
  if (state.transfer?.stage === 'announced') return say({ ...state, saying: null }, 'announcement', 'transfer');
  if (state.ending) return close({ ...state, saying: null }, state.ending, 'goodbye');
  return stay(state);
}

/** The caller is to be connected with somebody else. It is said first, so that the ringing is understood. */
function transfer(state: CallState, to: string, after: 'reply' | 'phrase' | 'nothing'): Step {
  if (state.phase === 'closing' || decided(state)) return stay(state);
  const announced: CallState = { ...state, phase: 'talking', digits: '', transfer: { to, stage: 'announced' } };
  if (after === 'reply' && state.saying) return [announced, [cancel('nudge'), cancel('digits'), set('transfer-cap')]];
  const [silent, cuts] = fallSilent(announced);
  const [next, commands] = after === 'nothing' ? connect(silent) : say(silent, 'announcement', 'transfer');
  return [next, [...cuts, cancel('digits'), ...commands, ...(after === 'nothing' ? [] : [set('transfer-cap')])]];
}

/** From here on nothing is said until it is known what came of it. */
const connect = (state: CallState): Step => {
  if (!state.transfer) return stay(state);
  const { to } = state.transfer;
  return [
    { ...state, saying: null, transfer: { to, stage: 'under-way' } },
    [cancel('nudge'), cancel('filler'), cancel('pause-cap'), cancel('transfer-cap'), { type: 'transfer', to }],
  ];
};

/** What was to be said before cannot be, or not in time. */
function connectAnyway(state: CallState): Step {
  if (state.phase === 'closing' || state.transfer?.stage !== 'announced') return stay(state);
  const [silent, cuts] = fallSilent(state);
  const [next, commands] = connect(silent);
  return [next, [...cuts, ...commands]];
}

/** Also where it was given up before: the caller talks with somebody else now. */
function transferred(state: CallState): Step {
  if (state.phase === 'closing') return stay(state);
  const [silent, cuts] = fallSilent(state);
  return [
    { ...silent, phase: 'closing', transfer: null, ending: 'transferred' },
    [...cuts, cancel('nudge'), cancel('filler'), cancel('digits'), cancel('transfer-cap'), { type: 'release' }, set('close-cap')],
  ];
}

/** The caller is back, and is told so. */
function transferFailed(state: CallState): Step {
  if (state.phase === 'closing' || state.transfer?.stage !== 'under-way') return stay(state);
  return say({ ...state, callerSpeaking: false, transfer: null }, 'apology', 'transferFailed');
}

/** What a call does next. */
export function step(state: CallState, event: MachineEvent): Step {
  if (state.phase === 'over') return stay(state);
  const { saying } = state;
  switch (event.type) {
    case 'answered':
      return [state, [set('greet')]];
    case 'sound-flows':
      return greet(state);
    case 'caller-speaks':
      return callerSpeaks(state);
    case 'caller-insists':
      return insisted(state);
    case 'caller-takes-turn':
      return tookTurn(state);
    case 'caller-said':
      return callerSaid(state, event.text, event.acknowledgement);
    case 'caller-said-more':
      return saidMore(state, event.text);
    case 'caller-said-nothing':
      return goOn(state);
    case 'caller-not-understood':
      return notUnderstood(state);
    case 'digit':
      return pressed(state, event.digit);
    case 'audible': {
      if (!saying) return stay(state);
      const heard = { ...saying, audible: true, answering: saying.answering || !event.filler };
      return [
        { ...state, saying: heard, failures: event.filler || saying.kind !== 'reply' ? state.failures : 0 },
        event.filler ? [] : [cancel('filler')],
      ];
    }
    case 'committed':
      return saying ? [{ ...state, saying: { ...saying, committed: true } }, []] : stay(state);
    case 'heard-out':
      return heardOut(state);
    case 'ran-dry':
      return ranDry(state);
    case 'thought-nothing':
      return thoughtNothing(state);
    case 'model-failed':
      return modelFailed(state);
    case 'voice-failed':
      if (state.transfer) return connectAnyway(state);
      return hangUp(state, 'provider_failed');
    case 'hearing-failed':
      return hearingFailed(state);
    case 'machine-answered':
      return machineAnswered(state);
    case 'beep':
      return leaveMessage(state);
    case 'end-call':
      return endCall(state);
    case 'transfer':
      return transfer(state, event.to, event.after);
    case 'transferred':
      return transferred(state);
    case 'transfer-failed':
      return transferFailed(state);
    case 'end':
      return hangUp(state, event.reason);
    case 'closed':
      return over(state, event.reason);
    case 'timer':
      return timer(state, event.name);
  }
}
