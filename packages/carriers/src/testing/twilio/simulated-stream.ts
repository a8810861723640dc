import { decodeUlaw, encodeUlaw } from '@talkturo/voice';
import { WebSocket } from 'ws';
import { signatureOf } from '../../twilio/twilio-signature.ts';
import { createFrameDisorder, type FrameDisorder } from '../frame-disorder.ts';
import { createHearing, createSaying } from '../line-sound.ts';
import { createPlayedMarks } from '../played-marks.ts';
import type { createMediaSchema } from './media-schema.ts';

/** Twilio's end of a media stream. */
export interface SimulatedStream {
  /** The person says this: PCM16 at 8 kHz, after what is still to be said. Silence flows in between. */
  say(pcm: Int16Array): void;
  press(digit: string): void;
  /** What the app wants heard so far, decoded. */
  readonly heard: Int16Array;
  /** When the app's first sound came that was no silence, as `performance.now` counts. */
  readonly firstSoundAt: number | null;
  /** How often the app dropped what was not yet played. */
  readonly clears: number;
  heardSamples(samples: number): Promise<void>;
  quiet(ms: number): Promise<void>;
  /** The stream ends in order, as after a hang-up. */
  stop(): void;
  /** The connection breaks. */
  break(): void;
  /** Sends a message of no kind that is known. */
  garbage(text: string): void;
}

export interface StreamOptions {
  /** wss: address, as the document names it. */
  url: string;
  /** Where it is opened in truth. */
  openAt: string;
  authToken: string;
  accountSid: string;
  callSid: string;
  streamSid: string;
  parameters: Record<string, string>;
  /** Samples a message: what Twilio packs together is not promised. */
  frameSamples: number;
  schema: ReturnType<typeof createMediaSchema>;
  problem(sentence: string): void;
  /** What happens to its frames on their way. */
  disorder: FrameDisorder;
  onOpen(): void;
  /** It never opened. */
  onFailed(reason: string): void;
  /** The app closed it. */
  onClosed(): void;
}

interface AppMessage {
  event: string;
  streamSid?: string;
  media?: { payload: string };
  mark?: { name: string };
}

const SAMPLES_A_MS = 8;

/** Connects to the app and speaks Twilio's side of media streams, in real time; every message is held against the schema. */
export function openSimulatedStream(options: StreamOptions): SimulatedStream {
  const { schema, problem, streamSid, accountSid, callSid, frameSamples } = options;
  const frameMs = frameSamples / SAMPLES_A_MS;
  const socket = new WebSocket(options.openAt, {
    perMessageDeflate: false,
    headers: { 'x-twilio-signature': signatureOf(options.authToken, options.url) },
  });
  const hearing = createHearing();
  const saying = createSaying(frameSamples);
  let clears = 0;
  let sequence = 0;
  let chunk = 0;
  let opened = false;
  let stopped = false;
  let beat: NodeJS.Timeout | undefined;

  const send = (message: Record<string, unknown>) => {
    for (const sentence of schema.toApp(message)) problem(sentence);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const numbered = (event: string, body: Record<string, unknown>) =>
    send({ event, sequenceNumber: String(++sequence), streamSid, ...body });

  const marks = createPlayedMarks((name) => numbered('mark', { mark: { name } }));
  const deliver = createFrameDisorder(options.disorder, (body: Record<string, unknown>) => numbered('media', body));
  const tick = () => {
    const payload = Buffer.from(encodeUlaw(saying.next())).toString('base64');
    const media = { track: 'inbound', chunk: String(++chunk), timestamp: String((chunk - 1) * frameMs), payload };
    deliver({ media });
  };

  function hear(message: AppMessage): void {
    if (message.streamSid !== streamSid) problem(`a message names the stream ${message.streamSid}`);
    if (message.event === 'clear') {
      clears += 1;
      marks.clear();
    }
    if (message.event === 'mark' && message.mark) marks.mark(message.mark.name);
    if (message.event !== 'media' || !message.media) return;
    const pcm = decodeUlaw(Buffer.from(message.media.payload, 'base64'));
    marks.play(pcm.length / SAMPLES_A_MS);
    hearing.take(pcm);
  }

  socket.on('open', () => {
    opened = true;
    send({ event: 'connected', protocol: 'Call', version: '1.0.0' });
    numbered('start', {
      start: {
        accountSid,
        streamSid,
        callSid,
        tracks: ['inbound'],
        customParameters: options.parameters,
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      },
    });
    options.onOpen();
    beat = setInterval(tick, frameMs);
  });
  socket.on('message', (data, binary) => {
    if (binary) return problem('a binary message on the media socket');
    const message = JSON.parse(data.toString()) as AppMessage;
    for (const sentence of schema.fromApp(message)) problem(sentence);
    hear(message);
  });
  socket.on('error', (error) => {
    if (!opened && !stopped) options.onFailed(error.message);
  });
  socket.on('close', () => {
    clearInterval(beat);
    marks.stop();
    if (opened && !stopped) options.onClosed();
  });

  return {
    say: saying.say,
    press: (digit) => numbered('dtmf', { dtmf: { track: 'inbound_track', digit } }),
    get heard() {
      return hearing.all();
    },
    get firstSoundAt() {
      return hearing.firstSoundAt;
    },
    get clears() {
      return clears;
    },
    heardSamples: hearing.heardSamples,
    quiet: hearing.quiet,
    stop() {
      stopped = true;
      clearInterval(beat);
      if (socket.readyState === socket.OPEN) numbered('stop', { stop: { accountSid, callSid } });
      socket.close(1000);
    },
    break: () => socket.terminate(),
    garbage: (text) => socket.send(text),
  };
}
