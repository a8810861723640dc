import { type CallLine, type CallOver, createCallLine, type LineState } from './call-line.ts';
import { openMicrophone, stopMicrophone } from './microphone.ts';
import type { ServerMessage } from './protocol.ts';
import { type SoundCodec, soundCodec } from './sound-codec.ts';
import { openSoundPort, type SoundLevels } from './sound-port.ts';

/** Beside this module; a name of its own, or bundlers would look for a file that is built elsewhere. */
const WORKLET = './sound-worklet.js';

export interface WebCallOptions {
  /** The `url` that `POST /api/calls/web` answered, or how to get it: asked for once the microphone is there. */
  url: string | (() => Promise<string>);
  /** Address of the package's `worklet`, where a bundler gives it one; else it is looked for beside this module. */
  workletUrl?: string;
  /** A microphone that is open already; it is stopped with the call. */
  microphone?: MediaStream;
  /** The call begins muted. */
  muted?: boolean;
  /** Hangs up, also while the call is still being begun. */
  signal?: AbortSignal;
  onState?(state: LineState): void;
  /** Everything the server tells: transcript, latency, interruptions, errors. */
  onMessage?(message: ServerMessage): void;
  onLevels?(levels: SoundLevels): void;
  /** `false`: the microphone was pulled out or taken away, the assistant hears silence; `true`: there is one again. */
  onMicrophone?(there: boolean): void;
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
  /** Silence at once, and the microphone is let go; `onOver` follows when the server has told how the call ended. */
  hangUp(): void;
}

/**
 * Calls an assistant from this page: opens the microphone, connects, plays what it says. Must follow a click.
 * @throws NoMicrophone where it is refused; NoSound where sound cannot be started; the signal's reason where that is aborted before the
 * call has begun; whatever `url` fails with. The microphone is stopped then.
 */
export async function startWebCall(options: WebCallOptions): Promise<WebCall> {
  const { signal } = options;
  const microphone = options.microphone ?? (await openMicrophone());
  if (signal?.aborted) stopMicrophone(microphone);
  signal?.throwIfAborted();
  let codec: SoundCodec | null = null;
  let line: CallLine | null = null;
  let muted = options.muted ?? false;
  const sound = await openSoundPort({
    microphone,
    workletUrl: options.workletUrl ?? new URL(WORKLET, import.meta.url).href,
    onFrame(samples) {
      if (codec) line?.send(codec.encode(samples));
    },
    onLevels: (levels) => options.onLevels?.(muted ? { ...levels, microphone: 0 } : levels),
    onMicrophone: (there) => options.onMicrophone?.(there),
  });
  sound.setMuted(muted);
  const hangUp = () => {
    sound.close();
    line?.hangUp();
  };
  try {
    signal?.throwIfAborted();
    const url = await addressOf(options.url);
    signal?.throwIfAborted();
    line = createCallLine({
      url,
      muted,
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
        signal?.removeEventListener('abort', hangUp);
        options.onOver?.(over);
      },
    });
  } catch (error) {
    sound.close();
    throw error;
  }
  const begun = line;
  signal?.addEventListener('abort', hangUp);
  return {
    get state() {
      return begun.state;
    },
    get muted() {
      return muted;
    },
    setMuted(wanted) {
      muted = wanted;
      sound.setMuted(wanted);
      begun.setMuted(wanted);
    },
    press: (digits) => begun.press(digits),
    hangUp,
  };
}

/** An address that is none would be called all the same, as a path of this page. */
async function addressOf(url: WebCallOptions['url']): Promise<string> {
  const address: unknown = typeof url === 'function' ? await url() : url;
  if (typeof address !== 'string' || address === '')
    throw new Error('There is no address to call: what POST /api/calls/web answers has it as `url`.');
  return address;
}
