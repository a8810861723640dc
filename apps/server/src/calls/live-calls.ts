import { type Carrier, type CarrierCall, CarrierError, type CarrierEvent, type CarrierId, type CarrierListener } from '@talkturo/carriers';
import type { Leg, TransferPlan } from '@talkturo/voice';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { type Cluster, isLost } from '../cluster/cluster.ts';
import type { Database } from '../database/connect.ts';
import type { CallGround } from './call-ground.ts';
import { isFinal } from './call-status.ts';
import { cannotBeTransferred, carrierRefused, noCapacity, takesNoCalls } from './calls.errors.ts';
import { type Call, calls } from './calls.table.ts';
import type { ConsultationNews } from './consultation/consultation.ts';
import { type HeldCall, holdCall } from './held-call.ts';
import type { LostCalls } from './lost-calls.ts';
import type { PreparedCall } from './prepared-call.ts';

/** How long ended calls may take to complete their records when the node leaves. */
const LAST_WORDS_MS = 10_000;
/** A call of this node that is not held, and older than this, was lost by a failure to store its end. */
const ORPHAN_SECONDS = 60;

export interface LiveCallsOptions {
  db: Database;
  cluster: Cluster;
  ground: CallGround;
  carriers: ReadonlyMap<CarrierId, Carrier>;
  /** What is told of calls whose node is gone. */
  lost: Pick<LostCalls, 'heard'>;
  maxCalls: number;
  /** Prepares a call from its row, where its sound comes to another node than the one that placed it. */
  prepareStored(call: Call): Promise<PreparedCall>;
}

/** A place among the calls this node takes at once. */
export interface Line {
  release(): void;
}

/** A word for a call that another node holds. */
type Word =
  | { call: CarrierCall; eventId: string; event: CarrierEvent }
  | { transfer: TransferPlan; announcement?: string | undefined }
  | { consulted: ConsultationNews }
  | { digits: string };

export type LiveCalls = ReturnType<typeof createLiveCalls>;

/** The calls this node holds. The node that has the media socket owns the call; words for it come over the cluster. */
export function createLiveCalls({ db, cluster, ground, carriers, lost, maxCalls, prepareStored }: LiveCallsOptions) {
  const { logger } = ground;
  const held = new Map<string, HeldCall>();
  /** Events of calls that come in and are not held yet. */
  const expected = new Map<string, { eventId: string; event: CarrierEvent }[]>();
  let lines = 0;
  let draining = false;

  const keyOf = (call: CarrierCall) => `${call.carrier} ${call.ref}`;

  function reserve(): Line {
    if (maxCalls === 0) throw takesNoCalls();
    if (draining || lines >= maxCalls) throw noCapacity(draining);
    lines++;
    let released = false;
    return {
      release() {
        if (!released) lines--;
        released = true;
      },
    };
  }

  function hold(call: Call, prepared: PreparedCall, line: Line, carrierCall: CarrierCall | null): HeldCall {
    const carrier = carriers.get(call.carrier as CarrierId);
    if (!carrier) throw new Error(`no carrier ${call.carrier}`);
    const one = holdCall(ground, {
      call,
      prepared,
      carrier,
      carrierCall,
      onOver() {
        held.delete(call.id);
        line.release();
      },
    });
    held.set(call.id, one);
    if (carrierCall) {
      for (const { eventId, event } of expected.get(keyOf(carrierCall)) ?? []) one.progress(eventId, event);
      expected.delete(keyOf(carrierCall));
    }
    return one;
  }

  const heldFor = (call: CarrierCall, callId: string | null): HeldCall | undefined => {
    if (callId) return held.get(callId);
    for (const one of held.values()) if (one.carrierCall?.ref === call.ref && one.carrierCall.carrier === call.carrier) return one;
    return undefined;
  };

  async function stored(call: CarrierCall, callId: string | null): Promise<Call | undefined> {
    const which = callId ? eq(calls.id, callId) : and(eq(calls.carrier, call.carrier), eq(calls.carrierRef, call.ref));
    const [row] = await db.select().from(calls).where(which).limit(1);
    return row;
  }

  const nodeIsGone = async (row: Call): Promise<boolean> =>
    (
      await db
        .select({ id: calls.id })
        .from(calls)
        .where(and(eq(calls.id, row.id), isLost(calls.nodeId)))
    ).length > 0;

  /** News of a call that another node holds, or held. */
  async function passOn(call: CarrierCall, callId: string | null, eventId: string, event: CarrierEvent): Promise<void> {
    const row = await stored(call, callId);
    if (!row) logger.warn({ carrier: call.carrier, event: event.type }, 'a carrier told of a call that is not known');
    else if (event.type === 'cost') {
      const { type: _type, ...said } = event;
      await ground.lifecycle.carrierCost(row.id, { vendor: call.carrier, ...said });
    } else if (isFinal(row.status)) return;
    else if (await nodeIsGone(row)) await lost.heard(row, event);
    else await cluster.tell(row.id, JSON.stringify({ call, eventId, event } satisfies Word));
  }

  /** The sound of a call comes to this node: from now on it is held here. */
  async function adopt(call: CarrierCall, callId: string | null, leg: Leg): Promise<void> {
    const row = await stored(call, callId);
    if (!row || isFinal(row.status)) {
      logger.warn({ carrier: call.carrier }, 'sound came for a call that is not known or over');
      leg.hangup();
      return;
    }
    const line = reserve();
    try {
      const one = hold(row, await prepareStored(row), line, call);
      // Whoever placed it may still wait for the answer that names it.
      if (row.carrierRef === null) await ground.lifecycle.accepted(row.id, call.ref);
      await ground.lifecycle.owned(row.id, cluster.nodeId);
      await cluster.tell(row.id, 'moved');
      one.media(leg);
    } catch (error) {
      line.release();
      held.get(row.id)?.end('not_configured');
      throw error;
    }
  }

  cluster.onTold(({ subject, command, from }) => {
    const one = held.get(subject);
    if (!one) return;
    if (command === 'hang-up') one.end('api_hangup');
    else if (command === 'moved') {
      if (from !== cluster.nodeId) one.release();
    } else obey(one, JSON.parse(command) as Word);
  });

  /** What a carrier tells of a call that is held here, whoever was told. */
  function hear(one: HeldCall, { call, eventId, event }: Extract<Word, { event: CarrierEvent }>): void {
    // The answer to the dial may be lost, or slower than what it brought about.
    if (one.carrierCall === null) one.accepted(call);
    one.progress(eventId, event);
  }

  /** Another node was asked, or told by the carrier, and has passed it on. */
  function obey(one: HeldCall, word: Word): void {
    if ('event' in word) hear(one, word);
    else if ('consulted' in word) one.consulted(word.consulted);
    else if ('transfer' in word) {
      if (!one.transfer(word.transfer, word.announcement)) logger.warn({ callId: one.callId }, 'a transfer came too late');
    } else {
      one.sendDigits(word.digits).catch((error) => logger.warn({ err: error, callId: one.callId }, 'keys could not be pressed'));
    }
  }

  const listener: Pick<CarrierListener, 'progress' | 'media'> = {
    progress(call, callId, eventId, event) {
      const early = expected.get(keyOf(call));
      const one = heldFor(call, callId);
      if (one) hear(one, { call, eventId, event });
      else if (early) early.push({ eventId, event });
      else passOn(call, callId, eventId, event).catch((error) => logger.error({ err: error }, 'a carrier event was lost'));
    },
    media(call, callId, leg) {
      const one = heldFor(call, callId);
      if (one) one.media(leg);
      else
        adopt(call, callId, leg).catch((error) => {
          logger.error({ err: error }, 'a call could not be taken over');
          leg.hangup();
        });
    },
  };

  return {
    reserve,
    hold,
    listener,
    get: (callId: string): HeldCall | undefined => held.get(callId),
    get count(): number {
      return held.size;
    },
    /** How many more calls this node takes now. */
    get room(): number {
      return draining ? 0 : Math.max(0, maxCalls - lines);
    },
    get draining(): boolean {
      return draining;
    },

    /** A call comes in and will be held or refused in a moment: what is told of it until then is kept. */
    expect(call: CarrierCall): void {
      expected.set(keyOf(call), []);
    },
    /** It was refused. */
    unexpect(call: CarrierCall): void {
      expected.delete(keyOf(call));
    },

    /** Ends a call wherever it is held. Resolves when the word is out; at once known here when it is ours. */
    async hangUp(callId: string): Promise<void> {
      const one = held.get(callId);
      if (!one) return cluster.tell(callId, 'hang-up');
      one.end('api_hangup');
      await one.over;
    },

    /**
     * Connects the caller with somebody else, wherever the call is held. Resolves when it is decided, or the word is out.
     * @throws AppError 409 when the call is held here and cannot be transferred now.
     */
    async transfer(callId: string, plan: TransferPlan, announcement?: string): Promise<void> {
      const one = held.get(callId);
      if (!one) return cluster.tell(callId, JSON.stringify({ transfer: plan, announcement } satisfies Word));
      if (!one.transfer(plan, announcement)) throw cannotBeTransferred();
    },

    /** Tells a call, wherever it is held, what becomes of one that asks about it. */
    consulted(callId: string, news: ConsultationNews): void {
      const one = held.get(callId);
      if (one) {
        one.consulted(news);
        return;
      }
      cluster
        .tell(callId, JSON.stringify({ consulted: news } satisfies Word))
        .catch((error) => logger.warn({ err: error, callId }, 'the news of a transfer did not reach its call'));
    },

    /**
     * Presses keys towards the far end, wherever the call is held. Resolves when the carrier has them, or the word is out.
     * @throws AppError 409 when the carrier refuses.
     */
    async sendDigits(callId: string, digits: string): Promise<void> {
      const one = held.get(callId);
      if (!one) return cluster.tell(callId, JSON.stringify({ digits } satisfies Word));
      await one.sendDigits(digits).catch((error: unknown) => {
        throw error instanceof CarrierError ? carrierRefused(error.message) : error;
      });
    },

    /** Calls whose row says that they run here, and that do not. */
    async orphans(): Promise<string[]> {
      const rows = await db
        .select({ id: calls.id })
        .from(calls)
        .where(
          and(
            eq(calls.nodeId, cluster.nodeId),
            inArray(calls.status, ['queued', 'ringing', 'in_progress']),
            sql`${calls.startedAt} < now() - ${ORPHAN_SECONDS} * interval '1 second'`,
          ),
        );
      return rows.map((row) => row.id).filter((id) => !held.has(id));
    },

    /** Takes nothing new; lets live calls go on for `graceMs`, then ends them, and waits for their records. */
    async drain(graceMs: number): Promise<void> {
      draining = true;
      await cluster.drain().catch((error) => logger.warn({ err: error }, 'the other nodes could not be told that this one is stopping'));
      await within(ground, graceMs, [...held.values()]);
      for (const one of held.values()) one.end('shutdown');
      await within(ground, LAST_WORDS_MS, [...held.values()]);
      await ground.log.flush();
    },
  };
}

/** Waits until all are over, at most `ms`. */
function within({ clock }: CallGround, ms: number, all: readonly HeldCall[]): Promise<void> {
  if (all.length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = clock.setTimer(ms, resolve);
    void Promise.all(all.map((one) => one.over)).then(() => {
      timer.cancel();
      resolve();
    });
  });
}
