import type { CallLogEvent, CallRecord } from '@talkturo/contract';
import { openWavFile, systemClock, type WavFile } from '@talkturo/voice';
import type { Api } from './api.ts';
import { startMicrophone, startSpeaker } from './audio-programs.ts';
import { startPhone } from './phone.ts';
import { lineFor } from './report.ts';
import { SentenceError } from './sentence-error.ts';
import { PHONE_RATE, readPhoneSound } from './sound-file.ts';
import { recordedSource, type Source, streamedSource } from './source.ts';
import type { TalkOptions } from './talk-options.ts';

/** After hanging up, the server still finishes its record. */
const LAST_EVENTS_MS = 5000;

interface Sound {
  source: Source;
  stop(): void;
}

const openSound = async (sound: TalkOptions['sound'], print: (line: string) => void): Promise<Sound> => {
  if ('file' in sound) return { source: recordedSource(await readPhoneSound(sound.file)), stop: () => {} };
  const microphone = startMicrophone(sound.microphone, print);
  return { source: streamedSource(microphone.sound), stop: microphone.stop };
};

const openRecording = (path: string): WavFile => {
  try {
    return openWavFile(path, { sampleRate: PHONE_RATE, channelCount: 2 });
  } catch (error) {
    throw new SentenceError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)}).`);
  }
};

const interleave = (left: Int16Array, right: Int16Array, into: Int16Array): Int16Array => {
  for (let i = 0; i < left.length; i++) {
    into[i * 2] = left[i]!;
    into[i * 2 + 1] = right[i]!;
  }
  return into;
};

/** Calls, speaks, prints what happens, and returns when the call is over and told. `interrupt` hangs up. */
export const talk = async (options: TalkOptions, api: Api, print: (line: string) => void, interrupt: AbortSignal): Promise<void> => {
  const sound = await openSound(options.sound, print);
  const recording = options.record === null ? null : openRecording(options.record);
  const speaker = options.speaker === null ? null : startSpeaker(options.speaker);
  try {
    const body = { ...options.target, ...(options.fromNumber !== null && { fromNumber: options.fromNumber }) };
    const { call, mediaUrl } = await api.post<{ call: CallRecord; mediaUrl: string }>('/api/network/calls', body);
    print(`Calling as ${call.from_number ?? 'nobody'}: ${call.id}`);

    const stereo = new Int16Array((PHONE_RATE / 50) * 2);
    const phone = startPhone({
      mediaUrl,
      callRef: call.id,
      clock: systemClock,
      source: sound.source,
      afterGreeting: options.afterGreeting,
      quietMs: options.quietMs,
      onFrame(caller, assistant) {
        recording?.write(interleave(caller, assistant, stereo));
        speaker?.play(assistant);
      },
    });
    interrupt.addEventListener('abort', phone.hangUp);
    const stopFollowing = new AbortController();
    const told = printEvents(api, call.id, print, stopFollowing.signal);
    const why = await phone.over;
    if (why !== 'hung up' && why !== 'closed with code 1000') print(`The line ${why}.`);
    const giveUp = setTimeout(() => stopFollowing.abort(), LAST_EVENTS_MS);
    await told.finally(() => clearTimeout(giveUp));
    print(`\nnpm run timeline -- ${call.id}`);
  } finally {
    sound.stop();
    speaker?.stop();
    await recording?.close();
  }
  if (options.record !== null) print(`Recorded: ${options.record}`);
};

const printEvents = async (api: Api, callId: string, print: (line: string) => void, signal: AbortSignal): Promise<void> => {
  for await (const event of api.follow<CallLogEvent>(`/api/calls/${callId}/events`, signal)) {
    const line = lineFor(event);
    if (line !== null) print(line);
    if (event.type === 'ended') return;
  }
};
