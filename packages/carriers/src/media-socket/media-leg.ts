import type { Clock, Leg, LegCloseReason, LegListener, Timer } from '@talkturo/voice';
import type { RawData, WebSocket } from 'ws';
import { createInbox } from './inbox.ts';
import { keepAlive } from './keep-alive.ts';
import { createMediaFrame, decodeBase64, type MediaFrame, readMediaFrame } from './media-frame.ts';
import type { FrameErrorTitle, MediaEncoding, MediaFraming } from './media-framing.ts';
import { createMediaLimits } from './media-limits.ts';
import { createSampleOrder, type SampleOrderOptions } from './sample-order.ts';
import { bytesPerSecond, rateOf } from './sound-codec.ts';
import { createSoundIntake, type SoundIntake } from './sound-intake.ts';
import { createSoundWriter } from './sound-message.ts';

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

export interface MediaLegOptions<Start> {
  clock: Clock;
  /** The vendor's words. */
  framing: MediaFraming<Start>;
  /** Codec of the sound towards the network. */
  sendEncoding: MediaEncoding;
  /** How the bytes of L16 come and go; left out where a carrier speaks none. */
  sampleOrder?: SampleOrderOptions;
  /** Tell the other side about frames that cannot be taken, where the framing can. */
  answerErrors: boolean;
  /** The network has said what the call is and how it sounds: here is its leg. */
  onStart(leg: Leg, start: Start): void;
  /** The socket is done with, once; also when it never came to a start. */
  onClosed(reason: LegCloseReason, counts: MediaCounts): void;
  /** Ends the call at the carrier. */
  hangup(): void;
  /** The call goes on at the carrier without this socket; left out where the carrier cannot do that. */
  release?(): void;
  /** The other side could not take something of ours: told once a socket. */
  complained?(title: string): void;
  /** Presses keys at the carrier. */
  sendDigits?(digits: string): void;
  /**
   * The socket has ended in order. True where the call may go on without it: the leg then stays open, silent, until it is closed or
   * released, at most for a while.
   */
  lingers?(): boolean;
}

/** A media socket of ours. */
export interface MediaSocket {
  close(reason: LegCloseReason): void;
  /** Resolves when everything sent so far has been played or dropped, or the leg is closed. */
  played(): Promise<void>;
  /** Whether the socket has not ended. */
  readonly flows: boolean;
}

/** The network says what the call is right after connecting; a socket that does not is nobody's. */
const START_WITHIN_MS = 10_000;
/** Who waits for the outcome of a transfer is told of it by then: the server lets one ring for 25 s, and gives it up after 40. */
const LINGER_MS = 60_000;
/** Half a minute of sound that the other side has not taken: it no longer reads. */
const MAX_UNSENT_BYTES = 512 * 1024;
/** WebSocket close codes (RFC 6455 section 7.4.1); a browser whose page is left says "going away". */
const NORMAL = 1000;
const GOING_AWAY = 1001;
const POLICY = 1008;
/** What a closed socket still gets to take its leave. */
const LEAVE_MS = 1000;
const TEXT = { binary: false };

/** Reading is synchronous, so that all legs read into the same memory. */
const frame = createMediaFrame();

/** Ends a socket for a reason. A flood must cost nothing once it is refused, so a rule-breaker is not even read any more. */
const leave = (socket: WebSocket, reason: LegCloseReason, clock: Clock): void => {
  if (reason === 'lost') {
    socket.terminate();
    return;
  }
  socket.close(reason === 'protocol' ? POLICY : NORMAL);
  if (reason === 'protocol') socket.pause();
  clock.setTimer(LEAVE_MS, () => socket.terminate());
};

/**
 * Our end of a media socket: JSON text messages, base64 sound of any length. Frames reach the listener in order, 20 ms each, no faster than
 * real time allows. Garbage is answered with an error frame; too much of it closes the leg with `protocol`.
 */
export const openMediaLeg = <Start>(socket: WebSocket, options: MediaLegOptions<Start>): MediaSocket => {
  const { clock, framing } = options;
  const counts: MediaCounts = { frames: 0, flooded: 0, garbage: 0, late: 0 };
  const limits = createMediaLimits(clock);
  const inbox = createInbox();
  const order = createSampleOrder(options.sampleOrder ?? { likely: 'big' });
  let streamId = '';
  /** Set by the start message. */
  let intake: SoundIntake | null = null;
  let bytesPerMs = 8;
  let closed = false;
  /** Set once the socket has ended and the leg has not. */
  let lingering: Timer | null = null;
  const marks = new Map<string, () => void>();
  let marked = 0;
  let complained = false;

  const close = (reason: LegCloseReason) => {
    if (closed) return;
    closed = true;
    startTimer.cancel();
    lingering?.cancel();
    alive.stop();
    for (const reached of marks.values()) reached();
    counts.late = intake?.late ?? 0;
    socket.off('message', onMessage);
    leave(socket, reason, clock);
    // Not within the caller's own call: a session that hangs up is not to be re-entered.
    queueMicrotask(() => inbox.closed(reason));
    options.onClosed(reason, counts);
  };

  /** The other side has ended the socket as it should. */
  const ended = () => {
    if (closed || lingering) return;
    if (!options.lingers?.()) return close('hangup');
    alive.stop();
    lingering = clock.setTimer(LINGER_MS, () => close('hangup'));
    socket.close(NORMAL);
  };

  const answerError = (title: FrameErrorTitle, detail: string) => {
    if (options.answerErrors && framing.error) socket.send(framing.error(streamId, title, detail));
  };

  const refuse = (title: FrameErrorTitle, detail: string) => {
    counts.garbage += 1;
    answerError(title, detail);
    if (!limits.garbage()) close('protocol');
  };

  const refuseFlood = () => {
    counts.flooded += 1;
    const { tell, tooMuch } = limits.flooded();
    if (tell) answerError('rate_limit_reached', 'Sound came faster than real time.');
    if (tooMuch) close('protocol');
  };

  const takeSound = (heard: MediaFrame) => {
    if (!intake) return refuse('malformed_frame', 'Sound came before the start message.');
    if (!heard.inbound) return;
    if (limits.sound(heard.length / bytesPerMs)) intake.take(heard);
    else refuseFlood();
  };

  const takeStart = (id: string, encoding: MediaEncoding | null, start: Start) => {
    if (intake) return refuse('malformed_frame', 'The stream has already started.');
    if (!encoding) {
      refuse('invalid_media', 'Only PCMU and PCMA at 8000 Hz, G722 and L16 at 16000 Hz with one channel are taken.');
      return close('protocol');
    }
    startTimer.cancel();
    streamId = id;
    intake = createSoundIntake(
      encoding,
      (pcm) => {
        counts.frames += 1;
        inbox.frame(pcm);
      },
      order,
    );
    bytesPerMs = bytesPerSecond(encoding) / 1000;
    options.onStart(legOf(rateOf(encoding)), start);
  };

  /** Everything but sound in its plain form. */
  const takeOther = (data: Buffer) => {
    const message = limits.small() ? framing.parse(data) : null;
    if (!message) return refuse('malformed_frame', 'The message is not of the media framing, or one too many.');
    if (message.event === 'start') return takeStart(message.streamId, message.encoding, message.start);
    if (message.event === 'stop') {
      intake?.flush();
      return ended();
    }
    if (message.event === 'error') {
      if (!complained) options.complained?.(message.title);
      complained = true;
      return;
    }
    if (message.event === 'mark') {
      marks.get(message.name)?.();
      marks.delete(message.name);
      return;
    }
    if (message.event === 'dtmf' && intake) return inbox.digit(message.digit);
    if (message.event !== 'media') return;
    const letters = Buffer.from(message.payload, 'latin1');
    if (!decodeBase64(letters, 0, letters.length, frame)) return refuse('invalid_media', 'The payload is not base64 sound.');
    frame.inbound = message.track === 'inbound';
    frame.chunk = Number(message.chunk ?? -1);
    takeSound(frame);
  };

  const onMessage = (data: RawData, binary: boolean) => {
    if (binary || !Buffer.isBuffer(data)) return refuse('malformed_frame', 'Messages are JSON text.');
    const verdict = readMediaFrame(data, frame);
    if (verdict === 'media') takeSound(frame);
    else if (verdict === 'invalid') refuse('invalid_media', 'The payload is not base64 sound.');
    else takeOther(data);
  };

  /** Sound of both directions has the rate at which it comes in. */
  const legOf = (sampleRate: number): Leg => {
    const writeSound = createSoundWriter(options.sendEncoding, sampleRate / 50, framing.sound(streamId), order);
    return {
      sampleRate,
      start: (listener: LegListener) => inbox.open(listener),
      send(samples) {
        if (closed || lingering || samples.length === 0) return;
        socket.send(writeSound(samples), TEXT);
        if (socket.bufferedAmount > MAX_UNSENT_BYTES) close('lost');
      },
      clear() {
        if (!closed && !lingering) socket.send(framing.clear(streamId));
      },
      hangup() {
        if (closed) return;
        close('local');
        options.hangup();
      },
      ...(options.release && {
        release() {
          if (closed) return;
          close('transferred');
          options.release?.();
        },
      }),
      ...(options.sendDigits && { sendDigits: options.sendDigits }),
    };
  };

  const startTimer = clock.setTimer(START_WITHIN_MS, () => close('protocol'));
  const alive = keepAlive(socket, clock, () => close('lost'));
  socket.on('message', onMessage);
  socket.on('error', () => !lingering && close('protocol'));
  // A far end that closes properly has hung up; one that vanishes is lost.
  socket.on('close', (code) => {
    if (code === NORMAL || code === GOING_AWAY) ended();
    else if (!lingering) close('lost');
  });
  return {
    close,
    get flows() {
      return !closed && !lingering;
    },
    played() {
      if (closed || lingering) return Promise.resolve();
      marked += 1;
      const name = String(marked);
      socket.send(framing.mark(streamId, name));
      return new Promise((reached) => marks.set(name, reached));
    },
  };
};
