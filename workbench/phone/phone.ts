import { createTicker, openNetworkEnd } from '@talkturo/carriers';
import { type Clock, decodeUlaw, encodeUlaw, rms, samplesPerFrame } from '@talkturo/voice';
import { PHONE_RATE } from './sound-file.ts';
import type { Source } from './source.ts';

export interface PhoneOptions {
  mediaUrl: string;
  callRef: string;
  clock: Clock;
  source: Source;
  /** Do not start the source before the assistant has spoken and finished. */
  afterGreeting: boolean;
  /** Hang up when the source has ended and the assistant has been quiet for so long. */
  quietMs: number;
  /** Every 20 ms, the caller's and the assistant's frame. Both are reused. */
  onFrame(caller: Int16Array, assistant: Int16Array): void;
}

export interface Phone {
  /** Resolves with how the call ended. */
  readonly over: Promise<string>;
  hangUp(): void;
}

const FRAME = samplesPerFrame(PHONE_RATE);
const FRAME_MS = 20;
/** −44 dB below full scale. */
const SOUND_RMS = 200;
/** A greeting is over after so much silence. */
const GREETING_PAUSE_MS = 1000;
/** An assistant that says nothing does not keep the caller from speaking. */
const GREETING_WAIT_MS = 10_000;

/** Who has been quiet for how long. */
const createQuiet = () => {
  let quietMs = 0;
  let spoke = false;
  return {
    hear(loud: boolean) {
      quietMs = loud ? 0 : quietMs + FRAME_MS;
      spoke ||= loud;
    },
    get ms() {
      return quietMs;
    },
    get spoke() {
      return spoke;
    },
  };
};

/** Is the caller in a call of the built-in network: speaks the source in real time, hears, and hangs up when both are done. */
export const startPhone = ({ mediaUrl, callRef, clock, source, afterGreeting, quietMs, onFrame }: PhoneOptions): Phone => {
  const heardBytes = new Uint8Array(FRAME);
  const heard = new Int16Array(FRAME);
  const silence = new Int16Array(FRAME);
  const assistant = createQuiet();
  const caller = createQuiet();
  let leave = () => {};
  let finish: (why: string) => void = () => {};
  const over = new Promise<string>((resolve) => {
    finish = resolve;
  });

  const mayStart = () => !afterGreeting || assistant.ms >= (assistant.spoke ? GREETING_PAUSE_MS : GREETING_WAIT_MS);
  let started = false;

  const beat = () => {
    const playing = end.hear(heardBytes);
    if (playing) decodeUlaw(heardBytes, heard);
    else heard.fill(0);
    assistant.hear(playing && rms(heard) > SOUND_RMS);
    started ||= mayStart();
    const said = (started && source.next()) || silence;
    caller.hear(started && !source.ended);
    end.send(Buffer.from(encodeUlaw(said)).toString('base64'));
    onFrame(said, heard);
    if (source.ended && Math.min(assistant.ms, caller.ms) >= quietMs) end.hangup();
  };

  const end = openNetworkEnd({
    url: mediaUrl,
    callRef,
    from: '',
    to: '',
    encoding: 'PCMU',
    onOpen() {
      leave = createTicker(clock).join(beat);
    },
    onClosed(why) {
      leave();
      finish(why);
    },
  });
  return { over, hangUp: () => end.hangup() };
};
