import type { ReplyRequest } from '../ports/index.ts';

/** What a token holds of a language with an alphabet, on average (OpenAI and Google both name four letters). */
const LETTERS_PER_TOKEN = 4;

const tokensOf = (letters: number): number => Math.ceil(letters / LETTERS_PER_TOKEN);

/**
 * The tokens of a reply that was broken off: vendors count them at the end of a stream only, and charge for what was made all
 * the same. `said` is what came of it, words and arguments of tools alike.
 */
export function estimateTokens(
  { instructions, messages, tools }: ReplyRequest,
  said: string,
): { inputTokens: number; outputTokens: number } {
  const sent = instructions.length + JSON.stringify(messages).length + (tools.length > 0 ? JSON.stringify(tools).length : 0);
  return { inputTokens: tokensOf(sent), outputTokens: tokensOf(said.length) };
}
