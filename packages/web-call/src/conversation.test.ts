import { expect, it } from 'vitest';
import { afterMessage, type Conversation, emptyConversation } from './conversation.ts';
import type { ServerMessage } from './protocol.ts';

const after = (...messages: ServerMessage[]): Conversation => messages.reduce(afterMessage, emptyConversation);
const said = (speaker: 'caller' | 'assistant', turn: number, text: string, final = true, interrupted = false): ServerMessage => ({
  type: 'transcript',
  speaker,
  final,
  turn,
  text,
  interrupted,
});

it('grows word by word on both sides, and ends as it is stored', () => {
  const growing = after(said('assistant', 0, 'Hel', false), said('assistant', 0, 'Hello th', false));
  expect(growing.lines).toMatchObject([{ turn: 0, text: 'Hello th', final: false }]);
  const caller: ServerMessage = { type: 'transcript', speaker: 'caller', final: false, text: 'when are' };
  const both = [said('assistant', 0, 'Hello there.'), caller].reduce(afterMessage, growing);
  expect(both).toMatchObject({ lines: [{ text: 'Hello there.', final: true }], growing: 'when are' });
  const done = [said('caller', 1, 'When are you open?'), said('assistant', 2, 'At', false)].reduce(afterMessage, both);
  expect(done.growing).toBe('');
  expect(done.lines.map(({ text }) => text)).toEqual(['Hello there.', 'When are you open?', 'At']);
});

it('keeps turns in order, whatever order they come in, and lets no late part undo a whole', () => {
  const view = after(said('assistant', 2, 'Second.'), said('caller', 1, 'First?'), said('assistant', 2, 'Sec', false));
  expect(view.lines.map(({ turn, text }) => [turn, text])).toEqual([
    [1, 'First?'],
    [2, 'Second.'],
  ]);
});

it('knows how long a reply took, and which was cut off', () => {
  const latency = { type: 'latency', turn: 2, endOfTurnMs: 1, firstTokenMs: 2, firstAudioMs: 3, voiceToVoiceMs: 540 } as const;
  const view = after(said('assistant', 2, 'We', false), latency, said('assistant', 2, 'We are', true, true));
  expect(view.lines).toMatchObject([{ replyMs: 540, interrupted: true }]);
});

it('knows how long a reply took also when that is told before its first word, as it is', () => {
  const latency = { type: 'latency', turn: 2, endOfTurnMs: 1, firstTokenMs: 2, firstAudioMs: 3, voiceToVoiceMs: 540 } as const;
  expect(after(latency, said('assistant', 2, 'We', false)).lines).toMatchObject([{ replyMs: 540 }]);
  expect(after(latency, said('assistant', 2, 'We', false), said('assistant', 2, 'We are.')).lines).toMatchObject([{ replyMs: 540 }]);
});
