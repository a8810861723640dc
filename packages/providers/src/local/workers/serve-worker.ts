import { parentPort } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './protocol.ts';

export interface WorkerBody<Request, Result> {
  /** One job; jobs never overlap. */
  handle(request: Request): Promise<Result> | Result;
  /** Buffers of a result that are handed over without a copy. */
  transfer?(result: Result): ArrayBuffer[];
  /** Frees the models, after the last job. */
  release?(): Promise<void> | void;
}

/**
 * The thread's side of a worker pool: loads, says that it is ready, then answers jobs one after the other.
 * It ends by itself once told to stop, never in the middle of a job: ending a thread in a model's run aborts the whole process.
 */
export async function serveWorker<Request, Result>(load: () => Promise<WorkerBody<Request, Result>>): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('serveWorker belongs into a worker thread.');
  const send = (message: FromWorker<Result>, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

  let body: WorkerBody<Request, Result>;
  try {
    body = await load();
  } catch (error) {
    send({ type: 'unusable', message: sentence(error) });
    return;
  }

  let chain: Promise<void> = Promise.resolve();
  const run = async (id: number, request: Request) => {
    try {
      const result = await body.handle(request);
      send({ type: 'done', id, result }, body.transfer?.(result));
    } catch (error) {
      send({ type: 'failed', id, message: sentence(error) });
    }
  };
  port.on('message', (message: ToWorker<Request>) => {
    if (message.type === 'job') {
      chain = chain.then(() => run(message.id, message.request));
      return;
    }
    chain = chain.then(async () => {
      await body.release?.();
      port.close();
    });
  });
  send({ type: 'ready' });
}

const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));
