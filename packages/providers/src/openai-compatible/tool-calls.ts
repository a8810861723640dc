import { ProviderError, type ToolCall } from '@talkturo/voice';
import type { ToolCallFragment } from './chat-chunk.ts';

/** Puts tool calls together that come in fragments: id and name in the first, the arguments' text over many. */
export interface ToolCallAssembly {
  add(fragments: readonly ToolCallFragment[]): void;
  /** The calls so far, whole. Throws a ProviderError of kind `protocol` for arguments that are no JSON object. */
  finish(): ToolCall[];
}

const MOST_CALLS = 16;
const LONGEST_ARGUMENTS = 200_000;

export function createToolCallAssembly(provider: string): ToolCallAssembly {
  const calls: { index: number; id: string; name: string; text: string }[] = [];
  const protocol = (message: string) => new ProviderError(provider, 'protocol', `${provider} ${message}`);

  function callOf(fragment: ToolCallFragment) {
    const { index, id } = fragment;
    // Some servers leave the index out: a fragment with a new id is then a new call, one without belongs to the last.
    const known =
      index === null || index === undefined
        ? id
          ? calls.find((call) => call.id === id)
          : calls.at(-1)
        : calls.findLast((call) => call.index === index);
    // Others number all calls of a reply alike: what has a name and an id of its own is a call of its own.
    const another = known && id && fragment.function?.name && known.id !== id && known.name !== '';
    if (known && !another) return known;
    if (calls.length >= MOST_CALLS) throw protocol(`called more than ${MOST_CALLS} tools at once.`);
    const fresh = { index: index ?? calls.length, id: id || `call-${calls.length + 1}`, name: '', text: '' };
    calls.push(fresh);
    return fresh;
  }

  function inputOf(name: string, text: string): unknown {
    if (text.trim() === '') return {};
    try {
      const input: unknown = JSON.parse(text);
      if (input !== null && typeof input === 'object') return input;
    } catch {
      // Said below, in the same words as for JSON that is no object.
    }
    throw protocol(`called the tool ${name} with arguments that are no JSON object.`);
  }

  return {
    add(fragments) {
      for (const fragment of fragments) {
        const call = callOf(fragment);
        call.name ||= fragment.function?.name ?? '';
        call.text += fragment.function?.arguments ?? '';
        if (call.text.length > LONGEST_ARGUMENTS) throw protocol(`called the tool ${call.name} with endless arguments.`);
      }
    },
    finish() {
      return calls.splice(0).map(({ id, name, text }) => {
        if (name === '') throw protocol('called a tool without a name.');
        return { id, name, input: inputOf(name, text) };
      });
    },
  };
}
