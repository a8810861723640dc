import { openWavFile, type RecordingSink, repairWavFile } from '@talkturo/voice';
import type { Blobs } from '../blobs/blobs.ts';
import type { Call } from './calls.table.ts';

/** Where a call's recording lies: by account and day, so that no folder grows without end. */
export const recordingKeyOf = (call: Pick<Call, 'id' | 'accountId' | 'startedAt'>): string =>
  `recordings/${call.accountId}/${call.startedAt.toISOString().slice(0, 10)}/${call.id}.wav`;

/**
 * Opens the file a call's sound is streamed to: stereo WAV, left the caller, right the assistant.
 * Rejects when the disk refuses.
 */
export async function openRecording(blobs: Blobs, key: string, sampleRate: number): Promise<RecordingSink> {
  return openWavFile(await blobs.place(key), { sampleRate, channelCount: 2 });
}

/**
 * Makes a recording playable whose writer was killed: its header gets the length of what is there.
 * @returns its length, or null when there is none on this node's disk or no sound in it.
 */
export async function repairRecording(blobs: Blobs, key: string): Promise<{ durationMs: number } | null> {
  if ((await blobs.size(key)) === null) return null;
  try {
    const { dataBytes, durationMs } = repairWavFile(blobs.pathOf(key));
    return dataBytes === 0 ? null : { durationMs };
  } catch {
    // Shorter than its header: the writer was killed in its first moment, nothing was recorded.
    return null;
  }
}
