import { createResampler, durationMs, type Resampler } from '../audio/index.ts';
import {
  ABORTED,
  type Clock,
  type Message,
  ProviderError,
  type SpeechSession,
  type SpeechSessionEvent,
  type SpeechToSpeech,
  type Timer,
} from '../ports/index.ts';
import type { RealtimeSettings } from './realtime-settings.ts';

/** A vendor that cannot be opened within this time is passed over. */
const OPEN_DEADLINE_MS = 5000;
/** Sound kept for the time until a session is open, and of the present turn for whoever takes over. */
const KEPT_MS = 15_000;
/** Between turns only what a detector may notice late. */
const KEPT_BETWEEN_MS = 1000;
/** A session that ends soon is changed when nobody speaks; this long before its end it is changed anyway. */
const CHANGE_BEFORE_MS = 1500;
const IDLE_CHECK_MS = 100;
/** Where no pause comes, the next session is told this long before the change what was said meanwhile. */
const TOLD_BEFORE_MS = 3000;

export interface RealtimeLineOptions {
  clock: Clock;
  model: SpeechToSpeech;
  settings: RealtimeSettings;
  /** What was said so far, without a turn of the caller's that is going on, for a session that follows another. */
  history(): readonly Message[];
  /** Changes when something was said to its end or answered: what `history` told before is not all any more. */
  progress(): number;
  /** Nobody is speaking or about to: the session may be changed unnoticed. */
  idle(): boolean;
  /** Tools run for the caller's present turn: a session that heard it again would call them again. */
  acting(): boolean;
  heard(event: Exclude<SpeechSessionEvent, { type: 'expiring' }>): void;
  /** A session took the place of another one, which took its unfinished replies with it. `again`: it hears the caller's present turn from its start. */
  changed(again: boolean): void;
  /** The session could not be had, or was lost. */
  lost(error: unknown): void;
  /** Sound that all sessions were sent, told when the line is closed. */
  sent(seconds: number): void;
}

/** The connection of a call to its realtime model: one session after the other, the next opened before the last one ends. */
export interface RealtimeLine {
  write(frame: Int16Array): void;
  /** Does something with the session: now, or as soon as it is open. */
  tell(run: (session: SpeechSession) => void): void;
  readonly open: boolean;
  /**
   * The session knows more than the caller has heard. Another one takes its place that knows what was heard: before it answers
   * the turn that is going on, if it is open by then, else in the next pause.
   */
  renew(): void;
  /** The caller's turn has begun: its sound is kept until it is answered. */
  keep(whole: boolean): void;
  /** The sound of the caller's turn that is not answered yet, in frames of the line. */
  readonly unanswered: readonly Int16Array[];
  close(): void;
}

/** Builds the line and begins to open its first session. */
export function createRealtimeLine(options: RealtimeLineOptions): RealtimeLine {
  const { clock, model, settings } = options;
  const { sampleRate } = settings;
  const waiting: ((session: SpeechSession) => void)[] = [];
  let session: SpeechSession | null = null;
  let resampler: Resampler | null = null;
  let abort = new AbortController();
  let timer: Timer | null = null;
  let kept: Int16Array[] = [];
  let keptMs = 0;
  let whole = false;
  let everOpen = false;
  let sentMs = 0;
  let closed = false;
  /** The session is to be replaced by one that knows only what was heard. */
  let stale = false;
  let renewing = false;
  /** The session that is to follow, open and waiting for a pause, and what belongs to its opening. */
  let next: SpeechSession | null = null;
  let succession: AbortController | null = null;
  let renewal: Timer | null = null;

  function trim(): void {
    const enoughMs = whole || !session ? KEPT_MS : KEPT_BETWEEN_MS;
    while (keptMs > enoughMs) keptMs -= durationMs(kept.shift()!.length, sampleRate);
  }

  function openSession(mine: AbortController, resume?: string): Promise<SpeechSession> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const deadline = clock.setTimer(OPEN_DEADLINE_MS, () =>
      reject(new ProviderError(model.id, 'timeout', 'The realtime session did not open in time.')),
    );
    const opening = model.open({
      ...settings,
      history: options.history(),
      ...(resume === undefined ? {} : { resume }),
      signal: mine.signal,
    });
    return Promise.race([opening, late]).finally(() => deadline.cancel());
  }

  function use(opened: SpeechSession, mine: AbortController, replay: boolean): void {
    session = opened;
    everOpen = true;
    abort = mine;
    resampler = opened.sampleRate === sampleRate ? null : createResampler(sampleRate, opened.sampleRate);
    if (replay) for (const frame of kept) hand(frame);
    for (const run of waiting.splice(0)) run(opened);
    void listen(opened, mine);
  }

  async function listen(opened: SpeechSession, mine: AbortController): Promise<void> {
    let failure: unknown = new ProviderError(model.id, 'unavailable', 'The realtime session ended.');
    try {
      for await (const event of opened) {
        if (closed || opened !== session) return;
        if (event.type === 'expiring') succeed(clock.now() + Math.max(0, event.inMs - CHANGE_BEFORE_MS), event.resume);
        else options.heard(event);
      }
    } catch (error) {
      failure = error;
    }
    if (opened === session && !mine.signal.aborted) lose(failure);
  }

  function lose(error: unknown): void {
    if (closed) return;
    close();
    options.lost(error);
  }

  /**
   * Opens the next session at once and changes to it in the next pause. What was said since it was opened it does not know: then
   * another one is opened, which is told.
   */
  function succeed(atLatest: number, resume?: string): void {
    timer?.cancel();
    next?.close();
    next = null;
    const old = session;
    const mine = new AbortController();
    succession = mine;
    const told = JSON.stringify(options.history());
    const superseded = () => closed || session !== old || succession !== mine;
    const whenIdle = (opened: SpeechSession) => {
      if (superseded()) {
        opened.close();
        return;
      }
      const leftMs = atLatest - clock.now();
      const idle = options.idle();
      if (leftMs > 0 && (idle || leftMs <= TOLD_BEFORE_MS) && JSON.stringify(options.history()) !== told) succeed(atLatest);
      else if (leftMs > 0 && !idle) timer = clock.setTimer(IDLE_CHECK_MS, () => whenIdle(opened));
      else {
        next = null;
        change(opened, mine);
      }
    };
    // What the vendor would resume is what must not be known.
    openSession(mine, stale ? undefined : resume).then(
      (opened) => {
        if (!superseded()) next = opened;
        whenIdle(opened);
      },
      () => {
        // The session that is there still works: it is asked once more before it ends, and then its end is its failure.
        mine.abort(ABORTED);
        const leftMs = atLatest - clock.now();
        // It may have been what it was to resume that was refused.
        if (!superseded() && leftMs > OPEN_DEADLINE_MS) timer = clock.setTimer(leftMs / 2, () => succeed(atLatest));
      },
    );
  }

  /** The next session takes the place of the one that is there. */
  function change(opened: SpeechSession, mine: AbortController): void {
    const old = session;
    session = null;
    abort.abort(ABORTED);
    old?.close();
    stale = false;
    const again = whole && !options.acting();
    use(opened, mine, again);
    options.changed(again);
  }

  function renew(): void {
    stale = true;
    const old = session;
    if (renewing || closed || !old) return;
    renewing = true;
    const mine = new AbortController();
    const known = options.progress();
    openSession(mine).then(
      (opened) => {
        renewing = false;
        if (closed || session !== old) {
          opened.close();
          return;
        }
        // It has heard nothing of what came meanwhile.
        if (options.progress() !== known) {
          opened.close();
          renewWhenIdle(old);
          return;
        }
        change(opened, mine);
      },
      () => {
        // Better one that knows too much than none.
        renewing = false;
        mine.abort(ABORTED);
      },
    );
  }

  function renewWhenIdle(old: SpeechSession): void {
    renewal = clock.setTimer(IDLE_CHECK_MS, () => {
      if (closed || session !== old || !stale) return;
      if (options.idle()) renew();
      else renewWhenIdle(old);
    });
  }

  function hand(frame: Int16Array): void {
    if (!session) return;
    sentMs += durationMs(frame.length, sampleRate);
    session.write(resampler ? resampler.process(frame) : frame);
  }

  function close(): void {
    closed = true;
    timer?.cancel();
    renewal?.cancel();
    abort.abort(ABORTED);
    succession?.abort(ABORTED);
    next?.close();
    session?.close();
    session = null;
    waiting.length = 0;
    if (sentMs > 0) options.sent(sentMs / 1000);
  }

  const first = abort;
  openSession(first).then(
    (opened) => {
      if (closed) return opened.close();
      use(opened, first, true);
      trim();
      // Something was said while it was being opened.
      if (stale) renew();
    },
    (error: unknown) => lose(error),
  );

  return {
    write(frame) {
      kept.push(frame.slice());
      keptMs += durationMs(frame.length, sampleRate);
      trim();
      if (!closed) hand(frame);
    },
    tell(run) {
      if (session) run(session);
      else if (!closed) waiting.push(run);
    },
    get open() {
      return session !== null;
    },
    renew,
    keep(wanted) {
      whole = wanted;
      trim();
    },
    get unanswered() {
      return whole || !everOpen ? [...kept] : [];
    },
    close() {
      if (!closed) close();
      kept = [];
      keptMs = 0;
    },
  };
}
