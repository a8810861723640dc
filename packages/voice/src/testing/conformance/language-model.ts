import assert from 'node:assert/strict';
import { type LanguageModel, ProviderError, type ProviderErrorKind, type ReplyPart, type ReplyRequest } from '../../ports/index.ts';
import { type ConformanceCase, collect, within } from './conformance-case.ts';

export interface LanguageModelHarness {
  /** A working adapter; called for each case. */
  create(): LanguageModel | Promise<LanguageModel>;
  /** A request it answers with text. */
  request?: Partial<ReplyRequest>;
  /** A request it answers with a call of the tool it is given; left out where the adapter has none. */
  toolRequest?: Partial<ReplyRequest>;
  /** A conversation in which a tool was called already; default: one call of `lookup`. */
  broken?: readonly { name: string; create(): LanguageModel | Promise<LanguageModel>; kind: ProviderErrorKind }[];
  /** The longest any step may take, ms of real time. Default 5000. */
  deadlineMs?: number;
}

const requestWith = (given: Partial<ReplyRequest> = {}): ReplyRequest => ({
  model: null,
  instructions: 'You are the assistant of a bakery. The bakery is open from 8 to 18 on weekdays.',
  messages: [{ role: 'user', content: 'Hello, when are you open?' }],
  tools: [],
  temperature: 0.7,
  maxTokens: 200,
  language: 'en',
  ...given,
});

const textOf = (parts: readonly ReplyPart[]): string => parts.map((part) => (part.type === 'text' ? part.text : '')).join('');

/** What every language-model adapter must do. */
export function languageModelConformance(harness: LanguageModelHarness): ConformanceCase[] {
  const deadlineMs = harness.deadlineMs ?? 5000;
  const reply = async (request: ReplyRequest, signal = new AbortController().signal) =>
    collect((await harness.create()).reply(request, signal), 'the end of the reply', deadlineMs);

  const cases: ConformanceCase[] = [
    {
      name: 'answers with text',
      async run() {
        const parts = await reply(requestWith(harness.request));
        assert.ok(textOf(parts).trim().length > 0, 'the reply has words');
        for (const part of parts) {
          assert.ok(['text', 'tool-call', 'usage'].includes(part.type), `unknown part ${part.type}`);
          if (part.type === 'text') assert.ok(part.text.length > 0, 'a text part is not empty');
          if (part.type === 'usage') assert.ok(part.inputTokens >= 0 && part.outputTokens >= 0, 'tokens are counted');
        }
      },
    },
    {
      name: 'reads a conversation in which tools were called, and one that begins with the assistant',
      async run() {
        const call = { id: 'call-1', name: 'lookup', input: { day: 'Monday' } };
        const parts = await reply(
          requestWith({
            ...harness.request,
            messages: [
              { role: 'assistant', content: 'Hello, this is the bakery.' },
              { role: 'user', content: 'When are you open?' },
              { role: 'assistant', content: '', toolCalls: [call] },
              { role: 'tool', callId: 'call-1', name: 'lookup', content: '8 to 18' },
            ],
            tools: [
              {
                name: 'lookup',
                description: 'Looks up opening hours',
                parameters: { type: 'object', properties: { day: { type: 'string' } } },
              },
            ],
          }),
        );
        assert.ok(parts.length > 0, 'something is answered');
      },
    },
    {
      name: 'ends at once and without an error when aborted in the middle',
      async run() {
        const abort = new AbortController();
        let parts = 0;
        await within(
          (async () => {
            for await (const _ of (await harness.create()).reply(requestWith(harness.request), abort.signal)) {
              parts++;
              abort.abort();
            }
          })(),
          'the end after the abort',
          deadlineMs,
        );
        assert.ok(parts >= 1 && parts <= 2, `at most one part after the abort, not ${parts - 1}`);
      },
    },
    {
      name: 'says nothing when aborted before it began',
      async run() {
        assert.deepEqual(await reply(requestWith(harness.request), AbortSignal.abort()), []);
      },
    },
    {
      name: 'lets the listener go early',
      async run() {
        const iterator = (await harness.create()).reply(requestWith(harness.request), new AbortController().signal)[Symbol.asyncIterator]();
        await within(iterator.next(), 'the first part', deadlineMs);
        await within(Promise.resolve(iterator.return?.()), 'the return', deadlineMs);
      },
    },
    {
      name: 'answers two at once',
      async run() {
        const model = await harness.create();
        const replies = await Promise.all(
          [1, 2].map(() => collect(model.reply(requestWith(harness.request), new AbortController().signal), 'both replies', deadlineMs)),
        );
        for (const parts of replies) assert.ok(textOf(parts).trim().length > 0, 'each reply has words');
      },
    },
  ];
  if (harness.toolRequest) {
    cases.push({
      name: 'calls a tool with an object and an id',
      async run() {
        const request = requestWith(harness.toolRequest);
        const calls = (await reply(request)).flatMap((part) => (part.type === 'tool-call' ? [part.call] : []));
        assert.ok(calls.length > 0, 'a tool is called');
        for (const call of calls) {
          assert.ok(call.id.length > 0, 'the call has an id');
          assert.ok(
            request.tools.some((tool) => tool.name === call.name),
            `${call.name} is a tool that was offered`,
          );
          assert.equal(typeof call.input, 'object');
        }
      },
    });
  }
  for (const { name, create, kind } of harness.broken ?? []) {
    cases.push({
      name: `${name}: comes out as a ProviderError of kind ${kind}`,
      async run() {
        const model = await create();
        const failure = await collect(
          model.reply(requestWith(harness.request), new AbortController().signal),
          'the failure',
          deadlineMs,
        ).then(
          () => null,
          (error: unknown) => error,
        );
        assert.ok(failure instanceof ProviderError, `a ProviderError, not ${failure}`);
        assert.equal(failure.kind, kind);
      },
    });
  }
  return cases;
}
