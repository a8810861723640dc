import type { ToldMessage } from '@talkturo/carriers';
import type { CallLogEvent } from '@talkturo/contract';

// biome-ignore lint/suspicious/noExplicitAny: the data of an event depends on its type
type Data = Record<string, any>;

/** ms between two marks, where both were reached. */
const between = (data: Data, from: string, to: string): number | null =>
  typeof data[from] === 'number' && typeof data[to] === 'number' ? Math.round(data[to] - data[from]) : null;

const NEWS: Readonly<Record<string, (data: Data, event: CallLogEvent) => Omit<ToldMessage, 'seq'>>> = {
  partial: ({ text }) => ({ type: 'transcript', speaker: 'caller', final: false, text }),
  assistant_partial: ({ turn, text }) => ({ type: 'transcript', speaker: 'assistant', final: false, turn, text }),
  turn: (data) => ({
    type: 'transcript',
    speaker: data.speaker,
    final: true,
    turn: data.index,
    text: data.text,
    startSeconds: data.start_seconds,
    endSeconds: data.end_seconds,
    interrupted: data.interrupted,
  }),
  caller_speaking: () => ({ type: 'speaking', speaker: 'caller' }),
  assistant_speaking: () => ({ type: 'speaking', speaker: 'assistant' }),
  barge_in: (_data, { at_seconds }) => ({ type: 'interrupted', atSeconds: at_seconds }),
  latency: (data) => ({
    type: 'latency',
    turn: data.turn,
    endOfTurnMs: between(data, 'caller_stopped', 'turn_decided'),
    firstTokenMs: between(data, 'turn_decided', 'first_token'),
    firstAudioMs: between(data, 'first_sentence', 'first_audio'),
    voiceToVoiceMs: between(data, 'caller_stopped', 'first_sound_out'),
  }),
  digit: ({ digit }) => ({ type: 'digit', digit }),
  tool: ({ name, ok, duration_ms }) => ({ type: 'tool', name, ok, durationMs: duration_ms }),
  ended: ({ reason, status }, { at_seconds }) => ({ type: 'ended', reason, status, durationSeconds: at_seconds }),
};

/** What the caller's program of a web call is told of an event; null where it is none of its business. */
export function webCallNews(event: CallLogEvent): ToldMessage | null {
  const news = NEWS[event.type]?.(event.data, event);
  if (!news) return null;
  const { type, ...rest } = news;
  return { type: String(type), ...(event.sequence > 0 ? { seq: event.sequence } : {}), ...rest };
}
