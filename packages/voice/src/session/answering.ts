import {
  type AnswerClue,
  createAnswerJudge,
  createBeepDetector,
  DECIDED_AFTER_MS,
  HUMAN_WAITS_MS,
  WORDS_OVERDUE_MS,
} from '../listening/index.ts';
import type { Clock } from '../ports/index.ts';
import type { MachineEvent } from './call-state.ts';
import { createTimers } from './timers.ts';
import type { AnsweringPlan, CallEvent, CarrierClue } from './types.ts';

/** Tones later in a call are no beep of a machine that has picked up. */
const BEEPS_UNTIL_MS = 90_000;

export interface AnsweringOptions {
  plan: AnsweringPlan;
  clock: Clock;
  sampleRate: number;
  announce(event: CallEvent): void;
  /** To the call machine. */
  dispatch(event: MachineEvent): void;
  /** Ms of the call. */
  now(): number;
}

/** Who has picked up a call we placed: gathers what is heard, asks the judge, and tells the call machine what follows. */
export interface Answering {
  start(): void;
  /** A frame of the far end's sound. */
  frame(pcm: Int16Array): void;
  /** What is told of the call; its times are read off here. */
  announced(event: CallEvent): void;
  /** What the engine tells the call machine goes through here. */
  hear(event: MachineEvent): void;
  carrier(clue: CarrierClue): void;
  close(): void;
}

export function createAnswering({ plan, clock, sampleRate, announce, dispatch, now }: AnsweringOptions): Answering {
  const judge = createAnswerJudge();
  const beeps = createBeepDetector(sampleRate);
  const timers = createTimers<'quiet' | 'overdue' | 'deadline'>(clock, (name) => take({ type: name }));
  let spokenMs = 0;

  /** @returns whether the call machine was told something that stands for the clue. */
  function take(clue: AnswerClue, text = ''): boolean {
    let told = false;
    for (const news of judge.take(clue)) {
      if (news.type === 'verdict') {
        announce({ type: 'answered-by', atMs: now(), who: news.who, by: news.by });
        continue;
      }
      const event = eventOf(news, text);
      if (event) dispatch(event);
      told = told || event !== null;
    }
    if (clue.type === 'deadline' && judge.undecided) timers.set('deadline', DECIDED_AFTER_MS);
    timers.cancel('quiet');
    if (judge.awaitsQuiet) timers.set('quiet', HUMAN_WAITS_MS);
    if (!judge.awaitsWords) timers.cancel('overdue');
    else if (clue.type === 'beep') timers.set('overdue', WORDS_OVERDUE_MS);
    return told;
  }

  function eventOf(news: Exclude<ReturnType<typeof judge.take>[number], { type: 'verdict' }>, text: string): MachineEvent | null {
    const { voicemail } = plan;
    switch (news.type) {
      case 'machine':
        return voicemail && { type: 'machine-answered', sure: news.sure, leaves: voicemail.action === 'leave_message' };
      case 'beep':
        return voicemail && { type: 'beep' };
      case 'screening':
        return { type: 'screened', text };
      case 'hold':
        return { type: 'caller-said-nothing' };
      case 'person':
        return { type: 'person-answered', text };
    }
  }

  function turn(event: MachineEvent, text: string): void {
    const told = take({ type: 'turn', text, spokenMs }, text);
    spokenMs = 0;
    // The turn is over for the machine as well, where something else was made of it.
    dispatch(told ? { type: 'caller-said-nothing' } : event);
  }

  return {
    start: () => timers.set('deadline', DECIDED_AFTER_MS),
    frame(pcm) {
      if (!judge.settled && now() < BEEPS_UNTIL_MS && beeps.frame(pcm)) take({ type: 'beep' });
    },
    announced(event) {
      if (event.type === 'partial') take({ type: 'partial', text: event.text });
      if (event.type === 'turn' && event.turn.speaker === 'caller') spokenMs = (event.turn.endSeconds - event.turn.startSeconds) * 1000;
    },
    hear(event) {
      switch (event.type) {
        case 'caller-said':
        case 'caller-said-more':
          return turn(event, event.text);
        case 'caller-said-nothing':
        case 'caller-not-understood':
          return turn(event, '');
        case 'caller-speaks':
          take({ type: 'speech' });
          break;
        case 'heard-out':
          take({ type: 'heard-out' });
          break;
      }
      dispatch(event);
    },
    carrier(clue) {
      if (clue.type === 'machine-detection') take({ type: 'carrier', result: clue.result });
      else if (clue.beep) take({ type: 'beep' });
    },
    close: () => timers.cancelAll(),
  };
}
