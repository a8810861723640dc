import type { z } from 'zod';

/** When a job runs by itself. */
export interface Schedule<P> {
  /** Five fields: minute, hour, day, month, weekday. */
  cron: string;
  /** IANA zone the fields are read in. */
  zone: string;
  payload: P;
}

export interface JobShape<S extends z.ZodObject> {
  /** Kebab-case, the queue's name in the database. */
  name: string;
  /** What a queued job carries; checked when it is sent and again when it runs. Plain JSON, small: ids rather than records. */
  payload: S;
  /** How often a failed run is tried again, and after how many seconds at first; the delay doubles up to an hour. */
  retry: { times: number; firstDelaySeconds: number };
  /** A run that takes longer counts as failed. */
  maxSeconds: number;
  /** How many of it one node runs at once. */
  atOnce?: number;
  schedule?: Schedule<z.input<S>>;
}

/** A job of this platform; the handler is given to `jobs.handle` by the composition root. */
export type Job<S extends z.ZodObject = z.ZodObject> = JobShape<S>;

/** Declares work that is done later: queued in the transaction that wants it, or by a schedule. */
export const defineJob = <S extends z.ZodObject>(shape: JobShape<S>): Job<S> => shape;

export type PayloadOf<J> = J extends Job<infer S> ? z.output<S> : never;
export type PayloadInputOf<J> = J extends Job<infer S> ? z.input<S> : never;
