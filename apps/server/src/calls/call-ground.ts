import type { CallSession, CallSessionOptions, CallTimings, Clock, PhraseStore, Tool } from '@talkturo/voice';
import type { Logger } from 'pino';
import type { Blobs } from '../blobs/blobs.ts';
import type { CallLifecycle } from './call-lifecycle.ts';
import type { CallLog } from './call-log.ts';
import type { Call } from './calls.table.ts';
import type { ConsultationNews, Consultations } from './consultation/consultation.ts';
import type { PriceList } from './cost/price-list.ts';

/** What calls on a node share. */
export interface CallGround {
  lifecycle: CallLifecycle;
  log: CallLog;
  blobs: Blobs;
  clock: Clock;
  timings: CallTimings;
  tools: readonly Tool[];
  logger: Logger;
  prices: PriceList;
  consultations: Consultations;
  /** Asked before a third party is called. @throws AppError for a number that is not to be called. */
  mayBeCalled(accountId: string, phone: string): Promise<void>;
  /** A call that asked about another is over, for the other to know. */
  consulted(asked: string, news: ConsultationNews): void;
  /** What voices have said on this node for when they stall. */
  phrases: PhraseStore;
  /** Hears what callers say, as soon as it is transcribed. Plain call, must not throw. */
  callerSaid?(call: Call, text: string): void;
  createSession(options: CallSessionOptions): CallSession;
}
