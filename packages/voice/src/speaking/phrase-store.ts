import type { Clock } from '../ports/index.ts';

/** Half an hour of telephone sound: the few phrases of more than a hundred voices. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A voice that was changed at its vendor is heard as it is now after a day. */
const LONGEST_KEPT_MS = 24 * 3_600_000;

/** Sound of fixed phrases, kept over calls: what can be heard when the voice that spoke it has stalled. */
export interface PhraseStore {
  /** PCM16 mono; nobody may change it. */
  get(key: string): Int16Array | undefined;
  /** Whoever is told true has the phrase spoken and says what came of it: `put`, or null where nothing did. */
  claim(key: string): boolean;
  put(key: string, pcm: Int16Array | null): void;
}

/** A process has one. The oldest sound goes when there is too much. */
export function createPhraseStore(clock: Clock, mostBytes = MOST_BYTES): PhraseStore {
  const kept = new Map<string, { pcm: Int16Array; sinceMs: number }>();
  const claimed = new Set<string>();
  let bytes = 0;

  function drop(key: string): void {
    bytes -= kept.get(key)?.pcm.byteLength ?? 0;
    kept.delete(key);
  }

  function get(key: string): Int16Array | undefined {
    const found = kept.get(key);
    if (found && clock.now() - found.sinceMs > LONGEST_KEPT_MS) drop(key);
    return kept.get(key)?.pcm;
  }

  return {
    get,
    claim(key) {
      if (claimed.has(key) || get(key)) return false;
      claimed.add(key);
      return true;
    },
    put(key, pcm) {
      claimed.delete(key);
      if (!pcm) return;
      drop(key);
      kept.set(key, { pcm, sinceMs: clock.now() });
      bytes += pcm.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        drop(oldest);
      }
    },
  };
}

/** The part of a store that belongs to one owner: a voice of one tenant is not heard in another's calls. */
export const phrasesOfOwner = (store: PhraseStore, owner: string): PhraseStore => ({
  get: (key) => store.get(`${owner} ${key}`),
  claim: (key) => store.claim(`${owner} ${key}`),
  put: (key, pcm) => store.put(`${owner} ${key}`, pcm),
});
