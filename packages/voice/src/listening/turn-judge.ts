import { createResampler } from '../audio/index.ts';
import { ABORTED, type TurnEndModel } from '../ports/index.ts';

/** What the model thinks of the pause: unknown until it has answered. */
export type Verdict = 'unknown' | 'over' | 'goes-on';

/** Below this probability the speaker is taken to go on. Smart Turn's own threshold. */
const OVER = 0.5;

/** Keeps the newest sound of a call and asks a turn-end model about each pause. */
export interface TurnJudge {
  write(frame: Int16Array): void;
  /** The caller has fallen silent: asks once. */
  paused(): void;
  /** The caller goes on, or the turn is over: what was asked no longer matters. */
  reset(): void;
  readonly verdict: Verdict;
}

export function createTurnJudge(model: TurnEndModel, sampleRate: number): TurnJudge {
  const resampler = createResampler(sampleRate, model.sampleRate);
  const ring = new Int16Array(Math.round((model.windowMs * model.sampleRate) / 1000));
  let written = 0;
  let asking: AbortController | null = null;
  let verdict: Verdict = 'unknown';

  /** The kept sound in order of time, as a copy. */
  function newest(): Int16Array {
    const length = Math.min(written, ring.length);
    const sound = new Int16Array(length);
    const start = (written - length) % ring.length;
    const head = Math.min(length, ring.length - start);
    sound.set(ring.subarray(start, start + head));
    sound.set(ring.subarray(0, length - head), head);
    return sound;
  }

  async function ask(mine: AbortController): Promise<void> {
    try {
      const probability = await model.judge(newest(), mine.signal);
      if (asking === mine) verdict = probability >= OVER ? 'over' : 'goes-on';
    } catch {
      // No opinion: silence decides, as it does without a model.
    }
  }

  return {
    write(frame) {
      const pcm = resampler.process(frame);
      for (let at = 0; at < pcm.length; ) {
        const start = written % ring.length;
        const take = Math.min(pcm.length - at, ring.length - start);
        ring.set(pcm.subarray(at, at + take), start);
        at += take;
        written += take;
      }
    },
    paused() {
      if (asking) return;
      asking = new AbortController();
      void ask(asking);
    },
    reset() {
      asking?.abort(ABORTED);
      asking = null;
      verdict = 'unknown';
    },
    get verdict() {
      return verdict;
    },
  };
}
