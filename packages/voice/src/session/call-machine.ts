import type { TransferPlan } from '../thinking/index.ts';
import {
  answer,
  begin,
  type CallState,
  cancel,
  close,
  decided,
  fallSilent,
  goOn,
  hangUp,
  type MachineEvent,
  makeRoom,
  type Step,
  say,
  set,
  stay,
  type TimerName,
  yieldTurn,
} from './call-state.ts';
import { beeped, machineAnswered, personAnswered, screened, waitedLongEnough, whileWaiting } from './far-end.ts';
import type { EndedReason } from './types.ts';

export {
  type CallState,
  type Command,
  initialState,
  type MachineEvent,
  type Phrase,
  type Saying,
  type SayingKind,
  type TimerName,
} from './call-state.ts';

const FAILURES_TO_GIVE_UP = 2;
const MISUNDERSTANDINGS_TO_GIVE_UP = 4;
const MAX_DIGITS = 64;

function callerSaid(state: CallState, text: string, acknowledgement: boolean): Step {
  if (state.phase === 'closing') return [{ ...state, callerSpeaking: false }, [{ type: 'remember', text, keyed: false }]];
  if (acknowledgement && state.saying && state.saying.kind !== 'nudge' && state.saying.kind !== 'bridge') return goOn(state);
  if (decided(state)) return [{ ...state, callerSpeaking: false }, [{ type: 'remember', text, keyed: false }]];
  // A tool has changed the world for this turn: its answer stands, and the new words come with the next turn.
  if (state.saying?.committed && !state.saying.audible) {
    const [next, commands] = goOn(state);
    return [next, [{ type: 'remember', text, keyed: false }, ...commands]];
  }
  if (acknowledgement && state.greetingDue) {
    // "Yes, hello?" of somebody who picked up is no answer to anything, and asks for the greeting.
    const [next, commands] = say({ ...state, callerSpeaking: false }, 'greeting', 'greeting');
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
  const [silent, cuts] = makeRoom(state);
  const [next, commands] = close(silent, 'provider_failed', 'troubleGoodbye');
  return [next, [...cuts, ...commands]];
}

function notUnderstood(state: CallState): Step {
  if (state.phase !== 'talking' || (state.saying && state.saying.kind !== 'bridge') || decided(state)) return goOn(state);
  const failures = state.failures + 1;
  const next = { ...state, callerSpeaking: false, failures };
  return failures >= MISUNDERSTANDINGS_TO_GIVE_UP
    ? close(next, 'provider_failed', 'troubleGoodbye')
    : say(next, 'apology', 'notUnderstood');
}

/** Nobody knows yet what the caller said: the wait is bridged, and whatever comes of it follows in the same turn. */
function callerWaits(state: CallState): Step {
  if (state.phase !== 'talking' || state.saying || decided(state) || state.waiting) return stay(state);
  return [{ ...state, saying: begin('bridge') }, [cancel('nudge'), { type: 'wait' }]];
}

/** There were no words after all: a filler that was to bridge the wait for them has nothing behind it. */
function saidNothing(state: CallState): Step {
  if (state.saying?.kind !== 'bridge') return goOn(state);
  const [silent, cuts] = fallSilent({ ...state, callerSpeaking: false });
  return [silent, [...cuts, set('nudge')]];
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
  if (state.saying || decided(state) || state.waiting) return [talking, [cancel('greet')]];
  if (!state.greets) return [talking, [cancel('greet'), set('nudge')]];
  const [next, commands] = say(talking, 'greeting', 'greeting');
  return [next, [cancel('greet'), ...commands]];
}

/** A message on a machine is not for somebody who waits. */
const leavesMessage = (state: CallState): boolean => state.messageBegun && state.phase === 'closing';

function fill(state: CallState): Step {
  const { saying } = state;
  // Once something was heard, the silence behind it counts: `ran-dry`.
  if (!saying || saying.audible || leavesMessage(state)) return stay(state);
  // While the caller speaks nothing is said; the wait goes on.
  if (saying.paused || state.callerSpeaking) return [state, [set('filler')]];
  return [state, [{ type: 'fill' }, set('filler')]];
}

function ranDry(state: CallState): Step {
  const { saying } = state;
  if (!saying || saying.paused || state.callerSpeaking || leavesMessage(state)) return stay(state);
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
    case 'greeting-quiet':
    case 'greeting-cap':
    case 'machine-doubt':
    case 'screening-cap':
      return waitedLongEnough(state, name);
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

/** No voice is left. What is kept of the goodbye can still be heard; where it is not, or has been, the call ends. */
function voiceFailed(state: CallState): Step {
  if (state.transfer) return connectAnyway(state);
  if (state.phase === 'closing') return hangUp(state, 'provider_failed');
  return close({ ...state, saying: null }, state.ending ?? 'provider_failed', 'troubleGoodbye');
}

/** The caller is to be connected with somebody else. It is said first, so that the ringing is understood. */
function transfer(state: CallState, plan: TransferPlan, after: 'reply' | 'phrase' | 'nothing'): Step {
  if (state.phase === 'closing' || decided(state)) return stay(state);
  const announced: CallState = { ...state, phase: 'talking', digits: '', transfer: { plan, stage: 'announced' }, waiting: null };
  if (after === 'reply' && state.saying) return [announced, [cancel('nudge'), cancel('digits'), set('transfer-cap')]];
  const [silent, cuts] = fallSilent(announced);
  const [next, commands] = after === 'nothing' ? connect(silent) : say(silent, 'announcement', 'transfer');
  return [next, [...cuts, cancel('digits'), ...commands, ...(after === 'nothing' ? [] : [set('transfer-cap')])]];
}

/** From here on nothing is said until it is known what came of it. */
const connect = (state: CallState): Step => {
  if (!state.transfer) return stay(state);
  const { plan } = state.transfer;
  return [
    { ...state, saying: null, transfer: { plan, stage: 'under-way' } },
    [cancel('nudge'), cancel('filler'), cancel('pause-cap'), cancel('transfer-cap'), { type: 'transfer', plan }],
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

/**
 * What a call does next. The course of a call is a pure function: state and event in, state and commands out. It knows no
 * clock (timers are commands that come back as events), no sound and no vendor.
 */
export function step(state: CallState, event: MachineEvent): Step {
  if (state.phase === 'over') return stay(state);
  const held = state.waiting && whileWaiting(state, state.waiting, event);
  if (held) return held;
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
      return saidNothing(state);
    case 'caller-waits':
      return callerWaits(state);
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
      return voiceFailed(state);
    case 'hearing-failed':
      return hearingFailed(state);
    case 'machine-answered':
      return machineAnswered(state, event);
    case 'beep':
      return beeped(state);
    case 'screened':
      return screened(state, event.text);
    case 'person-answered':
      return personAnswered(state, event.text);
    case 'end-call':
      return endCall(state);
    case 'transfer':
      return transfer(state, event.plan, event.after);
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
