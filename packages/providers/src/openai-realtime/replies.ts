import { durationMs, type ToolCall } from '@talkturo/voice';
import { createPcmDecoder, decodeUlawBytes, type SoundDecoder } from '../wire/sound-bytes.ts';
import { numberIn, objectIn, type SpeechLine, textIn } from '../wire/speech-line.ts';
import { named } from './session-settings.ts';

/** The sound of one item of a reply: what can be cut short at the vendor. */
interface Item {
  id: string;
  contentIndex: number;
  ms: number;
  decode: SoundDecoder;
}

interface Reply {
  items: Item[];
  ended: boolean;
}

/** The model's replies (“responses”) of one session, and how much sound each of their items has. */
export interface Replies {
  /** Takes a message of a reply; answers whether it was one. */
  message(message: Record<string, unknown>): boolean;
  interrupt(id: string, heardMs: number): void;
  /** Has a reply made, as soon as the one under way is over: the vendor makes one at a time. */
  create(response?: object): void;
  /** The vendor refused the message with this id ('' where it named none): it may have been the one that asked for a reply. */
  refused(eventId: string): void;
}

export interface RepliesOptions {
  line: SpeechLine;
  /** Hz of the sound; at 8000 it is µ-law. */
  sampleRate: number;
  failed(error: Record<string, unknown>): void;
}

/** A call may cut short many replies; those long over are not asked for again. */
const MOST_REMEMBERED = 20;

export function createReplies({ line, sampleRate, failed }: RepliesOptions): Replies {
  const replies = new Map<string, Reply>();
  const waiting: { type: string }[] = [];
  let active: string | null = null;
  /** The message by which a reply was asked for that has not begun. */
  let asked: string | null = null;
  let requests = 0;

  function next(): void {
    if (active !== null || asked !== null) return;
    const message = waiting.shift();
    if (!message) return;
    asked = `${message.type}-${++requests}`;
    line.send({ event_id: asked, ...message });
  }

  function started(id: string): void {
    active = id;
    asked = null;
    replies.set(id, { items: [], ended: false });
    if (replies.size > MOST_REMEMBERED) replies.delete(replies.keys().next().value!);
    line.emit({ type: 'reply-started', reply: id });
  }

  function itemOf(reply: Reply, message: Record<string, unknown>): Item {
    const id = textIn(message.item_id);
    const contentIndex = numberIn(message.content_index);
    const known = reply.items.find((item) => item.id === id && item.contentIndex === contentIndex);
    if (known) return known;
    const item = { id, contentIndex, ms: 0, decode: sampleRate === 8000 ? decodeUlawBytes : createPcmDecoder() };
    reply.items.push(item);
    return item;
  }

  function sound(id: string, reply: Reply, message: Record<string, unknown>): void {
    const item = itemOf(reply, message);
    const pcm = item.decode(Buffer.from(textIn(message.delta), 'base64'));
    item.ms += durationMs(pcm.length, sampleRate);
    if (!reply.ended) line.emit({ type: 'sound', reply: id, pcm, sampleRate });
  }

  function end(id: string, interrupted: boolean): void {
    const reply = replies.get(id);
    if (!reply || reply.ended) return;
    reply.ended = true;
    line.emit({ type: 'reply-ended', reply: id, interrupted });
  }

  function done(response: Record<string, unknown>): void {
    const id = textIn(response.id);
    const usage = objectIn(response.usage);
    active = active === id ? null : active;
    if (usage.total_tokens !== undefined || usage.input_tokens !== undefined) {
      line.emit({ type: 'usage', inputTokens: numberIn(usage.input_tokens), outputTokens: numberIn(usage.output_tokens) });
    }
    if (response.status === 'failed') {
      failed(objectIn(objectIn(response.status_details).error));
      end(id, false);
    } else end(id, response.status === 'cancelled');
    next();
  }

  function part(message: Record<string, unknown>): boolean {
    const id = textIn(message.response_id);
    const reply = replies.get(id);
    switch (message.type) {
      case 'response.output_audio.delta':
        if (reply) sound(id, reply, message);
        return true;
      case 'response.output_audio_transcript.delta':
      case 'response.output_text.delta':
        if (reply && !reply.ended) line.emit({ type: 'text', reply: id, text: textIn(message.delta) });
        return true;
      case 'response.function_call_arguments.done':
        if (reply && !reply.ended) line.emit({ type: 'tool-call', reply: id, call: callOf(message) });
        return true;
      default:
        return `${message.type}`.startsWith('response.');
    }
  }

  return {
    message(message) {
      if (message.type === 'response.created') started(textIn(objectIn(message.response).id));
      else if (message.type === 'response.done') done(objectIn(message.response));
      else return part(message);
      return true;
    },
    interrupt(id, heardMs) {
      const reply = replies.get(id);
      if (!reply) return;
      if (active === id) line.send(named({ type: 'response.cancel', response_id: id }));
      let fromMs = 0;
      for (const item of reply.items.splice(0)) {
        const heard = Math.floor(heardMs - fromMs);
        // It refuses to cut an item at 0, or behind its end.
        if (heard <= 0) line.send(named({ type: 'conversation.item.delete', item_id: item.id }));
        else if (heard < Math.floor(item.ms)) {
          line.send(named({ type: 'conversation.item.truncate', item_id: item.id, content_index: item.contentIndex, audio_end_ms: heard }));
        }
        fromMs += item.ms;
      }
      end(id, true);
    },
    create(response) {
      waiting.push({ type: 'response.create', ...(response && { response }) });
      next();
    },
    refused(eventId) {
      if (eventId !== '' && eventId !== asked) return;
      asked = null;
      next();
    },
  };
}

function callOf(message: Record<string, unknown>): ToolCall {
  let input: unknown = {};
  try {
    input = JSON.parse(textIn(message.arguments) || '{}');
  } catch {
    // The tool says what is missing, in words that the model understands.
  }
  return { id: textIn(message.call_id), name: textIn(message.name), input };
}
