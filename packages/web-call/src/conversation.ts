import type { ServerMessage } from './protocol.ts';

/** A turn of the transcript, growing or done. */
export interface ConversationLine {
  turn: number;
  speaker: 'caller' | 'assistant';
  text: string;
  /** False while the words are still being said. */
  final: boolean;
  interrupted: boolean;
  /** From the caller's last sound to the first of this reply. */
  replyMs: number | null;
}

/** The conversation so far, as a page shows it. */
export interface Conversation {
  lines: readonly ConversationLine[];
  /** What the caller is just saying. */
  growing: string;
  /** From the caller's last sound to the first of the reply, by turn: it is told as the sound begins, before the first word is. */
  replies: Readonly<Record<number, number | null>>;
}

export const emptyConversation: Conversation = { lines: [], growing: '', replies: {} };

/** The conversation after one more message; the same object where the message changes nothing. */
export function afterMessage(before: Conversation, message: ServerMessage): Conversation {
  if (message.type === 'latency') {
    const { turn, voiceToVoiceMs } = message;
    const lines = before.lines.map((line) => (line.turn === turn ? { ...line, replyMs: voiceToVoiceMs } : line));
    return { ...before, lines, replies: { ...before.replies, [turn]: voiceToVoiceMs } };
  }
  if (message.type === 'ended') return before.growing === '' ? before : { ...before, growing: '' };
  if (message.type !== 'transcript') return before;
  const { speaker, text, turn, final } = message;
  if (turn === undefined) return { ...before, growing: text };
  const known = before.lines.find((line) => line.turn === turn);
  // Words that grow may arrive after the turn they became.
  if (known?.final && !final) return before;
  const line = { turn, speaker, text, final, interrupted: message.interrupted ?? false, replyMs: before.replies[turn] ?? null };
  const lines = [...before.lines.filter((one) => one.turn !== turn), line].sort((a, b) => a.turn - b.turn);
  return { ...before, lines, growing: speaker === 'caller' ? '' : before.growing };
}
