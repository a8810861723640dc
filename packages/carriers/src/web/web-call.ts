import { type Clock, createFramer, durationMs, type Leg, type LegCloseReason, samplesPerFrame, type Timer } from '@talkturo/voice';
import type { WebSocket } from 'ws';
import { createInbox } from '../media-socket/inbox.ts';
import { openWebConnection, type WebConnection } from './web-connection.ts';
import { WEB_CODECS, type WebFormat } from './web-format.ts';
import { type ToldMessage, WEB_CLOSE, WEB_PROTOCOL, type WebErrorCode } from './web-message.ts';

/** What happens to a web call beside its sound; for the call's log. */
export type WebHappening = 'connection_lost' | 'connection_resumed' | 'muted' | 'unmuted';

export interface WebCallOptions {
  clock: Clock;
  format: WebFormat;
  /** Our id of the call, for the caller to know it. */
  callId: string | null;
  /** How long a broken connection may be taken up again. */
  graceMs: number;
  /** A ticket for coming back. */
  renew(): { token: string; nonce: string };
  /** The caller's program has connected and said hello, for the first time. */
  connected(): void;
  /** Hello was said and answered, each time. */
  greeted(): void;
  observe(happening: WebHappening): void;
  /** The caller's side is over, once: `how` as a leg closes, with a sentence where its program broke the rules. */
  gone(how: Exclude<LegCloseReason, 'local'>, sentence?: string): void;
  /** Our side hangs up. */
  hangup(): void;
}

/** One web call: a leg that outlives its sockets. */
export interface WebCall {
  readonly leg: Leg;
  /** A socket that has proved to belong to this call. */
  connect(socket: WebSocket): void;
  /** The connection is broken and may still be taken up again; after the end of the call, to hear how it ended. */
  readonly away: boolean;
  /** Whether a ticket with this nonce lets one in now. */
  takes(nonce: string): boolean;
  /** The call is answered: sound flows. */
  answer(): void;
  /** Tells the caller's program something; with a `seq` it is told again after a reconnect. */
  tell(message: ToldMessage): void;
  /** The leg is over: no more sound. What is still told reaches the caller until `dismiss`, also one who only then comes back. */
  close(reason: LegCloseReason): void;
  /** Lets go of the caller. */
  dismiss(error?: { code: WebErrorCode; message: string }): void;
}

/** Sound of so long is kept for a caller whose connection is broken; older is given up, or the call would lag behind by it. */
const MAX_HELD_MS = 2000;
/** Messages kept for being told again: some minutes of a lively conversation. */
const MAX_KEPT = 300;

/** @param ticket the nonce of the first ticket. */
export function createWebCall(options: WebCallOptions, ticket: string): WebCall {
  const { clock } = options;
  const codec = WEB_CODECS[options.format];
  const frameSamples = samplesPerFrame(codec.sampleRate);
  const inbox = createInbox();
  const framer = createFramer(frameSamples, (pcm) => inbox.frame(pcm));
  /** The nonces that let one in: the newest, and the one before until its successor has surely arrived. */
  let nonces = [ticket];
  let connection: WebConnection | null = null;
  let greeted = false;
  let answered = false;
  let muted = false;
  let over = false;
  let grace: Timer | null = null;
  let held: Buffer[] = [];
  let heldMs = 0;
  let kept: ToldMessage[] = [];

  const dropHeld = () => {
    held = [];
    heldMs = 0;
  };
  const hold = (bytes: Buffer, ms: number) => {
    held.push(bytes);
    heldMs += ms;
    while (heldMs > MAX_HELD_MS) heldMs -= durationMs(held.shift()!.length / codec.bytesPerSample, codec.sampleRate);
  };
  const setMuted = (now: boolean) => {
    if (now !== muted) options.observe(now ? 'muted' : 'unmuted');
    muted = now;
  };
  const gone = (how: Exclude<LegCloseReason, 'local'>, sentence?: string) => {
    if (!over) options.gone(how, sentence);
  };

  const greet = (mine: WebConnection, after: number) => {
    const { token, nonce } = options.renew();
    nonces = greeted ? [nonce, ...nonces.slice(0, 1)] : [nonce];
    mine.tell({
      type: 'ready',
      version: WEB_PROTOCOL,
      callId: options.callId,
      format: { encoding: codec.encoding, sampleRate: codec.sampleRate, channels: 1 },
      frameMs: 20,
      resumed: greeted,
      resume: { token, withinMs: options.graceMs },
    });
    for (const message of kept) if ((message.seq ?? 0) > after) mine.tell(message);
    for (const bytes of held) mine.sound(bytes);
    dropHeld();
    if (!greeted) options.connected();
    else if (!over) options.observe('connection_resumed');
    greeted = true;
  };

  const leg: Leg = {
    sampleRate: codec.sampleRate,
    start: (listener) => inbox.open(listener),
    send(pcm) {
      if (over || pcm.length === 0) return;
      const bytes = codec.encode(pcm);
      if (connection) connection.sound(bytes);
      else hold(bytes, durationMs(pcm.length, codec.sampleRate));
    },
    clear() {
      dropHeld();
      connection?.tell({ type: 'clear' });
    },
    hangup() {
      if (!over) options.hangup();
    },
    sendDigits: (digits) => connection?.tell({ type: 'digits', digits }),
  };

  return {
    leg,
    get away() {
      return greeted && connection === null && nonces.length > 0;
    },
    takes: (nonce) => nonces.includes(nonce),
    connect(socket) {
      // The newest wins: the one before may be half dead without anybody having noticed.
      connection?.end(WEB_CLOSE.replaced, { code: 'replaced', message: 'This call is connected elsewhere now.' });
      grace?.cancel();
      // A first ticket is good once; one for coming back until its successor has surely arrived.
      if (!greeted) nonces = [];
      const mine = openWebConnection(socket, codec, clock, {
        hello(said) {
          setMuted(said.muted);
          greet(mine, said.after);
          options.greeted();
        },
        sound(pcm) {
          nonces = nonces.slice(0, 1);
          if (!muted && answered && !over) framer.push(pcm);
        },
        said(message) {
          nonces = nonces.slice(0, 1);
          if (message.type === 'hangup') gone('hangup');
          else if (message.type === 'mute') setMuted(message.muted);
          else if (!over) for (const digit of message.digits) inbox.digit(digit);
        },
        closed(how, sentence) {
          if (connection !== mine) return;
          connection = null;
          if (how !== 'lost') return gone(how, sentence);
          // Who never came to a hello has no ticket to come back with.
          if (!greeted) return gone(how, 'The caller’s program connected and was gone before it said hello.');
          if (over) return;
          options.observe('connection_lost');
          grace = clock.setTimer(options.graceMs, () => gone('lost'));
        },
      });
      connection = mine;
    },
    answer() {
      answered = true;
    },
    tell(message) {
      if (message.seq) {
        kept.push(message);
        if (kept.length > MAX_KEPT) kept = kept.slice(-MAX_KEPT);
      }
      connection?.tell(message);
    },
    close(reason) {
      if (over) return;
      over = true;
      grace?.cancel();
      if (connection !== null || reason === 'lost') nonces = [];
      dropHeld();
      // Not within the session's own call: one that hangs up is not to be re-entered.
      queueMicrotask(() => inbox.closed(reason));
    },
    dismiss(error) {
      nonces = [];
      connection?.end(WEB_CLOSE.normal, error);
      connection = null;
    },
  };
}
