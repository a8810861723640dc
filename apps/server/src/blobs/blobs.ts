import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

export type Blobs = ReturnType<typeof createBlobs>;

/**
 * Large files, by key, in a folder. Several nodes share it by mounting the same folder.
 * A key is a relative path of plain names: `recordings/acct_…/call_….wav`.
 */
export function createBlobs(folder: string) {
  const pathOf = (key: string): string => {
    if (!/^[\w-]+(\.\w+)?(\/[\w-]+(\.\w+)?)*$/.test(key)) throw new Error(`not a key of a blob: ${key}`);
    return path.join(folder, ...key.split('/'));
  };

  return {
    /** Where a new blob is to be written; its folder is there afterwards. */
    async place(key: string): Promise<string> {
      const file = pathOf(key);
      await mkdir(path.dirname(file), { recursive: true });
      return file;
    },
    pathOf,
    /** Bytes of a blob; null when there is none. */
    async size(key: string): Promise<number | null> {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },
    /** Bytes `start`..`end`, both included. */
    read: (key: string, range: { start: number; end: number }): Readable => createReadStream(pathOf(key), range),
    /**
     * Keeps a folder of files that can be made again within bounds: the newest `most` that are not older than `keptMs`.
     * Other nodes may be at it as well.
     */
    async prune(folderKey: string, { most, keptMs }: { most: number; keptMs: number }): Promise<void> {
      const at = pathOf(folderKey);
      const names = await readdir(at);
      const files = await Promise.all(
        names.map(async (name) => ({ name, changedMs: (await stat(path.join(at, name)).catch(() => null))?.mtimeMs ?? 0 })),
      );
      const oldest = Date.now() - keptMs;
      const kept = files.toSorted((a, b) => b.changedMs - a.changedMs).filter(({ changedMs }) => changedMs >= oldest);
      const stays = new Set(kept.slice(0, most).map(({ name }) => name));
      await Promise.all(names.filter((name) => !stays.has(name)).map((name) => rm(path.join(at, name), { force: true })));
    },
    /** Removes a blob for good; one that is not there is fine. */
    remove: (key: string): Promise<void> => rm(pathOf(key), { force: true }),
  };
}
