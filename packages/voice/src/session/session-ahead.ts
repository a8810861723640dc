import {
  ABORTED,
  type Clock,
  ProviderError,
  type SpeechSession,
  type SpeechSessionEvent,
  type SpeechSessionOptions,
  type SpeechToSpeech,
  type Timer,
} from '../ports/index.ts';
import { type RealtimeSettings, sameSettings } from './realtime-settings.ts';

/** A session that is lost while it rings is opened anew, so often and each time this much later. */
const MOST_OPENINGS = 3;
const REOPEN_AFTER_MS = 1000;
/** Nobody lets a telephone ring longer: what is not wanted by then is closed. */
const LONGEST_MS = 150_000;

/** A realtime model whose first session is opened before the call is answered. */
export interface SessionAhead {
  /** Its first session is the one that was opened ahead, where it is opened with the same settings. */
  readonly model: SpeechToSpeech;
  /** Nobody answered: the session is closed. Means nothing once it is in use. */
  close(): void;
}

/**
 * Opens a session while the telephone rings: connected and set up, it waits without being sent any sound, which is what vendors
 * charge for. What fails here shows with the call's own opening, which tries again where that may help.
 */
export function openSessionAhead(clock: Clock, model: SpeechToSpeech, settings: RealtimeSettings): SessionAhead {
  let abort = new AbortController();
  let opening: Promise<Waiting> | null = null;
  let openings = 0;
  let again: Timer | null = null;
  let given = false;

  function open(): void {
    openings++;
    abort = new AbortController();
    const mine = model
      .open({ ...settings, history: [], signal: abort.signal })
      .then((session) => waitingSession(session, () => lost(mine)));
    opening = mine;
    mine.catch((error: unknown) => {
      // What will not get better is told to whoever asks next.
      if (!(error instanceof ProviderError) || error.retryable) lost(mine);
    });
  }

  function lost(which: Promise<Waiting>): void {
    if (given || opening !== which) return;
    drop();
    if (openings < MOST_OPENINGS) again = clock.setTimer(REOPEN_AFTER_MS * openings, open);
  }

  function drop(): void {
    again?.cancel();
    abort.abort(ABORTED);
    opening?.then(({ session }) => session.close()).catch(() => undefined);
    opening = null;
  }

  function close(): void {
    if (given) return;
    given = true;
    expiry.cancel();
    drop();
  }

  /** The session that waits, for good; null where it cannot be had. Rejects where no other one can be had either. */
  async function take(signal: AbortSignal): Promise<SpeechSession | null> {
    const mine = opening;
    given = true;
    expiry.cancel();
    again?.cancel();
    if (!mine) return null;
    const own = abort;
    const stop = () => own.abort(ABORTED);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return (await mine).take();
    } catch (error) {
      if (error instanceof ProviderError && !error.retryable) throw error;
      return null;
    }
  }

  const expiry = clock.setTimer(LONGEST_MS, close);
  open();
  return {
    model: {
      ...model,
      async open(options: SpeechSessionOptions) {
        const first = !given && options.resume === undefined && options.history.length === 0;
        if (first && sameSettings(settings, options)) return (await take(options.signal)) ?? model.open(options);
        close();
        return model.open(options);
      },
    },
    close,
  };
}

interface Waiting {
  readonly session: SpeechSession;
  /** For whoever leads the call; what it told meanwhile is told then. */
  take(): SpeechSession;
}

/** Listens to a session that nobody uses yet. `lost`: it ended, or is about to. */
function waitingSession(session: SpeechSession, lost: () => void): Waiting {
  const events = session[Symbol.asyncIterator]();
  const told: SpeechSessionEvent[] = [];
  let next = events.next();
  let taken = false;

  function listen(): void {
    next.then(
      ({ value, done }) => {
        if (taken) return;
        if (done || value.type === 'expiring') return lost();
        told.push(value);
        next = events.next();
        listen();
      },
      () => {
        if (!taken) lost();
      },
    );
  }
  listen();

  async function* all(): AsyncGenerator<SpeechSessionEvent> {
    yield* told;
    for (let result = await next; !result.done; result = await events.next()) yield result.value;
  }

  return {
    session,
    take() {
      taken = true;
      return Object.assign(Object.create(session) as SpeechSession, { [Symbol.asyncIterator]: all });
    },
  };
}
