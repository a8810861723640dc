/** What goes between a worker pool and its threads. */
export type ToWorker<Request> = { type: 'job'; id: number; request: Request } | { type: 'stop' };

export type FromWorker<Result> =
  | { type: 'ready' }
  /** It could not load what it needs; the thread ends. */
  | { type: 'unusable'; message: string }
  | { type: 'done'; id: number; result: Result }
  | { type: 'failed'; id: number; message: string };
