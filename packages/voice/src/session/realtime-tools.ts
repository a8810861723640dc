import type { ToolCall, ToolResult } from '../ports/index.ts';
import type { ToolRunner } from '../thinking/index.ts';
import type { EngineGround } from './conversation-engine.ts';
import type { RealtimeLine } from './realtime-line.ts';
import type { RealtimeMemory } from './realtime-memory.ts';
import type { RealtimeTurn } from './realtime-turn.ts';

export interface RealtimeToolsOptions {
  ground: Pick<EngineGround, 'dispatch' | 'announce' | 'effect' | 'now'>;
  memory: RealtimeMemory;
  tools: ToolRunner;
  tell: RealtimeLine['tell'];
  /** The vendor is gone: nobody waits for the answers. */
  gone(): boolean;
  /** Counts the sessions of the call: who has called the tools may have been followed by another one. */
  sessions(): number;
  /** The vendor gets its answers and goes on speaking. */
  goesOn(turn: RealtimeTurn): void;
}

/** The tools that a realtime vendor calls in its replies. */
export interface RealtimeTools {
  /** Runs what a reply of the turn has called, and gives the vendor the answers. Never rejects. */
  run(turn: RealtimeTurn, calls: readonly ToolCall[]): Promise<void>;
  /** The vendor waits for answers to calls that nobody wants any more. */
  refuse(calls: readonly ToolCall[]): void;
}

const NOT_DONE = 'Not done: the caller spoke meanwhile.';

/** Answers for a session that has not called the tools itself: it would refuse them as such. */
const retold = (calls: readonly ToolCall[], results: readonly ToolResult[]): string =>
  results
    .map(
      ({ callId, name, content }) =>
        `(${name} with ${JSON.stringify(calls.find(({ id }) => id === callId)?.input ?? {})} answered: ${content})`,
    )
    .join('\n');

export function createRealtimeTools({ ground, memory, tools, tell, gone, sessions, goesOn }: RealtimeToolsOptions): RealtimeTools {
  const { dispatch, announce, effect, now } = ground;
  return {
    async run(turn, calls) {
      if (tools.changesTheWorld(calls)) dispatch({ type: 'committed' });
      let ends = false;
      const caller = sessions();
      const results = await tools.run(calls, turn.abort.signal, (run) => {
        ends ||= run.effect?.type === 'end-call';
        announce({ type: 'tool', atMs: now(), name: run.name, ok: run.ok, durationMs: run.durationMs });
        if (run.effect) effect(run.effect);
      });
      turn.running = null;
      memory.tools(calls, results);
      const more = !turn.over && !(ends && turn.spoken);
      if (gone()) return;
      if (more) goesOn(turn);
      tell((session) => {
        if (sessions() === caller) return session.toolResults(results, more);
        session.remember({ role: 'user', content: retold(calls, results) });
        if (more) session.reply();
      });
      if (!more && !turn.over) turn.speech.end();
    },
    refuse: (calls) =>
      tell((session) =>
        session.toolResults(
          calls.map(({ id, name }) => ({ callId: id, name, content: NOT_DONE })),
          false,
        ),
      ),
  };
}
