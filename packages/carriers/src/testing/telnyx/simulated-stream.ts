import { randomUUID } from 'node:crypto';
import { createResampler } from '@talkturo/voice';
import { WebSocket } from 'ws';
import type { MediaEncoding } from '../../media-socket/media-framing.ts';
import { type ByteOrder, createSampleOrder } from '../../media-socket/sample-order.ts';
import { createSoundDecoder, createSoundEncoder, rateOf } from '../../media-socket/sound-codec.ts';
import { createFrameDisorder, type FrameDisorder } from '../frame-disorder.ts';
import { createHearing, createSaying } from '../line-sound.ts';
import { createPlayedMarks } from '../played-marks.ts';
import type { createMediaSchema } from './media-schema.ts';

/** Telnyx's end of a media socket. */
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
  /** Resolves when so many samples of the app's sound have come. */
  heardSamples(samples: number): Promise<void>;
  /** Resolves when nothing has come from the app for so many ms. */
  quiet(ms: number): Promise<void>;
  /** The stream ends in order, as after a hang-up. */
  stop(): void;
  /** The connection breaks. */
  break(): void;
  /** Sends a message of no kind that is known. */
  garbage(text: string): void;
  /** Says that something of the app's could not be taken. */
  complain(title: 'unknown_error' | 'malformed_frame' | 'invalid_media' | 'rate_limit_reached'): void;
}

export interface StreamOptions {
  url: string;
  token: string | undefined;
  ref: string;
  from: string;
  to: string;
  clientState: string | null;
  /** Codec of the line, and so of the sound towards the app. */
  lineCodec: MediaEncoding;
  /** Codec the app asked for towards Telnyx. */
  appCodec: MediaEncoding;
  /** Rate it asked for: L16 is played at it, whatever it was made for. */
  appRate: number;
  /** Order of the bytes of L16, both ways. */
  l16Order: ByteOrder;
  schema: ReturnType<typeof createMediaSchema>;
  problem(sentence: string): void;
  /** What happens to its frames on their way. */
  disorder: FrameDisorder;
  /** Samples of 8 kHz a message: a packet's unless said. */
  frameSamples: number;
  onOpen(): void;
  onFailed(reason: string): void;
}

const ERRORS = { unknown_error: 100002, malformed_frame: 100003, invalid_media: 100004, rate_limit_reached: 100005 };
const FRAME = 160;
const SAMPLES_A_MS = 8;

/** Connects to the app and speaks Telnyx's side of media streaming, in real time; every message is held against the schema. */
export function openSimulatedStream(options: StreamOptions): SimulatedStream {
  const { schema, problem } = options;
  const streamId = randomUUID().toUpperCase();
  const { lineCodec, appCodec, l16Order } = options;
  // A person speaks and hears at 8 kHz here, whatever the codec carries.
  const widen = createResampler(8000, rateOf(lineCodec));
  const narrow = createResampler(appCodec === 'L16' ? options.appRate : rateOf(appCodec), 8000);
  const order = createSampleOrder({ told: l16Order, likely: l16Order });
  const encoder = createSoundEncoder(lineCodec, order);
  const decoder = createSoundDecoder(appCodec, order);
  const encode = (pcm: Int16Array): Uint8Array => {
    const sound = widen.process(pcm);
    const bytes = new Uint8Array(2 * sound.length);
    return bytes.subarray(0, encoder(sound, bytes));
  };
  const decode = (bytes: Uint8Array): Int16Array => {
    const pcm = new Int16Array(2 * bytes.length);
    return narrow.process(pcm.subarray(0, decoder(bytes, bytes.length, pcm))).slice();
  };
  const socket = new WebSocket(options.url, {
    perMessageDeflate: false,
    ...(options.token === undefined ? {} : { headers: { 'x-telnyx-streaming-auth-token': options.token } }),
  });
  const hearing = createHearing();
  const { frameSamples } = options;
  const frameMs = frameSamples / SAMPLES_A_MS;
  const saying = createSaying(frameSamples);
  let clears = 0;
  let sequence = 0;
  let chunk = 0;
  let beat: NodeJS.Timeout | undefined;

  const send = (message: Record<string, unknown>) => {
    for (const sentence of schema.toApp(message)) problem(sentence);
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const numbered = (message: Record<string, unknown>) => send({ ...message, sequence_number: String(++sequence), stream_id: streamId });

  const marks = createPlayedMarks((name) => numbered({ event: 'mark', mark: { name } }));
  const deliver = createFrameDisorder(options.disorder, numbered);
  const tick = () => {
    const payload = Buffer.from(encode(saying.next())).toString('base64');
    deliver({ event: 'media', media: { track: 'inbound', chunk: String(++chunk), timestamp: String(chunk * frameMs), payload } });
  };

  socket.on('open', () => {
    send({ event: 'connected', version: '1.0.0', connected: options.token ? { 'x-telnyx-streaming-auth-token': options.token } : {} });
    const { ref, from, to, clientState } = options;
    numbered({
      event: 'start',
      start: {
        user_id: randomUUID(),
        call_control_id: ref,
        from,
        to,
        client_state: clientState,
        media_format: { encoding: lineCodec, sample_rate: lineCodec === 'L16' ? 16_000 : 8000, channels: 1 },
      },
    });
    options.onOpen();
    beat = setInterval(tick, frameMs);
  });
  socket.on('message', (data, binary) => {
    if (binary) return problem('a binary message on the media socket');
    const message = JSON.parse(data.toString()) as { event: string; media?: { payload: string }; mark?: { name: string } };
    for (const sentence of schema.fromApp(message)) problem(sentence);
    if (message.event === 'clear') {
      clears += 1;
      marks.clear();
    }
    if (message.event === 'mark' && message.mark) marks.mark(message.mark.name);
    if (message.event !== 'media' || !message.media) return;
    const bytes = Buffer.from(message.media.payload, 'base64');
    if (bytes.length % (appCodec === 'L16' ? 4 * FRAME : FRAME) !== 0)
      problem(`sound of ${bytes.length} bytes is not of whole packets of 20 ms`);
    const pcm = decode(bytes);
    marks.play(pcm.length / SAMPLES_A_MS);
    hearing.take(pcm);
  });
  socket.on('error', (error) => options.onFailed(error.message));
  socket.on('close', () => {
    clearInterval(beat);
    marks.stop();
  });

  return {
    say: saying.say,
    press: (digit) => numbered({ event: 'dtmf', occurred_at: '2026-01-02T03:04:05.678901Z', dtmf: { digit } }),
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
      clearInterval(beat);
      if (socket.readyState === socket.OPEN) numbered({ event: 'stop', stop: { user_id: randomUUID(), call_control_id: options.ref } });
      socket.close(1000);
    },
    break: () => socket.terminate(),
    garbage: (text) => socket.send(text),
    complain: (title) =>
      send({ event: 'error', stream_id: streamId, payload: { code: ERRORS[title], title, detail: 'The frame cannot be taken.' } }),
  };
}
