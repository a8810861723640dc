import { Worker } from 'node:worker_threads';
import { ProviderError } from '@talkturo/voice';
import type { FromWorker, ToWorker } from './protocol.ts';

export interface WorkerPoolOptions {
  /** What it does, for messages: "transcription". */
  name: string;
  script: URL;
  threads: number;
  /** Jobs that may wait; one more is refused. */
  maxQueued: number;
}

export interface JobOptions {
  transfer?: ArrayBuffer[];
  /** A job nobody waits for: done when nothing urgent is queued, dropped instead of queued when it is busy. */
  optional?: boolean;
  signal?: AbortSignal;
}

/** Threads that share one bounded queue. */
export interface WorkerPool<Request, Result> {
  /**
   * Resolves with the result, or with null when the job was aborted or, being optional, dropped.
   * Rejects with a ProviderError: `rate-limit` when the queue is full, `unavailable` when its thread died or the pool is stopped,
   * `protocol` when the job itself failed.
   */
  submit(request: Request, options?: JobOptions): Promise<Result | null>;
  /** Jobs waiting and running. */
  readonly load: number;
  /** Refuses new jobs, lets the running ones end, drops the waiting ones, ends the threads. */
  stop(): Promise<void>;
}

interface Job<Request, Result> {
  request: Request;
  transfer: ArrayBuffer[];
  settle(outcome: Result | null | ProviderError): void;
}

interface Seat<Request, Result> {
  worker: Worker | null;
  ready: boolean;
  job: Job<Request, Result> | null;
  failures: number;
  exited: Promise<void>;
}

/** A thread that dies again and again is started again ever later, up to this. */
const LONGEST_RESTART_DELAY_MS = 10_000;

/**
 * Starts the threads and waits until each has loaded its models.
 * Rejects with the reason a thread gave when it could not load. A thread that dies later is replaced; its job is refused.
 */
export async function startWorkerPool<Request, Result>(options: WorkerPoolOptions): Promise<WorkerPool<Request, Result>> {
  const { name, script, maxQueued } = options;
  const urgent: Job<Request, Result>[] = [];
  const optional: Job<Request, Result>[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;
  let jobIds = 0;
  const refuse = (kind: 'rate-limit' | 'unavailable' | 'protocol', message: string) => new ProviderError('local', kind, message);

  function next(): void {
    for (const seat of seats) {
      if (!seat.ready || seat.job) continue;
      const job = urgent.shift() ?? optional.shift();
      if (!job) return;
      seat.job = job;
      seat.worker?.postMessage({ type: 'job', id: ++jobIds, request: job.request } satisfies ToWorker<Request>, job.transfer);
    }
  }

  function occupy(seat: Seat<Request, Result>, onLoaded: (problem: ProviderError | null) => void): void {
    const worker = new Worker(script, { name, execArgv: [] });
    seat.worker = worker;
    worker.on('message', (message: FromWorker<Result>) => {
      if (message.type === 'ready') {
        seat.ready = true;
        onLoaded(null);
      } else if (message.type === 'unusable') {
        onLoaded(refuse('unavailable', `Local ${name} cannot start: ${message.message}`));
      } else {
        const { job } = seat;
        seat.job = null;
        seat.failures = 0;
        job?.settle(message.type === 'done' ? message.result : refuse('protocol', `Local ${name} failed: ${message.message}`));
      }
      next();
    });
    let reason = 'its thread ended';
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error);
    });
    seat.exited = new Promise((resolve) => {
      worker.once('exit', () => {
        leave(seat, reason, onLoaded);
        resolve();
      });
    });
  }

  function leave(seat: Seat<Request, Result>, reason: string, onLoaded: (problem: ProviderError) => void): void {
    const wasReady = seat.ready;
    seat.worker = null;
    seat.ready = false;
    const died = refuse('unavailable', `Local ${name} broke off: ${reason}.`);
    seat.job?.settle(died);
    seat.job = null;
    if (!wasReady && seat.failures === 0) onLoaded(died);
    if (stopping || !started) return;
    const delay = Math.min(LONGEST_RESTART_DELAY_MS, 100 * 2 ** seat.failures++ - 100);
    const timer = setTimeout(() => {
      timers.delete(timer);
      occupy(seat, () => {});
    }, delay);
    timers.add(timer);
  }

  let started = false;
  const seats: Seat<Request, Result>[] = [];
  const loaded: Promise<ProviderError | null>[] = [];
  for (let i = 0; i < options.threads; i++) {
    const seat: Seat<Request, Result> = { worker: null, ready: false, job: null, failures: 0, exited: Promise.resolve() };
    seats.push(seat);
    loaded.push(new Promise((resolve) => occupy(seat, resolve)));
  }

  function submit(request: Request, { transfer = [], optional: mayDrop = false, signal }: JobOptions = {}): Promise<Result | null> {
    if (stopping) return Promise.reject(refuse('unavailable', `Local ${name} is stopping.`));
    if (signal?.aborted) return Promise.resolve(null);
    const idle = seats.some((seat) => seat.ready && !seat.job);
    const queue = mayDrop ? optional : urgent;
    if (!idle && mayDrop && urgent.length + optional.length >= options.threads) return Promise.resolve(null);
    if (!idle && queue.length >= maxQueued) {
      return Promise.reject(refuse('rate-limit', `Local ${name} is overloaded: ${maxQueued} jobs are waiting.`));
    }
    return new Promise((resolve, reject) => {
      const job: Job<Request, Result> = {
        request,
        transfer,
        settle(outcome) {
          signal?.removeEventListener('abort', abort);
          if (outcome instanceof ProviderError) reject(outcome);
          else resolve(outcome);
        },
      };
      const abort = () => {
        const at = queue.indexOf(job);
        if (at >= 0) queue.splice(at, 1);
        job.settle(null);
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(job);
      next();
    });
  }

  async function stop(): Promise<void> {
    if (!stopping) {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      for (const job of urgent.splice(0)) job.settle(refuse('unavailable', `Local ${name} is stopping.`));
      for (const job of optional.splice(0)) job.settle(null);
      for (const seat of seats) seat.worker?.postMessage({ type: 'stop' } satisfies ToWorker<Request>);
    }
    await Promise.all(seats.map((seat) => seat.exited));
  }

  const problem = (await Promise.all(loaded)).find((outcome) => outcome !== null);
  if (problem) {
    await stop();
    throw problem;
  }
  started = true;
  return {
    submit,
    get load() {
      return urgent.length + optional.length + seats.filter((seat) => seat.job).length;
    },
    stop,
  };
}
