import { encodeUlaw } from '@talkturo/voice';
import { tone } from '../local/tone.ts';
import type { NetworkEnd } from '../media-socket/network-end.ts';
import { createPlayout } from '../media-socket/playout.ts';

/** A media socket without a socket: the test speaks as the assistant, and sees the frames of the person. */
export interface ScriptedNetworkEnd extends NetworkEnd {
  /** The assistant speaks for so long. */
  speaks(ms: number): void;
  /** Frames the person has sent, as base64. */
  readonly sent: readonly string[];
}

export const createScriptedNetworkEnd = (): ScriptedNetworkEnd => {
  const playout = createPlayout(0xff, 10_000_000);
  const sent: string[] = [];
  return {
    speaks(ms) {
      const bytes = encodeUlaw(tone(400, ms));
      playout.push(bytes, bytes.length);
    },
    sent,
    send: (payload) => void sent.push(payload),
    press: () => {},
    hear: (frame) => playout.take(frame),
    get waitingMs() {
      return playout.waitingBytes / 8;
    },
    hangup: () => {},
  };
};
