import { ABORTED, type Clock, type ToolCall, type ToolDefinition, type ToolResult } from '../ports/index.ts';

/** With whom a caller is to be connected, and how. */
export interface TransferPlan {
  /** E.164. */
  to: string;
  /**
   * `blind`: the carrier connects the two when somebody answers. `attended`: whoever answers is told who is on the line and asked first;
   * the caller hears it ringing until they agree, and is given back when they do not (RFC 5589, section 7).
   */
  mode: 'blind' | 'attended';
  /** What whoever is asked is told of the matter; null: nothing. */
  summary: string | null;
}

/** What a tool may ask of the call machine; it never touches the leg itself. */
export type CallEffect =
  | { type: 'end-call' }
  | { type: 'send-digits'; digits: string }
  /** The caller is connected with somebody else after what is being said has been heard. */
  | { type: 'transfer'; plan: TransferPlan };

/** Something the assistant can do during a call. */
export interface Tool {
  definition: ToolDefinition;
  /** True when running it changes the world: never run ahead of the end of the turn. */
  sideEffects: boolean;
  /** Runs it. The text goes back to the model; `effect` changes the call. Aborts with the turn unless it has side effects. */
  run(input: unknown, signal: AbortSignal): Promise<{ content: string; effect?: CallEffect }>;
}

/** Built in: the assistant hangs up after what it is saying has been heard. */
export const endCallTool: Tool = {
  definition: {
    name: 'end_call',
    description: 'Ends the phone call. Say goodbye first; the call ends when your goodbye has been heard.',
    parameters: { type: 'object', properties: {}, additionalProperties: false },
  },
  sideEffects: true,
  run: async () => ({ content: 'The call ends after your last words.', effect: { type: 'end-call' } }),
};

export interface ToolRun {
  name: string;
  ok: boolean;
  durationMs: number;
  effect: CallEffect | undefined;
}

export interface ToolRunnerOptions {
  clock: Clock;
  tools: readonly Tool[];
  deadlineMs: number;
  /** Ends with the call: what tools with side effects are told. */
  callSignal: AbortSignal;
}

/** Runs a model's tool calls side by side; a call never fails, its result says what went wrong. */
export function createToolRunner({ clock, tools, deadlineMs, callSignal }: ToolRunnerOptions) {
  async function runOne(call: ToolCall, turnSignal: AbortSignal, ran: (run: ToolRun) => void): Promise<ToolResult> {
    const tool = tools.find(({ definition }) => definition.name === call.name);
    const startedAt = clock.now();
    const outcome = await (tool
      ? attempt(tool, call, turnSignal)
      : { ok: false, content: `There is no tool called ${call.name}.`, effect: undefined });
    ran({ name: call.name, ok: outcome.ok, durationMs: clock.now() - startedAt, effect: outcome.effect });
    return { callId: call.id, name: call.name, content: outcome.content };
  }

  function attempt(
    tool: Tool,
    call: ToolCall,
    turnSignal: AbortSignal,
  ): Promise<{ ok: boolean; content: string; effect: CallEffect | undefined }> {
    const late = new AbortController();
    const signal = AbortSignal.any([tool.sideEffects ? callSignal : turnSignal, late.signal]);
    return new Promise((resolve) => {
      const timer = clock.setTimer(deadlineMs, () => {
        late.abort(ABORTED);
        resolve({ ok: false, content: 'The tool did not answer in time.', effect: undefined });
      });
      const running = Promise.resolve().then(() => tool.run(call.input, signal));
      running.then(
        ({ content, effect }) => {
          timer.cancel();
          resolve({ ok: true, content, effect });
        },
        (error: unknown) => {
          timer.cancel();
          resolve({
            ok: false,
            content: `The tool failed: ${error instanceof Error ? error.message : 'unknown reason'}`,
            effect: undefined,
          });
        },
      );
    });
  }

  return {
    definitions: tools.map(({ definition }) => definition),
    /** True when one of the calls changes the world: such a turn is not thrown away. */
    changesTheWorld: (calls: readonly ToolCall[]): boolean =>
      calls.some((call) => tools.find(({ definition }) => definition.name === call.name)?.sideEffects ?? false),
    run: (calls: readonly ToolCall[], turnSignal: AbortSignal, ran: (run: ToolRun) => void): Promise<ToolResult[]> =>
      Promise.all(calls.map((call) => runOne(call, turnSignal, ran))),
  };
}

export type ToolRunner = ReturnType<typeof createToolRunner>;
