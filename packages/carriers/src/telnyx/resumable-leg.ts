import type { Leg, LegListener } from '@talkturo/voice';

/** A leg that goes on over another socket after its first one has ended. */
export interface ResumableLeg {
  /** What the server gets. */
  readonly served: Leg;
  /** From now on sound comes and goes over that one. @returns false, and nothing changes, where its sound has another rate. */
  resume(next: Leg): boolean;
}

export function createResumableLeg(first: Leg): ResumableLeg {
  let current = first;
  let listener: LegListener | null = null;

  const listen = (to: Leg, heard: LegListener) =>
    to.start({
      frame: (pcm) => current === to && heard.frame(pcm),
      digit: (digit) => current === to && heard.digit(digit),
      // The end of a socket that was taken over is not the end of the leg.
      closed: (reason) => current === to && heard.closed(reason),
    });

  return {
    served: {
      sampleRate: first.sampleRate,
      start(heard) {
        listener = heard;
        listen(current, heard);
      },
      send: (pcm) => current.send(pcm),
      clear: () => current.clear(),
      hangup: () => current.hangup(),
      ...(first.release && { release: () => current.release?.() }),
      ...(first.sendDigits && { sendDigits: (digits: string) => current.sendDigits?.(digits) }),
    },
    resume(next) {
      if (next.sampleRate !== first.sampleRate) return false;
      current = next;
      if (listener) listen(next, listener);
      return true;
    },
  };
}
