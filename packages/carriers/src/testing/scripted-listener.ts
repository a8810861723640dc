import type { Leg } from '@talkturo/voice';
import type { CarrierCall, CarrierEvent, CarrierListener, IncomingCall } from '../carrier.ts';

/** Something a carrier reported. */
export type Report =
  | { kind: 'incoming'; ref: string; call: IncomingCall }
  | { kind: 'event'; ref: string; callId: string | null; eventId: string; event: CarrierEvent }
  | { kind: 'media'; ref: string; callId: string | null; leg: Leg };

export type ReportOf<K extends Report['kind']> = Extract<Report, { kind: K }>;

/** A listener that keeps everything it was told, and lets a test wait for it. */
export interface ScriptedListener extends CarrierListener {
  readonly reports: readonly Report[];
  /** The first report of the kind that holds, past or to come. Fails with what was told instead after `deadlineMs` of real time. */
  next<K extends Report['kind']>(kind: K, holds?: (report: ReportOf<K>) => boolean): Promise<ReportOf<K>>;
  /** The types of the events of a call, in the order of their arrival. */
  events(ref: string): CarrierEvent['type'][];
  /** The event of that type of a call. */
  event<T extends CarrierEvent['type']>(ref: string, type: T): Promise<Extract<CarrierEvent, { type: T }>>;
}

interface Waiter {
  kind: Report['kind'];
  holds(report: Report): boolean;
  resolve(report: Report): void;
}

export const createScriptedListener = ({ deadlineMs = 10_000 } = {}): ScriptedListener => {
  const reports: Report[] = [];
  const waiters = new Set<Waiter>();

  const report = (one: Report) => {
    reports.push(one);
    for (const waiter of waiters) {
      if (waiter.kind !== one.kind || !waiter.holds(one)) continue;
      waiters.delete(waiter);
      waiter.resolve(one);
    }
  };

  const next = <K extends Report['kind']>(kind: K, holds: (report: ReportOf<K>) => boolean = () => true): Promise<ReportOf<K>> => {
    const matches = (one: Report) => one.kind === kind && holds(one as ReportOf<K>);
    const past = reports.find(matches);
    if (past) return Promise.resolve(past as ReportOf<K>);
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        waiters.delete(waiter);
        const told = reports.map((one) => (one.kind === 'event' ? one.event.type : one.kind)).join(', ');
        reject(new Error(`No such ${kind} within ${deadlineMs} ms; told: ${told || 'nothing'}.`));
      }, deadlineMs);
      const waiter: Waiter = {
        kind,
        holds: matches,
        resolve(one) {
          clearTimeout(late);
          resolve(one as ReportOf<K>);
        },
      };
      waiters.add(waiter);
    });
  };

  return {
    reports,
    next,
    incoming: (_carrier, call) => report({ kind: 'incoming', ref: call.ref, call }),
    progress: ({ ref }: CarrierCall, callId, eventId, event) => report({ kind: 'event', ref, callId, eventId, event }),
    media: ({ ref }: CarrierCall, callId, leg) => report({ kind: 'media', ref, callId, leg }),
    events: (ref) => reports.flatMap((one) => (one.kind === 'event' && one.ref === ref ? [one.event.type] : [])),
    async event(ref, type) {
      const { event } = await next('event', (one) => one.ref === ref && one.event.type === type);
      return event as Extract<CarrierEvent, { type: typeof type }>;
    },
  };
};
