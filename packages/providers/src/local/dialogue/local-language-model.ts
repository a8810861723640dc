import { type LanguageModel, ProviderError, type ReplyPart, type ReplyRequest } from '@talkturo/voice';
import { z } from 'zod';
import { isEnglish } from '../english.ts';
import { type Knowledge, readPrompt } from './knowledge.ts';
import { respond } from './respond.ts';
import { buildRetrieval, type Retrieval } from './retrieval.ts';

/** Prompts read lately; reading one takes a few milliseconds and every turn of a call brings the same. */
const PROMPTS_KEPT = 64;
const END_CALL = 'end_call';
const TRANSFER = 'transfer_call';

/**
 * What answers where there is no language model: a small dialogue engine that finds the sentence of the prompt that fits.
 * It is no language model and never says it is. English only.
 */
export function createLocalDialogue(): LanguageModel {
  const prompts = new Map<string, { knowledge: Knowledge; retrieval: Retrieval }>();

  function read(prompt: string) {
    const known = prompts.get(prompt);
    if (known) return known;
    const knowledge = readPrompt(prompt);
    const fresh = { knowledge, retrieval: buildRetrieval(knowledge.facts) };
    prompts.set(prompt, fresh);
    const [oldest] = prompts.keys();
    if (prompts.size > PROMPTS_KEPT && oldest !== undefined) prompts.delete(oldest);
    return fresh;
  }

  async function* reply({ instructions, messages, tools, language }: ReplyRequest, signal: AbortSignal): AsyncIterable<ReplyPart> {
    if (!isEnglish(language)) {
      throw new ProviderError('local', 'refused', `The local dialogue speaks English only; "${language}" needs a language model.`);
    }
    // Once the call is ending there is nothing to add: the farewell was said before.
    const last = messages.at(-1);
    if (last?.role === 'tool' && (last.name === END_CALL || last.name === TRANSFER)) return;
    const { knowledge, retrieval } = read(instructions);
    const { text, endCall, handOver } = respond(knowledge, retrieval, messages, destinationsIn(tools));
    for (const piece of pieces(text)) {
      if (signal.aborted) return;
      yield { type: 'text', text: piece };
    }
    if (signal.aborted) return;
    if (handOver) yield { type: 'tool-call', call: { id: `local-${messages.length}`, name: TRANSFER, input: handOver } };
    if (!endCall || !tools.some(({ name }) => name === END_CALL)) return;
    yield { type: 'tool-call', call: { id: `local-${messages.length}`, name: END_CALL, input: {} } };
  }

  return { id: 'local', reply };
}

/** Whom the caller may be connected with, as the tool for it names them. */
function destinationsIn(tools: ReplyRequest['tools']): string[] {
  const found = tools.find(({ name }) => name === TRANSFER);
  const parsed = parameters.safeParse(found?.parameters);
  return parsed.success ? parsed.data.properties.destination.enum : [];
}
const parameters = z.object({ properties: z.object({ destination: z.object({ enum: z.array(z.string()) }) }) });

/** The text in clauses, as somebody would say it; together they are the text. */
const pieces = (text: string): string[] => text.split(/(?<=[,.!?;:] )/).filter(Boolean);
