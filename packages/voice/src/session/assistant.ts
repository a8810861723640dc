import { ABORTED, type Clock } from '../ports/index.ts';
import type { Speaker, Speech } from '../speaking/index.ts';
import type { CallEffect, Conversation, ReplyDraft, Responder, ToolRun } from '../thinking/index.ts';
import type { Marks, Transcript } from './transcript.ts';
import { createWordsHeard } from './words-heard.ts';

/** What the assistant tells while it speaks; each call belongs to the speech that is under way. */
export type AssistantNews =
  | { type: 'audible'; filler: boolean }
  /** What has been heard of the turn so far has grown. */
  | { type: 'saying'; turn: number; text: string }
  | { type: 'committed' }
  | { type: 'heard-out' }
  | { type: 'ran-dry' }
  | { type: 'thought-nothing' }
  | { type: 'model-failed' }
  | { type: 'voice-failed' }
  | { type: 'tool'; run: ToolRun }
  | { type: 'effect'; effect: CallEffect };

export interface AssistantOptions {
  clock: Clock;
  conversation: Conversation;
  responder: Responder;
  speaker: Speaker;
  transcript: Transcript;
  /** Clock time to ms of the call. */
  callTime: (clockMs: number) => number;
  news: (news: AssistantNews) => void;
}

/** The assistant's side of the call: at most one speech at a time, from its first thought to the last word heard. */
export interface Assistant {
  /** Says a fixed text. */
  say(text: string): void;
  /** Answers the conversation. */
  think(marks: Marks): void;
  /** Bridges the wait for the caller's words: what is said or thought next belongs to the same turn. */
  wait(text: string): void;
  /** Bridges the wait for an answer. */
  fill(text: string): void;
  pause(): void;
  resume(): void;
  /** Over at once; what was heard is remembered. */
  cut(): void;
  /** What it is saying or said last, as far as it is known. */
  readonly words: string;
}

interface Turn {
  speech: Speech;
  draft: ReplyDraft | null;
  abort: AbortController;
  marks: Marks | null;
  /** Number in the transcript, once it is heard. */
  index: number | null;
  text: string;
  /** Nothing but a filler so far. */
  bridging: boolean;
  over: boolean;
}

const ENDS_SENTENCE = /[.!?…。！？]["'”’)]*\s*$/;

export function createAssistant(options: AssistantOptions): Assistant {
  const { clock, conversation, responder, speaker, transcript, callTime, news } = options;
  let current: Turn | null = null;
  let words = '';

  const now = () => callTime(clock.now());
  const wordsHeard = createWordsHeard(clock, (index, text) => news({ type: 'saying', turn: index, text }));

  function begin(draft: ReplyDraft | null, marks: Marks | null): Turn {
    if (current?.bridging) return Object.assign(current, { draft, marks, bridging: false });
    close(true);
    const turn: Turn = {
      draft,
      marks,
      abort: new AbortController(),
      index: null,
      text: '',
      bridging: false,
      over: false,
      speech: null as unknown as Speech,
    };
    turn.speech = speaker.begin({
      audible(filler) {
        if (turn.index === null) {
          turn.index = transcript.assistantBegins();
          wordsHeard.follow(turn.index, turn.speech);
        }
        turn.marks?.belongsTo(turn.index);
        if (!filler) turn.marks?.set('firstSoundOut', now());
        news({ type: 'audible', filler });
      },
      arrived: () => turn.marks?.set('firstAudio', now()),
      dry: () => news({ type: 'ran-dry' }),
      over(outcome) {
        if (turn.over) return;
        close(false);
        news({ type: outcome === 'heard' ? 'heard-out' : 'voice-failed' });
      },
    });
    current = turn;
    words = '';
    return turn;
  }

  /** The speech is over: memory, transcript and marks get what was really heard. */
  function close(interrupted: boolean): void {
    const turn = current;
    if (!turn) return;
    current = null;
    turn.over = true;
    wordsHeard.stop();
    turn.abort.abort(ABORTED);
    turn.speech.cut();
    const heard = turn.speech.heard();
    if (turn.draft) turn.draft.close(heard);
    else conversation.assistant(heard);
    const { span } = turn.speech;
    const heardAll = turn.speech.heardAll();
    // A tone is no turn.
    if (turn.index !== null && span && heardAll.trim() !== '') {
      transcript.assistantEnds(turn.index, heardAll, { startMs: callTime(span.startMs), endMs: callTime(span.endMs) }, interrupted);
    }
    turn.marks?.done();
  }

  function push(turn: Turn, text: string): void {
    turn.text += text;
    words = turn.text;
    turn.speech.push(text);
  }

  function fill(text: string): void {
    current?.speech.fill(text);
  }

  function end(turn: Turn): void {
    turn.marks?.set('firstSentence', now());
    turn.speech.end();
  }

  async function answer(turn: Turn, draft: ReplyDraft, marks: Marks): Promise<void> {
    let sentence = false;
    const answered = await responder.respond(
      conversation,
      draft,
      {
        text(piece) {
          if (turn.text === '') marks.set('firstToken', now());
          push(turn, piece);
          if (sentence || !ENDS_SENTENCE.test(piece)) return;
          sentence = true;
          marks.set('firstSentence', now());
        },
        tool(run) {
          news({ type: 'tool', run });
          if (run.effect) news({ type: 'effect', effect: run.effect });
        },
        calling: () => {
          if (!turn.over) turn.speech.flush();
        },
        committed: () => {
          if (!turn.over) news({ type: 'committed' });
        },
      },
      turn.abort.signal,
    );
    if (turn.over) return;
    if (!answered) return news({ type: 'model-failed' });
    if (turn.text === '') news({ type: 'thought-nothing' });
    if (!turn.over) end(turn);
  }

  return {
    say(text) {
      const turn = begin(null, null);
      turn.text = text;
      words = text;
      turn.speech.say(text);
    },
    think(marks) {
      const draft = conversation.reply();
      void answer(begin(draft, marks), draft, marks);
    },
    wait(text) {
      begin(null, null).bridging = true;
      fill(text);
    },
    fill,
    pause: () => current?.speech.pause(),
    resume: () => current?.speech.resume(),
    cut: () => close(true),
    get words() {
      return words;
    },
  };
}
