import { describe, expect, it } from 'vitest';
import { type LanguageModel, ProviderError, type ReplyPart, type ReplyRequest } from '../ports/index.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createConversation } from './conversation.ts';
import { createResponder } from './responder.ts';
import { createToolRunner } from './tools.ts';

const clock = createHandClock();

/** A model whose reply is written by `write`. */
const modelOf = (write: (request: ReplyRequest, signal: AbortSignal) => AsyncGenerator<ReplyPart>): LanguageModel => ({
  id: 'm',
  reply: (request, signal) => write(request, signal),
});
const until = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Has the models reply to a caller, aborted at the first word where `interrupted`. */
async function respond(models: readonly LanguageModel[], interrupted = false) {
  const abort = new AbortController();
  const used: [number, number, 'counted' | 'estimated'][] = [];
  const conversation = createConversation();
  conversation.caller('When are you open?');
  const responder = createResponder({
    clock,
    models,
    request: { model: null, instructions: 'x'.repeat(400), temperature: 0, maxTokens: 10, language: 'en' },
    tools: createToolRunner({ clock, tools: [], deadlineMs: 1000, callSignal: abort.signal }),
    firstTokenDeadlineMs: 1000,
    nextTokenDeadlineMs: 1000,
    failed: () => undefined,
    used: ({ inputTokens, outputTokens, counted }) => used.push([inputTokens, outputTokens, counted ? 'counted' : 'estimated']),
  });
  await responder.respond(
    conversation,
    conversation.reply(),
    {
      text: () => interrupted && abort.abort(),
      calling: () => undefined,
      tool: () => undefined,
      committed: () => undefined,
    },
    abort.signal,
  );
  return used;
}

describe('tokens of a reply', () => {
  const breaksOff = modelOf(async function* (_, signal) {
    yield { type: 'text', text: 'We are open every day' };
    await until(signal);
  });

  it('that is broken off are estimated: no vendor counts them', async () => {
    const [used, ...more] = await respond([breaksOff], true);
    expect(more).toEqual([]);
    expect(used![0]).toBeGreaterThan(100);
    expect(used![0]).toBeLessThan(130);
    expect(used![1]).toBe(6);
    expect(used![2]).toBe('estimated');
  });

  it('that the vendor counted are not counted again', async () => {
    const counts = modelOf(async function* () {
      yield { type: 'text', text: 'Yes.' };
      yield { type: 'usage', inputTokens: 7, outputTokens: 1 };
    });
    expect(await respond([counts])).toEqual([[7, 1, 'counted']]);
  });

  it('that failed in the middle are estimated, and those of the next model counted', async () => {
    const fails = modelOf(async function* () {
      yield { type: 'text', text: 'We are' };
      throw new ProviderError('m', 'unavailable', 'Lost.');
    });
    const goesOn = modelOf(async function* () {
      yield { type: 'text', text: ' open.' };
      yield { type: 'usage', inputTokens: 9, outputTokens: 2 };
    });
    const used = await respond([fails, goesOn]);
    expect(used.map(([, ...output]) => output)).toEqual([
      [2, 'estimated'],
      [2, 'counted'],
    ]);
  });

  it('that never began are none', async () => {
    const refused = modelOf(async function* () {
      yield* [];
      throw new ProviderError('m', 'auth', 'No.');
    });
    expect(await respond([refused])).toEqual([]);
  });

  it('that a server without a count has finished are estimated', async () => {
    const silent = modelOf(async function* () {
      yield { type: 'text', text: 'Yes.' };
    });
    expect(await respond([silent])).toEqual([[112, 1, 'estimated']]);
  });
});
