import { LRUCache } from 'lru-cache';

/** A voice as a vendor lists it. */
export interface ListedVoice {
  id: string;
  name: string;
  description: string | null;
  /** BCP-47. */
  languages: readonly string[];
  gender: 'female' | 'male' | 'neutral' | null;
  accent: string | null;
  own: boolean;
  previewUrl: string | null;
}

/** The voices a key gives access to. */
export interface VoiceLibrary {
  /** The same for all that see the same list: vendor, address and key, hashed. */
  identity: string;
  list(signal: AbortSignal): Promise<readonly ListedVoice[]>;
}

/** What went wrong with a vendor, as far as it matters here. */
export interface LibraryFailure {
  message: string;
  /** It will pass: what the vendor had before may be shown meanwhile. */
  passing: boolean;
}

export type LibraryAnswer =
  | { status: 'available'; voices: readonly ListedVoice[]; fetchedAt: number }
  | { status: 'stale'; voices: readonly ListedVoice[]; fetchedAt: number; message: string }
  | { status: 'unavailable'; message: string };

export interface VoiceLibrariesOptions {
  /** Milliseconds since 1970. */
  now(): number;
  failureOf(error: unknown): LibraryFailure;
  deadlineMs?: number;
}

const FRESH_MS = 10 * 60_000;
/** Older lists are not even shown while the vendor is down. */
const STALE_MS = 24 * 3_600_000;
/** A vendor that has just failed is not waited for again by everybody who looks. */
const FAILED_MS = 30_000;
const DEADLINE_MS = 8_000;
/** About 30 MB. */
const MOST_VOICES = 60_000;

interface Kept {
  voices: readonly ListedVoice[];
  fetchedAt: number;
}

export type VoiceLibraries = ReturnType<typeof createVoiceLibraries>;

/** The lists of vendors, kept by key for a while and within bounds; one question at a time for each. */
export function createVoiceLibraries({ now, failureOf, deadlineMs = DEADLINE_MS }: VoiceLibrariesOptions) {
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_VOICES,
    maxEntrySize: MOST_VOICES,
    sizeCalculation: ({ voices }) => voices.length + 1,
  });
  const failed = new LRUCache<string, LibraryFailure & { at: number }>({ max: 1_000 });
  const asking = new Map<string, Promise<LibraryAnswer>>();

  async function ask(library: VoiceLibrary): Promise<LibraryAnswer> {
    try {
      const voices = await library.list(AbortSignal.timeout(deadlineMs));
      const fetchedAt = now();
      kept.set(library.identity, { voices, fetchedAt });
      failed.delete(library.identity);
      return { status: 'available', voices, fetchedAt };
    } catch (error) {
      const failure = failureOf(error);
      failed.set(library.identity, { ...failure, at: now() });
      return without(library.identity, failure);
    }
  }

  /** What there is when the vendor does not give its list. */
  function without(identity: string, { message, passing }: LibraryFailure): LibraryAnswer {
    const before = kept.get(identity);
    if (!before || !passing || now() - before.fetchedAt > STALE_MS) return { status: 'unavailable', message };
    return { status: 'stale', ...before, message };
  }

  return {
    /** Never rejects for what is the vendor's fault. */
    async read(library: VoiceLibrary): Promise<LibraryAnswer> {
      const { identity } = library;
      const known = kept.get(identity);
      if (known && now() - known.fetchedAt < FRESH_MS) return { status: 'available', ...known };
      const failure = failed.get(identity);
      if (failure && now() - failure.at < FAILED_MS) return without(identity, failure);
      const running = asking.get(identity) ?? ask(library).finally(() => asking.delete(identity));
      asking.set(identity, running);
      return running;
    },
  };
}
