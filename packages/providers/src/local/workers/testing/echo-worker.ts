import { serveWorker } from '../serve-worker.ts';

export type EchoJob = { say: string } | { fail: string } | { die: true } | { hold: Int32Array };

// A thread for the pool's tests: answers, fails, dies or works until it is let go.
await serveWorker<EchoJob, string>(async () => ({
  handle(job) {
    if ('say' in job) return job.say;
    if ('fail' in job) throw new Error(job.fail);
    if ('die' in job) process.exit(1);
    Atomics.store(job.hold, 0, 1);
    Atomics.notify(job.hold, 0);
    Atomics.wait(job.hold, 1, 0);
    return 'held';
  },
}));
