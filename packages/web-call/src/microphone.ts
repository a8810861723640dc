/** Why there is no microphone: the person or the browser says no; there is none; another program holds it; the page is not over https. */
export type MicrophoneTrouble = 'refused' | 'missing' | 'busy' | 'insecure';

const SENTENCES: Readonly<Record<MicrophoneTrouble, string>> = {
  refused: 'The microphone was refused: allow it for this page.',
  missing: 'There is no microphone.',
  busy: 'The microphone cannot be opened: another program may hold it.',
  insecure: 'Browsers give the microphone only to pages over https, and on localhost.',
};

/** The browser refused the microphone or has none. */
export class NoMicrophone extends Error {
  readonly why: MicrophoneTrouble;
  constructor(why: MicrophoneTrouble, cause?: unknown) {
    super(SENTENCES[why], { cause });
    this.name = 'NoMicrophone';
    this.why = why;
  }
}

/** Names of what `getUserMedia` rejects with (Media Capture and Streams, 10.2); anything else is taken for a refusal. */
const TROUBLES: Readonly<Record<string, MicrophoneTrouble>> = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Asks for the microphone, with the browser's echo cancellation left on. Must follow a click. @throws NoMicrophone */
export async function openMicrophone(): Promise<MediaStream> {
  // Not there at all on a page that is not a secure context.
  if (!navigator.mediaDevices) throw new NoMicrophone('insecure');
  try {
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (cause) {
    throw new NoMicrophone(TROUBLES[cause instanceof DOMException ? cause.name : ''] ?? 'refused', cause);
  }
}

/** Lets go of it: the browser's sign that it listens goes out. */
export function stopMicrophone(microphone: MediaStream): void {
  for (const track of microphone.getTracks()) track.stop();
}
