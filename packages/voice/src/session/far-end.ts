import {
  answer,
  type CallState,
  type Command,
  cancel,
  decided,
  fallSilent,
  goOn,
  hangUp,
  type MachineEvent,
  type Step,
  say,
  set,
  stay,
  type TimerName,
  think,
  type Waiting,
  waitingTimers,
} from './call-state.ts';

/** A screener that asks again gets its answer again; one that goes on asking is talked to. */
const MOST_INTRODUCTIONS = 2;

/**
 * A machine has picked up. Where a message is to be left, silence until the beep; else the call ends, at once when it is
 * sure, and after a moment in which a person may speak up when only the carrier says so. A message is begun once a call.
 */
export function machineAnswered(state: CallState, { sure, leaves }: { sure: boolean; leaves: boolean }): Step {
  if (state.phase === 'closing' || decided(state)) return stay(state);
  const leavesOnce = leaves && !state.messageBegun;
  if (!leavesOnce && sure) return hangUp(state, 'assistant_hung_up');
  const [silent, cuts] = fallSilent(state);
  const timers: Command[] = [set(leavesOnce ? 'beep' : 'machine-doubt')];
  // Its words were heard: the beep comes within moments of the last one, where there is a beep.
  if (leavesOnce && sure && !state.callerSpeaking) timers.push(set('greeting-quiet'));
  return [
    { ...silent, waiting: { for: 'beep', leaves: leavesOnce } },
    [...cuts, cancel('nudge'), cancel('filler'), cancel('digits'), cancel('screening-cap'), ...timers],
  ];
}

export function beeped(state: CallState): Step {
  if (state.waiting?.for !== 'beep') return stay(state);
  return state.waiting.leaves ? leaveMessage(state) : hangUp(state, 'assistant_hung_up');
}

/** The message is said once, to its end, and then the call is over. */
function leaveMessage(state: CallState): Step {
  const ending = state.ending ?? 'assistant_hung_up';
  const [next, commands] = say({ ...state, phase: 'closing', ending, waiting: null, messageBegun: true }, 'goodbye', 'message');
  return [next, [...waitingTimers, ...commands, set('message-cap')]];
}

/** A screener asks: it hears who is calling and why, and then nothing until a person is there. */
export function screened(state: CallState, text: string): Step {
  if (state.phase === 'closing' || decided(state)) return stay(state);
  const before = state.waiting?.for === 'person' ? state.waiting.introductions : 0;
  const waiting: Waiting = { for: 'person', introductions: before + 1 };
  if (before >= MOST_INTRODUCTIONS) return answer({ ...state, waiting }, text);
  const [silent, cuts] = fallSilent({ ...state, callerSpeaking: false, waiting });
  const [next, commands] = say(silent, 'introduction', 'introduction');
  return [next, [...cuts, ...waitingTimers, { type: 'remember', text, keyed: false }, ...commands, set('screening-cap')]];
}

/** A person is there. Behind a screener nobody has been greeted yet; who was taken for a machine is answered. */
export function personAnswered(state: CallState, text: string): Step {
  const leavingMessage = state.messageBegun && state.phase === 'closing' && state.saying !== null;
  if (!state.waiting && !leavingMessage) return text === '' ? stay(state) : answer(state, text);
  const greets = state.waiting?.for === 'person' && state.greets;
  const [silent, cuts] = fallSilent({ ...state, phase: 'talking', ending: null, waiting: null, callerSpeaking: false });
  const [next, commands] = greets ? say(silent, 'greeting', 'greeting') : think(silent);
  const words: Command[] = text === '' ? [] : [{ type: 'remember', text, keyed: false }];
  return [next, [...cuts, ...waitingTimers, cancel('message-cap'), ...words, ...commands]];
}

/** What is different while the far end is waited for; null: nothing is. */
export function whileWaiting(state: CallState, waiting: Waiting, event: MachineEvent): Step | null {
  switch (event.type) {
    case 'caller-speaks':
      return waiting.for === 'beep' ? [{ ...state, callerSpeaking: true }, [cancel('greeting-quiet')]] : null;
    case 'caller-said':
    case 'caller-said-more': {
      const [next, commands] = turnOver(state, waiting);
      return [next, [{ type: 'remember', text: event.text, keyed: false }, ...commands]];
    }
    case 'caller-said-nothing':
    case 'caller-not-understood':
      return turnOver(state, waiting);
    case 'digit':
      return stay(state);
    case 'timer':
      return event.name === 'nudge' ? stay(state) : null;
    default:
      return null;
  }
}

/** The far end has fallen silent. A machine without a beep that can be heard gets its message after a while of that. */
function turnOver(state: CallState, waiting: Waiting): Step {
  const next = { ...state, callerSpeaking: false };
  if (waiting.for === 'beep') return [next, waiting.leaves ? [set('greeting-quiet')] : []];
  return state.saying ? goOn(next) : stay(next);
}

/** The end of a patience. A message does not begin into a greeting, however long it is. */
export function waitedLongEnough(state: CallState, name: TimerName): Step {
  const { waiting } = state;
  if (!waiting) return stay(state);
  if (name === 'screening-cap') return waiting.for === 'person' ? hangUp(state, 'silence') : stay(state);
  if (waiting.for !== 'beep') return stay(state);
  if (name === 'greeting-cap' || !waiting.leaves) return hangUp(state, 'assistant_hung_up');
  return state.callerSpeaking ? [state, [set('greeting-cap')]] : leaveMessage(state);
}
