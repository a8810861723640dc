import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallState, type Command, initialState, type MachineEvent, step } from './call-machine.ts';

/** Runs events; answers the state and the commands of the last one, named shortly. */
function after(
  events: readonly MachineEvent[],
  start = initialState({ greets: false, maxNudges: 2 }),
): { state: CallState; last: string[] } {
  let state = start;
  let last: readonly Command[] = [];
  for (const event of events) [state, last] = step(state, event);
  return { state, last: last.map(short) };
}

const short = (command: Command): string => {
  switch (command.type) {
    case 'set-timer':
    case 'cancel-timer':
      return `${command.type === 'set-timer' ? '+' : '-'}${command.name}`;
    case 'say':
      return `say ${command.phrase}`;
    case 'remember':
      return `remember ${command.text}`;
    case 'cut':
      return command.bargeIn ? 'barge-in' : 'cut';
    case 'finish':
      return `finish ${command.reason}`;
    default:
      return command.type;
  }
};

const flows: MachineEvent[] = [{ type: 'answered' }, { type: 'sound-flows' }];
const said = (text: string, acknowledgement = false): MachineEvent => ({ type: 'caller-said', text, acknowledgement });
const audible: MachineEvent = { type: 'audible', filler: false };
const timer = (name: Extract<MachineEvent, { type: 'timer' }>['name']): MachineEvent => ({ type: 'timer', name });
const thinking = [...flows, said('hello there')];
const speaking = [...thinking, audible];
const bridged: MachineEvent[] = [...flows, { type: 'caller-waits' }, { type: 'audible', filler: true }];
/** What the assistant says of its own accord. */
const greeted: MachineEvent[] = [...flows, timer('nudge')];

describe('a call', () => {
  it.each<[string, MachineEvent[], string[]]>([
    [
      'greets who picked up with a word before the greeting was heard',
      [said('Yes, hello?', true)],
      ['remember Yes, hello?', '-nudge', 'say greeting', '+filler'],
    ],
    ['answers who asks instead', [said('who is this')], ['remember who is this', '-nudge', '-pause-cap', 'think', '+filler']],
    [
      'greets but once',
      [said('Yes, hello?', true), audible, { type: 'caller-takes-turn' }, said('okay', true)],
      ['remember okay', '-nudge', '-pause-cap', 'think', '+filler'],
    ],
  ])('%s', (_name, events, last) => {
    const start = initialState({ greets: true, maxNudges: 2 });
    expect(after([...flows, { type: 'caller-speaks' }, { type: 'caller-takes-turn' }, ...events], start).last).toEqual(last);
  });

  it.each<[string, MachineEvent[], string[]]>([
    ['waits for sound before it greets', [{ type: 'answered' }], ['+greet']],
    ['thinks when the caller has spoken', thinking, ['remember hello there', '-nudge', '-pause-cap', 'think', '+filler']],
    ['cancels the filler once it answers', speaking, ['-filler']],
    ['bridges a long wait, and waits for the next', [...thinking, timer('filler')], ['fill', '+filler']],
    ['bridges nothing while the caller speaks', [...thinking, { type: 'caller-speaks' }, timer('filler')], ['+filler']],
    ['falls silent when the caller insists', [...speaking, { type: 'caller-insists' }], ['pause', '+pause-cap']],
    ['bridges a long wait for what needs no model too', [...greeted, timer('filler')], ['fill', '+filler']],
    [
      'says goodbye when no voice is left',
      [...speaking, { type: 'voice-failed' }],
      ['-nudge', 'say troubleGoodbye', '+filler', '+goodbye-cap'],
    ],
    ['bridges the wait for words', [...flows, { type: 'caller-speaks' }, { type: 'caller-waits' }], ['-nudge', 'wait']],
    [
      'answers behind that bridge',
      [...bridged, said('are you open')],
      ['remember are you open', '-nudge', '-pause-cap', 'think', '+filler'],
    ],
    ['asks again behind that bridge', [...bridged, { type: 'caller-not-understood' }], ['-nudge', 'say notUnderstood', '+filler']],
    ['drops the bridge where nothing was said', [...bridged, { type: 'caller-said-nothing' }], ['-filler', '-pause-cap', 'cut', '+nudge']],
    ['bridges nothing while it speaks', [...speaking, { type: 'caller-waits' }], []],
    ['pauses once', [...speaking, { type: 'caller-insists' }, { type: 'caller-insists' }], []],
    ['goes on when it was nothing', [...speaking, { type: 'caller-insists' }, { type: 'caller-said-nothing' }], ['-pause-cap', 'resume']],
    ['goes on after an acknowledgement', [...speaking, { type: 'caller-insists' }, said('mm-hm', true)], ['-pause-cap', 'resume']],
    ['goes on when nobody says what it was', [...speaking, { type: 'caller-insists' }, timer('pause-cap')], ['-pause-cap', 'resume']],
    ['gives the word away', [...speaking, { type: 'caller-takes-turn' }], ['-filler', '-pause-cap', 'barge-in']],
    ['does not begin while the caller speaks', [...thinking, { type: 'caller-speaks' }], ['-nudge', 'pause', '+pause-cap']],
    ['drops a thought nobody heard without a barge-in', [...thinking, { type: 'caller-takes-turn' }], ['-filler', '-pause-cap', 'cut']],
    [
      'answers “okay” where nothing is being said',
      [...flows, said('okay', true)],
      ['remember okay', '-nudge', '-pause-cap', 'think', '+filler'],
    ],
    ['counts silence after it was heard', [...speaking, { type: 'heard-out' }], ['-filler', '-pause-cap', '+nudge']],
    ['asks after silence', [...flows, timer('nudge')], ['nudged', '-nudge', 'say stillThere', '+filler']],
    ['does not ask while the caller speaks', [...flows, { type: 'caller-speaks' }, timer('nudge')], []],
    ['hangs up after the last word', [...speaking, { type: 'end-call' }, { type: 'heard-out' }], ['-filler', '+hang-up']],
    ['does not hear “right” as a reason to stay', [...speaking, { type: 'end-call' }, said('right')], ['remember right']],
    ['does not give its goodbye away', [...speaking, { type: 'end-call' }, { type: 'caller-takes-turn' }], []],
    [
      'apologises when no model answers',
      [...thinking, { type: 'model-failed' }],
      ['-filler', '-pause-cap', 'cut', '-nudge', 'say trouble', '+filler'],
    ],
    [
      'answers keys after a pause',
      [...flows, { type: 'digit', digit: '4' }, timer('digits')],
      ['remember (on the keypad) 4', '-nudge', '-pause-cap', 'think', '+filler'],
    ],
    [
      'thinks again for late words nobody answered yet',
      [...thinking, { type: 'caller-said-more', text: 'and you' }],
      ['-filler', '-pause-cap', 'cut', 'remember and you', '-nudge', '-pause-cap', 'think', '+filler'],
    ],
    ['only remembers late words once it is heard', [...speaking, { type: 'caller-said-more', text: 'and you' }], ['remember and you']],
    ['never thinks twice what has changed the world', [...thinking, { type: 'committed' }, said('and you')], ['remember and you']],
    ['finishes when the line is closed', [...flows, { type: 'closed', reason: 'caller_hung_up' }], ['finish caller_hung_up']],
    [
      'keeps the first reason',
      [...flows, { type: 'end', reason: 'api_hangup' }, { type: 'closed', reason: 'assistant_hung_up' }],
      ['finish api_hangup'],
    ],
  ])('%s', (_, events, expected) => {
    expect(after(events).last).toEqual(expected);
  });

  it('greets once, by sound or by the timer', () => {
    const start = initialState({ greets: true, maxNudges: 2 });
    expect(after([{ type: 'answered' }, { type: 'sound-flows' }], start).last).toContain('say greeting');
    expect(after([{ type: 'answered' }, timer('greet')], start).last).toContain('say greeting');
    expect(after([{ type: 'answered' }, timer('greet'), { type: 'sound-flows' }], start).last).toEqual([]);
  });

  it('gives up after two failures, but not when an answer came between them', () => {
    const fail: MachineEvent = { type: 'model-failed' };
    const again: MachineEvent[] = [audible, { type: 'heard-out' }, said('again')];
    expect(after([...thinking, fail, ...again, fail]).last).toContain('say troubleGoodbye');
    expect(after([...thinking, fail, ...again, audible, { type: 'heard-out' }, said('more'), fail]).last).toContain('say trouble');
  });
});

const anyEvent: fc.Arbitrary<MachineEvent> = fc.oneof(
  fc.constantFrom<MachineEvent>(
    { type: 'answered' },
    { type: 'sound-flows' },
    { type: 'caller-speaks' },
    { type: 'caller-insists' },
    { type: 'caller-takes-turn' },
    { type: 'caller-said-nothing' },
    { type: 'caller-not-understood' },
    { type: 'caller-waits' },
    { type: 'committed' },
    { type: 'heard-out' },
    { type: 'thought-nothing' },
    { type: 'model-failed' },
    { type: 'voice-failed' },
    { type: 'hearing-failed' },
    { type: 'end-call' },
    { type: 'end', reason: 'api_hangup' },
    { type: 'closed', reason: 'caller_hung_up' },
    { type: 'digit', digit: '5' },
    { type: 'audible', filler: true },
    audible,
  ),
  fc.boolean().map((acknowledgement) => said('words', acknowledgement)),
  fc
    .constantFrom('greet', 'filler', 'nudge', 'digits', 'hang-up', 'goodbye-cap', 'pause-cap', 'close-cap')
    .map((name) => timer(name as never)),
);

describe('whatever happens in whatever order', () => {
  const histories = fc.array(anyEvent, { maxLength: 60 });

  it('a call finishes at most once and does nothing afterwards', () => {
    fc.assert(
      fc.property(histories, fc.boolean(), (events, greets) => {
        let state = initialState({ greets, maxNudges: 2 });
        let finished = 0;
        for (const event of events) {
          const [next, commands] = step(state, event);
          if (state.phase === 'over') expect(commands).toEqual([]);
          finished += commands.filter(({ type }) => type === 'finish').length;
          state = next;
        }
        expect(finished).toBe(state.phase === 'over' ? 1 : 0);
      }),
    );
  });

  it('one thing is said at a time: what was being said is cut or heard out first', () => {
    fc.assert(
      fc.property(histories, (events) => {
        let state = initialState({ greets: true, maxNudges: 2 });
        for (const event of events) {
          const before = state.saying;
          const [next, commands] = step(state, event);
          const begins = commands.findIndex(({ type }) => type === 'say' || type === 'think');
          // A bridge and what follows it are one, and some events tell that a speech is over.
          const over = event.type === 'thought-nothing' || event.type === 'voice-failed';
          if (begins >= 0 && before && before.kind !== 'bridge' && !over) {
            expect(commands.slice(0, begins).some(({ type }) => type === 'cut')).toBe(true);
          }
          expect(commands.filter(({ type }) => type === 'say' || type === 'think').length).toBeLessThanOrEqual(1);
          state = next;
        }
      }),
    );
  });

  it('a pause always has an end: a timer runs, or what was paused is gone', () => {
    fc.assert(
      fc.property(histories, (events) => {
        let state = initialState({ greets: true, maxNudges: 2 });
        let running = false;
        for (const event of events) {
          if (event.type === 'timer' && event.name === 'pause-cap') running = false;
          const [next, commands] = step(state, event);
          for (const command of commands) {
            if (command.type === 'set-timer' && command.name === 'pause-cap') running = true;
            if (command.type === 'cancel-timer' && command.name === 'pause-cap') running = false;
          }
          if (next.saying?.paused) expect(running).toBe(true);
          state = next;
        }
      }),
    );
  });

  it('once it is decided that the call ends, it ends when asked to, whatever the caller says', () => {
    fc.assert(
      fc.property(histories, (events) => {
        let { state } = after([...speaking, { type: 'end-call' }]);
        for (const event of events) [state] = step(state, event);
        expect(state.ending).not.toBeNull();
        const closing = after([timer('goodbye-cap'), timer('close-cap')], state);
        expect(closing.state.phase).toBe('over');
      }),
    );
  });
});
