import { type Clock, createFramer, decodeAlaw, decodeUlaw, type Leg, type LegCloseReason, type LegListener } from '@talkturo/voice';
import type { RawData, WebSocket } from 'ws';
import { createAllowance } from './allowance.ts';
import { createInbox } from './inbox.ts';
import { keepAlive } from './keep-alive.ts';
import { createMediaFrame, decodeBase64, type MediaFrame, readMediaFrame } from './media-frame.ts';
import {
  type Encoding,
  encodingOf,
  errorMessage,
  type FrameErrorTitle,
  type NetworkMessage,
  parseNetworkMessage,
  type StartMessage,
} from './media-message.ts';
import { createReorder } from './reorder.ts';
import { createSoundWriter } from './sound-message.ts';

const SAMPLE_RATE = 8000;
const FRAME_SAMPLES = 160;

/** What went over a media socket, for the log. */
export interface MediaCounts {
  /** Frames handed to the listener. */
  frames: number;
  /** Frames refused because they came faster than sound can. */
  flooded: number;
  /** Messages that were not of the framing. */
  garbage: number;
  /** Frames that came too late to be in order, or twice. */
  late: number;
}

export interface MediaLegOptions {
  clock: Clock;
  /** Codec of the sound towards the network. */
  sendEncoding: Encoding;
  /** Tell the other side about frames that cannot be taken. */
  answerErrors: boolean;
  /** The network has said what the call is and how it sounds: here is its leg. */
  onStart(leg: Leg, start: StartMessage): void;
  /** The socket is done with, once; also when it never came to a start. */
  onClosed(reason: LegCloseReason, counts: MediaCounts): void;
  /** Ends the call at the carrier. */
  hangup(): void;
  /** Presses keys at the carrier. */
  sendDigits?(digits: string): void;
}

/** The network says what the call is right after connecting; a socket that does not is nobody's. */
const START_WITHIN_MS = 10_000;
/** Sound may come this much ahead of real time: what a stalled network delivers at once. */
const SOUND_AHEAD_MS = 3000;
/** A little over real time, for the two clocks differ. */
const SOUND_MS_PER_SECOND = 1100;
/** Frames refused for coming too fast (20 s of sound) before the socket is closed. */
const MAX_FLOODED = 1000;
/** Garbage answered and borne: so many at once, so many a second for ever. */
const GARBAGE_AT_ONCE = 20;
const GARBAGE_PER_SECOND = 1;
/** Messages that are not sound: keys, marks. */
const SMALL_AT_ONCE = 100;
const SMALL_PER_SECOND = 20;
/** Half a minute of sound that the other side has not taken: it no longer reads. */
const MAX_UNSENT_BYTES = 512 * 1024;
/** WebSocket close codes (RFC 6455 section 7.4.1); a browser whose page is left says "going away". */
const NORMAL = 1000;
const GOING_AWAY = 1001;
const POLICY = 1008;
/** What a closed socket still gets to take its leave. */
const LEAVE_MS = 1000;
const TEXT = { binary: false };

/** Reading is synchronous from message to listener, so that all legs read into the same memory. */
const frame = createMediaFrame();
const pcm = new Int16Array(frame.payload.length);
const wholeFrame = pcm.subarray(0, FRAME_SAMPLES);

/**
 * Our end of a media socket in the framing of Telnyx media streaming: JSON text messages, base64 G.711, 20 ms. Frames reach the listener
 * in order, 20 ms each, no faster than real time allows. Garbage is answered with an error frame; too much of it closes the leg with
 * `protocol`.
 */
export const openMediaLeg = (socket: WebSocket, options: MediaLegOptions): { close(reason: LegCloseReason): void } => {
  const { clock } = options;
  const counts: MediaCounts = { frames: 0, flooded: 0, garbage: 0, late: 0 };
  const sound = createAllowance(SOUND_AHEAD_MS, SOUND_MS_PER_SECOND, clock.now());
  const garbage = createAllowance(GARBAGE_AT_ONCE, GARBAGE_PER_SECOND, clock.now());
  const small = createAllowance(SMALL_AT_ONCE, SMALL_PER_SECOND, clock.now());
  const tellOfFlood = createAllowance(1, 1, clock.now());
  const writeSound = createSoundWriter(options.sendEncoding, FRAME_SAMPLES);
  const inbox = createInbox(FRAME_SAMPLES);
  const framer = createFramer(FRAME_SAMPLES, (pcm) => {
    counts.frames += 1;
    inbox.frame(pcm);
  });
  let decode: typeof decodeUlaw = decodeUlaw;
  let streamId = '';
  let started = false;
  let closed = false;

  const reorder = createReorder((bytes, length) => {
    const part = length === FRAME_SAMPLES ? wholeFrame : pcm.subarray(0, length);
    decode(bytes, part);
    framer.push(part);
  });

  const close = (reason: LegCloseReason) => {
    if (closed) return;
    closed = true;
    startTimer.cancel();
    alive.stop();
    counts.late = reorder.late;
    socket.off('message', onMessage);
    if (reason === 'lost') socket.terminate();
    else {
      socket.close(reason === 'protocol' ? POLICY : NORMAL);
      // What still comes is not even read: a flood must cost nothing once it is refused.
      if (reason === 'protocol') socket.pause();
      clock.setTimer(LEAVE_MS, () => socket.terminate());
    }
    // Not within the caller's own call: a session that hangs up is not to be re-entered.
    queueMicrotask(() => inbox.closed(reason));
    options.onClosed(reason, counts);
  };

  const refuse = (title: FrameErrorTitle, detail: string) => {
    counts.garbage += 1;
    if (options.answerErrors) socket.send(errorMessage(streamId, title, detail));
    if (!garbage.take(1, clock.now())) close('protocol');
  };

  const takeSound = (heard: MediaFrame) => {
    if (!started) return refuse('malformed_frame', 'Sound came before the start message.');
    if (!heard.inbound) return;
    const now = clock.now();
    if (!sound.take((heard.length / SAMPLE_RATE) * 1000, now)) {
      counts.flooded += 1;
      if (options.answerErrors && tellOfFlood.take(1, now)) {
        socket.send(errorMessage(streamId, 'rate_limit_reached', 'Sound came faster than real time.'));
      }
      if (counts.flooded > MAX_FLOODED) close('protocol');
      return;
    }
    reorder.take(heard.chunk, heard.payload, heard.length);
  };

  const leg: Leg = {
    sampleRate: SAMPLE_RATE,
    start: (listener: LegListener) => inbox.open(listener),
    send(samples) {
      if (closed || samples.length === 0) return;
      socket.send(writeSound(samples), TEXT);
      if (socket.bufferedAmount > MAX_UNSENT_BYTES) close('lost');
    },
    clear() {
      if (!closed) socket.send('{"event":"clear"}');
    },
    hangup() {
      if (closed) return;
      close('local');
      options.hangup();
    },
    ...(options.sendDigits && { sendDigits: options.sendDigits }),
  };

  const takeStart = (message: StartMessage) => {
    if (started) return refuse('malformed_frame', 'The stream has already started.');
    const encoding = encodingOf(message);
    if (!encoding) {
      refuse('invalid_media', 'Only PCMU and PCMA at 8000 Hz with one channel are taken.');
      return close('protocol');
    }
    started = true;
    startTimer.cancel();
    streamId = message.stream_id;
    decode = encoding === 'PCMA' ? decodeAlaw : decodeUlaw;
    options.onStart(leg, message);
  };

  const takeMessage = (message: NetworkMessage) => {
    if (message.event === 'start') return takeStart(message);
    if (message.event === 'stop') {
      reorder.flush();
      return close('hangup');
    }
    if (message.event === 'dtmf' && started) return inbox.digit(message.dtmf.digit);
    if (message.event !== 'media') return;
    const { payload, track, chunk } = message.media;
    const letters = Buffer.from(payload, 'latin1');
    if (!decodeBase64(letters, 0, letters.length, frame)) return refuse('invalid_media', 'The payload is not base64 sound.');
    frame.inbound = track === 'inbound';
    frame.chunk = chunk === undefined ? -1 : Number(chunk);
    takeSound(frame);
  };

  const onMessage = (data: RawData, binary: boolean) => {
    if (binary || !Buffer.isBuffer(data)) return refuse('malformed_frame', 'Messages are JSON text.');
    const verdict = readMediaFrame(data, frame);
    if (verdict === 'media') return takeSound(frame);
    if (verdict === 'invalid') return refuse('invalid_media', 'The payload is not base64 sound.');
    if (!small.take(1, clock.now())) return refuse('rate_limit_reached', 'Too many messages.');
    const message = parseNetworkMessage(data);
    if (!message) return refuse('malformed_frame', 'The message is not of the media framing.');
    takeMessage(message);
  };

  const startTimer = clock.setTimer(START_WITHIN_MS, () => close('protocol'));
  const alive = keepAlive(socket, clock, () => close('lost'));
  socket.on('message', onMessage);
  socket.on('error', () => close('protocol'));
  // A far end that closes properly has hung up; one that vanishes is lost.
  socket.on('close', (code) => close(code === NORMAL || code === GOING_AWAY ? 'hangup' : 'lost'));
  return { close };
};
