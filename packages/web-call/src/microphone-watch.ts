import { openMicrophone, stopMicrophone } from './microphone.ts';

export interface MicrophoneWatchOptions {
  /** The one that is open. */
  microphone: MediaStream;
  /** Another took its place: it is to be listened to. */
  replaced(microphone: MediaStream): void;
  /** `false`: it is gone and nobody is heard; `true`: there is one again. */
  onMicrophone(there: boolean): void;
}

/** The microphone of a call, whichever it is by now. */
export interface MicrophoneWatch {
  setMuted(muted: boolean): void;
  /** Lets go of it. */
  stop(): void;
}

/**
 * Notices that a microphone was pulled out or taken away, and opens another one: at once, where there is one, else as soon as the
 * browser's devices change.
 */
export function watchMicrophone({ microphone, replaced, onMicrophone }: MicrophoneWatchOptions): MicrophoneWatch {
  let current = microphone;
  let muted = false;
  let stopped = false;
  let there = true;
  let opening = false;
  const devices = navigator.mediaDevices as MediaDevices | undefined;

  const tellThere = (now: boolean) => {
    if (there === now) return;
    there = now;
    onMicrophone(now);
  };
  const use = (next: MediaStream) => {
    current = next;
    for (const track of next.getAudioTracks()) {
      track.enabled = !muted;
      track.onended = () => void lost();
    }
  };
  async function lost(): Promise<void> {
    tellThere(false);
    await reopen();
  }
  async function reopen(): Promise<void> {
    if (stopped || there || opening) return;
    opening = true;
    // None for now: the next change of devices may bring one.
    const next = await openMicrophone().catch(() => null);
    opening = false;
    if (!next) return;
    if (stopped) return stopMicrophone(next);
    stopMicrophone(current);
    use(next);
    replaced(next);
    tellThere(true);
  }
  const onDevices = () => void reopen();
  devices?.addEventListener('devicechange', onDevices);
  use(microphone);

  return {
    setMuted(wanted) {
      muted = wanted;
      for (const track of current.getAudioTracks()) track.enabled = !wanted;
    },
    stop() {
      stopped = true;
      devices?.removeEventListener('devicechange', onDevices);
      for (const track of current.getAudioTracks()) track.onended = null;
      stopMicrophone(current);
    },
  };
}
