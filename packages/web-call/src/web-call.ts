import { type CallOver, createCallLine, type LineState } from './call-line.ts';
import type { ServerMessage } from './protocol.ts';
import { type SoundCodec, soundCodec } from './sound-codec.ts';
import { openMicrophone, openSoundPort, type SoundLevels } from './sound-port.ts';

/** Beside this module; a name of its own, or bundlers would look for a file that is built elsewhere. */
const WORKLET = './sound-worklet.js';

export interface WebCallOptions {
  /** The `url` that `POST /api/calls/web` answered, or how to get it: asked for once the microphone is there. */
  url: string | (() => Promise<string>);
  /** Address of the package's `worklet`, where a bundler gives it one; else it is looked for beside this module. */
  workletUrl?: string;
  /** A microphone that is open already; it is stopped with the call. */
  microphone?: MediaStream;
  onState?(state: LineState): void;
  /** Everything the server tells: transcript, latency, interruptions, errors. */
  onMessage?(message: ServerMessage): void;
  onLevels?(levels: SoundLevels): void;
  onRoundTrip?(ms: number): void;
  /** Once. */
  onOver?(over: CallOver): void;
}

/** A call that has begun. */
export interface WebCall {
  readonly state: LineState;
  readonly muted: boolean;
  /** While muted nothing leaves this page. */
  setMuted(muted: boolean): void;
  /** Keys: 0-9 * # A-D. */
  press(digits: string): void;
  hangUp(): void;
}

/**
 * Calls an assistant from this page: opens the microphone, connects, plays what it says. Must follow a click.
 * @throws NoMicrophone where it is refused; Error where sound cannot be started or `url` fails. The microphone is stopped then.
 */
export async function startWebCall(options: WebCallOptions): Promise<WebCall> {
  const microphone = options.microphone ?? (await openMicrophone());
  let codec: SoundCodec | null = null;
  let muted = false;
  const sound = await openSoundPort({
    microphone,
    workletUrl: options.workletUrl ?? new URL(WORKLET, import.meta.url).href,
    onFrame(samples) {
      if (codec) line.send(codec.encode(samples));
    },
    onLevels: (levels) => options.onLevels?.(muted ? { ...levels, microphone: 0 } : levels),
  });
  const address = async () => {
    try {
      return typeof options.url === 'string' ? options.url : await options.url();
    } catch (error) {
      sound.close();
      throw error;
    }
  };
  const url = await address();
  const line = createCallLine({
    url,
    onState: (state) => options.onState?.(state),
    onReady(message) {
      codec = soundCodec(message.format);
      if (!message.resumed) sound.setRate(message.format.sampleRate);
      options.onMessage?.(message);
    },
    onMessage(message) {
      if (message.type === 'clear') sound.clear();
      options.onMessage?.(message);
    },
    onSound(bytes) {
      if (codec) sound.play(codec.decode(bytes));
    },
    onRoundTrip: (ms) => options.onRoundTrip?.(ms),
    onOver(over) {
      sound.close();
      options.onOver?.(over);
    },
  });
  return {
    get state() {
      return line.state;
    },
    get muted() {
      return muted;
    },
    setMuted(wanted) {
      muted = wanted;
      for (const track of microphone.getAudioTracks()) track.enabled = !wanted;
      line.setMuted(wanted);
    },
    press: (digits) => line.press(digits),
    hangUp: () => line.hangUp(),
  };
}
