import { randomUUID } from 'node:crypto';
import type { Clock } from '@talkturo/voice';
import type { Logger } from 'pino';
import { AppError } from '../http/app-error.ts';
import type { Cluster } from './cluster.ts';

/** Nobody answered in time: whether it was done is not known. */
export class NoAnswer extends Error {
  constructor() {
    super('The other node did not answer in time.');
    this.name = 'NoAnswer';
  }
}

interface Question {
  ask: string;
  what: string;
  body: unknown;
}

type Answer =
  | { reply: string; value: unknown }
  | { reply: string; refused: { code: string; status: number; message: string; headers?: Record<string, string> } };

export type Questions = ReturnType<typeof createQuestions>;

/**
 * Has another node do something and tell what came of it, over the words nodes have for each other. A word may be lost,
 * so an asker that must know looks at what is stored when `NoAnswer` comes.
 */
export function createQuestions(cluster: Pick<Cluster, 'nodeId' | 'tell' | 'onTold'>, clock: Clock, logger: Logger) {
  const handlers = new Map<string, (body: unknown) => Promise<unknown>>();
  const waiting = new Map<string, (answer: Answer) => void>();

  async function answered({ ask, what, body }: Question): Promise<Answer> {
    try {
      const handler = handlers.get(what);
      if (!handler) throw new AppError('unknown_question', 503, 'This node runs another version of Talkturo; try again in a moment.');
      return { reply: ask, value: await handler(body) };
    } catch (error) {
      if (!(error instanceof AppError)) logger.error({ err: error, what }, 'what another node asked for failed');
      const { code, status, message, headers } =
        error instanceof AppError
          ? error
          : new AppError('node_failed', 503, 'The server that should do this failed; try again in a moment.');
      return { reply: ask, refused: { code, status, message, ...(headers ? { headers: { ...headers } } : {}) } };
    }
  }

  cluster.onTold(({ subject, command, from }) => {
    if (subject !== cluster.nodeId) return;
    const said = JSON.parse(command) as Question | Answer;
    if ('reply' in said) return waiting.get(said.reply)?.(said);
    answered(said)
      .then((answer) => cluster.tell(from, JSON.stringify(answer)))
      .catch((error) => logger.error({ err: error, what: said.what }, 'another node could not be answered'));
  });

  return {
    /** This node answers such questions from now on. AppErrors reach the asker as they are. */
    answer(what: string, handler: (body: never) => Promise<unknown>): void {
      handlers.set(what, handler as (body: unknown) => Promise<unknown>);
    },

    /**
     * @param body JSON, of a few kB at most
     * @throws AppError what the other node refused with; NoAnswer after `withinMs`
     */
    async ask(nodeId: string, what: string, body: unknown, withinMs: number): Promise<unknown> {
      const ask = randomUUID();
      const answer = new Promise<Answer>((resolve, reject) => {
        const timer = clock.setTimer(withinMs, () => {
          waiting.delete(ask);
          reject(new NoAnswer());
        });
        waiting.set(ask, (said) => {
          timer.cancel();
          waiting.delete(ask);
          resolve(said);
        });
      });
      answer.catch(() => {});
      await cluster.tell(nodeId, JSON.stringify({ ask, what, body } satisfies Question));
      const said = await answer;
      if ('value' in said) return said.value;
      const { code, status, message, headers } = said.refused;
      throw new AppError(code, status, message, headers ? { headers } : {});
    },
  };
}
