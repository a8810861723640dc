import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { createMediaFrame, readMediaFrame } from './media-frame.ts';
import type { Encoding } from './media-framing.ts';
import { MAX_MESSAGE_BYTES, parseAppMessage, TOKEN_HEADER } from './media-message.ts';
import { createPlayout } from './playout.ts';
import { silenceByte } from './sound-message.ts';

/** The network's end of a media socket: it connects, says what the call is, sends what the person says and plays what the app sends. */
export interface NetworkEnd {
  /** Sends 20 ms of the person's sound: base64 of codec bytes. Dropped while the socket is not open. */
  send(payload: string): void;
  /** A key the person pressed: one of 0-9 * # A-D. */
  press(digit: string): void;
  /** Fills the frame with the next 20 ms of what the app wants heard, as codec bytes; false when there is nothing. */
  hear(frame: Uint8Array): boolean;
  /** Sound of the app not yet played, in ms. */
  readonly waitingMs: number;
  /** The person hangs up: the app is told that the stream stops. Safe to call twice. */
  hangup(): void;
}

export interface NetworkEndOptions {
  /** ws: or wss: address of the app's media socket. */
  url: string;
  /** Proof that the socket belongs to the call, where it is not in the address. */
  token?: string;
  callRef: string;
  from: string;
  to: string;
  /** Codec of both directions. */
  encoding: Encoding;
  /** The socket does not leave this machine: its bytes need no masking. */
  loopback?: boolean;
  onOpen(): void;
  /** The socket is over, once: the app closed it, it broke, or it never opened. The sentence says which. */
  onClosed(why: string): void;
}

/** A minute of sound may wait to be played; the network refuses more. */
const MAX_WAITING_BYTES = 60 * 8000;
const BYTES_PER_MS = 8;
const FRAME_MS = 20;
const OPEN_WITHIN_MS = 10_000;
/** The far side reads nothing any more: a minute of sound unsent. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Reading is synchronous, so that all ends read into the same memory. */
const frame = createMediaFrame();

/** Masking protects intermediaries (RFC 6455 section 10.3); on a loopback there is none, and the zero mask costs nothing. */
const zeroMask = (mask: Buffer) => mask.fill(0);

/** Connects to the app's media socket as a telephone network does. */
export const openNetworkEnd = (options: NetworkEndOptions): NetworkEnd => {
  const { encoding, callRef } = options;
  const streamId = callRef;
  const client: ClientOptions = {
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: OPEN_WITHIN_MS,
    skipUTF8Validation: true,
    ...(options.token && { headers: { [TOKEN_HEADER]: options.token } }),
    ...(options.loopback && { generateMask: zeroMask }),
  };
  const socket = new WebSocket(options.url, client);
  const playout = createPlayout(silenceByte(encoding), MAX_WAITING_BYTES);
  const head = `","stream_id":${JSON.stringify(streamId)},"media":{"track":"inbound","chunk":"`;
  let sequence = 0;
  let chunk = 0;
  let over = false;
  let failure = '';

  const end = (why: string) => {
    if (over) return;
    over = true;
    playout.clear();
    options.onClosed(why);
  };

  const say = (event: string, body: object) => {
    sequence += 1;
    socket.send(JSON.stringify({ event, sequence_number: String(sequence), stream_id: streamId, ...body }));
  };

  const onMessage = (data: RawData) => {
    if (!Buffer.isBuffer(data)) return;
    const verdict = readMediaFrame(data, frame);
    if (verdict === 'media') {
      playout.push(frame.payload, frame.length);
      return;
    }
    const message = verdict === 'other' ? parseAppMessage(data) : null;
    if (message?.event === 'clear') playout.clear();
    else if (message?.event === 'mark') {
      playout.mark(() => {
        if (socket.readyState === socket.OPEN) say('mark', { mark: message.mark });
      });
    }
  };

  socket.on('open', () => {
    socket.send('{"event":"connected","version":"1.0.0"}');
    say('start', {
      start: {
        call_control_id: callRef,
        from: options.from,
        to: options.to,
        media_format: { encoding, sample_rate: 8000, channels: 1 },
      },
    });
    options.onOpen();
  });
  socket.on('message', onMessage);
  socket.on('error', (error) => {
    failure = error.message;
  });
  socket.on('close', (code) => end(failure || `closed with code ${code}`));

  return {
    send(payload) {
      if (over || socket.readyState !== socket.OPEN) return;
      sequence += 1;
      chunk += 1;
      socket.send(
        `{"event":"media","sequence_number":"${sequence}${head}${chunk}","timestamp":"${(chunk - 1) * FRAME_MS}","payload":"${payload}"}}`,
      );
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) socket.terminate();
    },
    press(digit) {
      if (!over && socket.readyState === socket.OPEN) say('dtmf', { occurred_at: new Date().toISOString(), dtmf: { digit } });
    },
    hear: (into) => playout.take(into),
    get waitingMs() {
      return playout.waitingBytes / BYTES_PER_MS;
    },
    hangup() {
      if (over) return;
      if (socket.readyState === socket.OPEN) say('stop', { stop: { call_control_id: callRef } });
      socket.close(1000);
      end('hung up');
    },
  };
};
