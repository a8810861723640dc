import type { Clock } from '@talkturo/voice';
import type { RawData, WebSocket } from 'ws';
import { keepAlive } from '../media-socket/keep-alive.ts';
import { createMediaLimits } from '../media-socket/media-limits.ts';
import { MAX_MESSAGE_BYTES } from '../media-socket/media-message.ts';
import type { WebCodec } from './web-format.ts';
import {
  bytesOfBase64,
  type ClientMessage,
  type Hello,
  parseClientMessage,
  type ToldMessage,
  WEB_CLOSE,
  WEB_PROTOCOL,
  type WebErrorCode,
} from './web-message.ts';

/** What comes over one connection of a web call. */
export interface WebConnectionListener {
  /** The first message; sound may follow. */
  hello(said: Hello): void;
  /** Sound of at most a second, PCM16. */
  sound(pcm: Int16Array): void;
  said(message: Exclude<ClientMessage, { type: 'hello' | 'audio' | 'ping' }>): void;
  /** Once. `lost`: the network let go of it, the caller may come back. A sentence says what broke the protocol. */
  closed(how: 'hangup' | 'lost' | 'protocol', sentence?: string): void;
}

/** One socket of a web call. The call outlives it where it breaks. */
export interface WebConnection {
  tell(message: ToldMessage): void;
  /** Codec bytes, which belong to the socket from now on. */
  sound(bytes: Buffer): void;
  /** Says why and ends it; `closed` is not called. */
  end(code: number, error?: { code: WebErrorCode; message: string }): void;
}

/** Whoever connects says hello right away. */
const HELLO_WITHIN_MS = 10_000;
/** Half a minute of 16 kHz sound that the other side has not taken: it no longer reads. */
const MAX_UNSENT_BYTES = 1024 * 1024;
/** What a closed socket still gets to take its leave. */
const LEAVE_MS = 1000;
const MAX_SOUND_MS = 1000;
const BINARY = { binary: true };
/** How `ws` names messages that it does not take: too long, or not as RFC 6455 wants them. */
const TOO_LONG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
const NO_WEBSOCKET = /^WS_ERR_/;

/** Reads and writes the messages of docs/web-calls.md on an accepted socket. Garbage is answered; too much of it ends the call. */
export function openWebConnection(socket: WebSocket, codec: WebCodec, clock: Clock, listener: WebConnectionListener): WebConnection {
  const limits = createMediaLimits(clock);
  let greeted = false;
  let base64 = false;
  let over = false;

  const leave = () => {
    over = true;
    helloTimer.cancel();
    alive.stop();
    socket.off('message', onMessage);
  };
  const close = (how: 'hangup' | 'lost' | 'protocol', code: number, sentence?: string) => {
    if (over) return;
    leave();
    if (how === 'lost') socket.terminate();
    else {
      socket.close(code);
      // A flood must cost nothing once it is refused: a rule-breaker is not even read any more.
      if (how === 'protocol') socket.pause();
      clock.setTimer(LEAVE_MS, () => socket.terminate());
    }
    listener.closed(how, sentence);
  };
  const tell = (message: ToldMessage) => {
    if (over || socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(message));
    if (socket.bufferedAmount > MAX_UNSENT_BYTES) close('lost', WEB_CLOSE.normal);
  };
  /** The rules are broken for good. @param sentence which of them, for the call's record */
  const breach = (sentence: string) => close('protocol', WEB_CLOSE.protocol, sentence);
  const refuse = (code: WebErrorCode, message: string) => {
    tell({ type: 'error', code, message });
    if (!limits.garbage()) breach('The caller’s program sent too much that is not of the protocol of web calls.');
  };
  const refuseVersion = (version: number) => {
    tell({ type: 'error', code: 'wrong_version', message: `This server speaks version ${WEB_PROTOCOL} of the protocol.` });
    breach(`The caller’s program speaks version ${version} of the protocol of web calls; this server speaks version ${WEB_PROTOCOL}.`);
  };

  const takeSound = (bytes: Buffer | null) => {
    if (!greeted) return refuse('no_hello', 'Say hello before sound.');
    const pcm = bytes && bytes.length > 0 ? codec.decode(bytes) : null;
    const ms = pcm ? (pcm.length * 1000) / codec.sampleRate : 0;
    if (!pcm || ms > MAX_SOUND_MS)
      return refuse('bad_audio', 'Sound must be whole samples of the agreed format, at most a second in one message.');
    if (limits.sound(ms)) return listener.sound(pcm);
    const { tell: now, tooMuch } = limits.flooded();
    if (now) tell({ type: 'error', code: 'too_fast', message: 'Sound came faster than real time and was dropped.' });
    if (tooMuch) breach('The caller’s program kept sending sound faster than real time.');
  };

  const onMessage = (data: RawData, binary: boolean) => {
    if (!Buffer.isBuffer(data)) return refuse('bad_message', 'This message cannot be read.');
    if (binary) return takeSound(data);
    const parsed = parseClientMessage(data);
    if ('problem' in parsed) return refuse('bad_message', parsed.problem);
    if ('version' in parsed) return refuseVersion(parsed.version);
    const { message } = parsed;
    if (message.type === 'audio') return takeSound(bytesOfBase64(message.audio));
    if (!limits.small()) return refuse('bad_message', 'These were too many messages at once; this one was not taken.');
    if (message.type === 'ping') return tell({ type: 'pong', id: message.id });
    if (message.type !== 'hello') return greeted ? listener.said(message) : refuse('no_hello', 'Say hello first.');
    if (greeted) return refuse('bad_message', 'Hello was said already.');
    greeted = true;
    base64 = message.sound === 'base64';
    helloTimer.cancel();
    listener.hello(message);
  };

  const helloTimer = clock.setTimer(HELLO_WITHIN_MS, () => {
    tell({ type: 'error', code: 'no_hello', message: 'Nobody said hello.' });
    breach('The caller’s program connected and did not say hello within 10 seconds.');
  });
  const alive = keepAlive(socket, clock, () => close('lost', WEB_CLOSE.normal));
  socket.on('message', onMessage);
  // Of a network that lets go `close` follows and says what it means.
  socket.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === TOO_LONG) breach(`The caller’s program sent a message of more than ${MAX_MESSAGE_BYTES / 1024} KiB.`);
    else if (code && NO_WEBSOCKET.test(code)) breach('The caller’s program sent what is no message of a WebSocket.');
  });
  socket.on('close', (code) => {
    if (over) return;
    leave();
    listener.closed(code === WEB_CLOSE.normal || code === WEB_CLOSE.goingAway ? 'hangup' : 'lost');
  });

  return {
    tell,
    sound(bytes) {
      if (over || socket.readyState !== socket.OPEN) return;
      if (base64) socket.send(`{"type":"audio","audio":"${bytes.toString('base64')}"}`);
      else socket.send(bytes, BINARY);
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) close('lost', WEB_CLOSE.normal);
    },
    end(code, error) {
      if (over) return;
      if (error) tell({ type: 'error', ...error });
      leave();
      socket.close(code);
      clock.setTimer(LEAVE_MS, () => socket.terminate());
    },
  };
}
