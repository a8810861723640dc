import { serveWorker } from '../serve-worker.ts';

// A thread that cannot load what it needs.
await serveWorker<never, never>(async () => {
  throw new Error('the model is not installed');
});
