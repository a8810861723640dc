import type { Carrier, CarrierId, CarrierListener } from '@talkturo/carriers';
import { createPhraseStore } from '@talkturo/voice';
import type { Logger } from 'pino';
import type { Assistants } from '../assistants/assistants.ts';
import type { Blobs } from '../blobs/blobs.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { Database } from '../database/connect.ts';
import type { PhoneNumbers } from '../phone-numbers/phone-numbers.ts';
import type { CallGround } from './call-ground.ts';
import { createCallLifecycle } from './call-lifecycle.ts';
import { createCallLog } from './call-log.ts';
import type { CallPeople } from './call-people.ts';
import { createCalls } from './calls.ts';
import { createConsultations } from './consultation/consultations.ts';
import type { PriceList } from './cost/price-list.ts';
import { createIncoming } from './incoming-calls.ts';
import { createLiveCalls } from './live-calls.ts';
import { createLostCalls } from './lost-calls.ts';
import { createPlaceCall, type PlacingGround } from './placing-calls.ts';
import { prepareStoredCall } from './prepared-call.ts';
import { createRecordings } from './recordings.ts';
import type { ProvidersOf } from './stage-choice.ts';
import { createSteerCall } from './steering-calls.ts';

export interface TelephonyOptions extends Pick<CallGround, 'clock' | 'timings' | 'tools' | 'createSession'> {
  db: Database;
  cluster: Cluster;
  blobs: Blobs;
  logger: Logger;
  assistants: Assistants;
  numbers: PhoneNumbers['forCall'];
  people: CallPeople;
  providersOf: ProvidersOf;
  /** Filled by the composition root: carriers need the listener first. */
  carriers: ReadonlyMap<CarrierId, Carrier>;
  /** The built-in network lends a number to accounts that have none. */
  lendsNumbers: boolean;
  maxCalls: number;
  /** Carriers are asked to tell people from machines. */
  machineDetection: boolean;
  prices: PriceList;
  callerSaid?: CallGround['callerSaid'];
}

export type Telephony = ReturnType<typeof createTelephony>;

/** Calls on this node: puts the log, the lines and the carriers' news together. */
export function createTelephony(options: TelephonyOptions) {
  const { db, cluster, blobs, logger, assistants, carriers, providersOf, people, clock, timings } = options;
  const lifecycle = createCallLifecycle(db, people.noteCall);
  const log = createCallLog({ db, cluster, logger });
  const lost = createLostCalls({ db, lifecycle, log, blobs, carriers, logger });
  const live = createLiveCalls({
    db,
    lost,
    cluster,
    carriers,
    maxCalls: options.maxCalls,
    ground: {
      lifecycle,
      log,
      blobs,
      clock,
      timings,
      tools: options.tools,
      logger,
      prices: options.prices,
      createSession: options.createSession,
      phrases: createPhraseStore(clock),
      callerSaid: options.callerSaid,
      // They are made of calls themselves.
      consultations: {
        begin: (...asked) => consultations.begin(...asked),
        carrierCall: (id) => consultations.carrierCall(id),
        drop: (id) => consultations.drop(id),
      },
      consulted: (asked, news) => live.consulted(asked, news),
      mayBeCalled: people.mayBeCalled,
    },
    prepareStored: (call) => (call.consultationOf ? consultations.prepare(call) : prepareStoredCall(call, options)),
  });
  const placing: PlacingGround = {
    assistants,
    lifecycle,
    live,
    carriers,
    lendsNumbers: options.lendsNumbers,
    numbers: options.numbers,
    providersOf,
    people,
    nodeId: cluster.nodeId,
    maxCallMs: timings.maxCallMs,
    machineDetection: options.machineDetection,
    logger,
  };
  const consultations = createConsultations(placing);
  const listener: CarrierListener = { ...live.listener, incoming: createIncoming(placing) };
  cluster.onSweep(async () => lost.sweep(await live.orphans()));

  const calls = createCalls(db, blobs);
  return {
    calls,
    steer: createSteerCall({ calls, live, carriers, people }),
    recordings: createRecordings(blobs),
    log,
    live,
    lifecycle,
    lost,
    placing,
    timings,
    place: createPlaceCall(placing),
    /** Keeps in the log what happens to the connection of a web call. */
    noteConnection(_ref: string, callId: string | null, happening: string): void {
      if (callId) log.add(callId, { type: happening, atMs: null, data: {}, createdAt: new Date(), kept: true });
    },
    /** Where carriers report. */
    listener,
  };
}
