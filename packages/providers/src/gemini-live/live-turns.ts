import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '@talkturo/voice';
import { createPcmDecoder, type SoundDecoder } from '../wire/sound-bytes.ts';
import { objectIn, objectsIn, type SpeechLine, textIn } from '../wire/speech-line.ts';
import { OUTPUT_RATE } from './setup.ts';

/** After the last sound was made, its words come within this time. */
const LAST_WORDS_MS = 300;
/** Words of the caller that come this long after the answer to them are not of a new turn. */
const LATE_WORDS_MS = 1000;

/** The turns of one session. Gemini tells of them only through what it sends: words, sound, an interruption. */
export interface LiveTurns {
  content(content: Record<string, unknown>): void;
  /** Answers whether anybody is there to run them. */
  toolCall(calls: Record<string, unknown>[]): boolean;
  /** A reply was asked for: it is no answer to a turn of the caller. */
  asked(): void;
  /** The next reply is not to be heard. */
  swallow(): void;
  interrupt(reply: string): void;
  close(): void;
}

interface CallerTurn {
  id: string;
  text: string;
  stopped: boolean;
}

export function createLiveTurns(line: SpeechLine, clock: Clock): LiveTurns {
  const prefix = randomUUID();
  let count = 0;
  let caller: CallerTurn | null = null;
  /** A turn that was answered before its words came. */
  let wordless: CallerTurn | null = null;
  let reply: { id: string; decode: SoundDecoder } | null = null;
  /** What comes of the present reply is not wanted any more. */
  let dropping = false;
  let swallowing = false;
  let requests = 0;
  let ending: Timer | null = null;
  let late: Timer | null = null;

  const id = () => `${prefix}-${++count}`;

  function callerBegins(): CallerTurn {
    const turn = { id: id(), text: '', stopped: false };
    line.emit({ type: 'caller-started', turn: turn.id });
    return turn;
  }

  function callerStops(): void {
    if (requests > 0) {
      requests--;
      if (!caller) return;
    }
    caller ??= callerBegins();
    if (caller.stopped) return;
    caller.stopped = true;
    line.emit({ type: 'caller-stopped', turn: caller.id });
  }

  function heard(piece: string, finished: boolean): void {
    if (piece === '' && !finished) return;
    if (!wordless) caller ??= callerBegins();
    const turn = (wordless ?? caller)!;
    turn.text += piece;
    line.emit({ type: 'caller-text', turn: turn.id, text: turn.text.trim(), final: false });
  }

  function settleWordless(): void {
    late?.cancel();
    if (wordless) tell(wordless);
    wordless = null;
  }

  const tell = (turn: CallerTurn) => line.emit({ type: 'caller-text', turn: turn.id, text: turn.text.trim(), final: true });

  /** Its words are complete; those of a turn without any may still come. */
  function callerDone(): void {
    if (!caller?.stopped) return;
    settleWordless();
    if (caller.text.trim() === '') {
      wordless = caller;
      late = clock.setTimer(LATE_WORDS_MS, settleWordless);
    } else tell(caller);
    caller = null;
  }

  function replyTo(): { id: string; decode: SoundDecoder } | null {
    if (dropping) return null;
    if (reply) return reply;
    if (swallowing) {
      swallowing = false;
      dropping = true;
      return null;
    }
    callerStops();
    reply = { id: id(), decode: createPcmDecoder() };
    line.emit({ type: 'reply-started', reply: reply.id });
    return reply;
  }

  function end(interrupted: boolean): void {
    ending?.cancel();
    ending = null;
    if (!reply) return;
    line.emit({ type: 'reply-ended', reply: reply.id, interrupted });
    reply = null;
  }

  function sound(parts: Record<string, unknown>[]): void {
    for (const part of parts) {
      const { data, mimeType } = objectIn(part.inlineData);
      if (typeof data !== 'string' || !/^audio\//.test(textIn(mimeType))) continue;
      const to = replyTo();
      if (!to) continue;
      const rate = Number(/rate=(\d+)/.exec(textIn(mimeType))?.[1] ?? OUTPUT_RATE);
      line.emit({ type: 'sound', reply: to.id, pcm: to.decode(Buffer.from(data, 'base64')), sampleRate: rate });
    }
  }

  return {
    content(content) {
      const input = objectIn(content.inputTranscription);
      if (content.interrupted === true) {
        // Who interrupts has begun another turn.
        callerDone();
        settleWordless();
        caller ??= callerBegins();
        end(true);
        dropping = false;
        swallowing = false;
      }
      heard(textIn(input.text), input.finished === true);
      sound(objectsIn(objectIn(content.modelTurn).parts));
      const spoken = textIn(objectIn(content.outputTranscription).text);
      const to = spoken === '' ? null : replyTo();
      if (to) line.emit({ type: 'text', reply: to.id, text: spoken });
      if (content.generationComplete === true && reply) ending ??= clock.setTimer(LAST_WORDS_MS, () => end(false));
      if (content.turnComplete !== true) return;
      end(false);
      dropping = false;
      callerDone();
    },
    toolCall(calls) {
      const to = replyTo();
      if (!to) return false;
      for (const call of calls) {
        line.emit({ type: 'tool-call', reply: to.id, call: { id: textIn(call.id), name: textIn(call.name), input: objectIn(call.args) } });
      }
      // It says nothing more until it has its answers.
      end(false);
      return true;
    },
    asked() {
      requests++;
    },
    swallow() {
      swallowing = true;
    },
    interrupt(wanted) {
      if (reply?.id !== wanted) return;
      end(true);
      dropping = true;
    },
    close() {
      ending?.cancel();
      late?.cancel();
    },
  };
}
