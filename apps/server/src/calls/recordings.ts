import type { Readable } from 'node:stream';
import type { Blobs } from '../blobs/blobs.ts';
import { repairRecording } from './call-recorder.ts';
import { isFinal } from './call-status.ts';
import type { Call } from './calls.table.ts';
import type { ByteRange } from './recording-file.ts';

export interface FoundRecording {
  /** Bytes of the whole file. */
  size: number;
  read(range: ByteRange): Readable;
}

export type Recordings = ReturnType<typeof createRecordings>;

/** Recordings as files to be listened to. */
export function createRecordings(blobs: Blobs) {
  return {
    /** A call's recording with a header that tells its length, even if its writer was killed; null while it lasts or when there is none here. */
    async find(call: Call): Promise<FoundRecording | null> {
      const key = call.recordingKey;
      if (!key || !isFinal(call.status) || !(await repairRecording(blobs, key))) return null;
      const size = await blobs.size(key);
      return size === null ? null : { size, read: (range) => blobs.read(key, range) };
    },
  };
}
