/** A voice that can be chosen for an assistant. */
export interface LibraryVoice {
  id: string;
  name: string;
  description: string | null;
  /** BCP-47, primary ones first; empty: the vendor does not say. */
  languages: readonly string[];
  gender: 'female' | 'male' | 'neutral' | null;
  /** In the vendor's word, like `british`. */
  accent: string | null;
  /** Made by the account itself: cloned or designed. */
  own: boolean;
  /** Where the vendor keeps a sample; null: it has to be spoken. */
  previewUrl: string | null;
}

/** The voices of one vendor. */
export interface VoiceLibrary {
  /**
   * All voices of the account, at most MOST_VOICES.
   * @throws ProviderError
   */
  list(signal: AbortSignal): Promise<LibraryVoice[]>;
  /** Headers with which a sample at this address is to be fetched. */
  previewHeaders(url: string): Record<string, string>;
}

/** How a vendor's voices are reached. */
export interface VoiceAccess {
  apiKey: string;
  baseUrl?: string | undefined;
  fetch?: typeof fetch | undefined;
}

/** More than the largest public catalogue of today; what lies beyond is found with the vendor's own search. */
export const MOST_VOICES = 2_000;
const MOST_PAGES = 40;

/**
 * Reads a list page by page to its end, or to the bounds.
 * @param page a page and where the next begins; null: there is none
 */
export async function readPages<T>(page: (after: string | null) => Promise<{ items: readonly T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < MOST_PAGES && all.length < MOST_VOICES; pages++) {
    const { items, next } = await page(after);
    all.push(...items);
    if (next === null || items.length === 0) break;
    after = next;
  }
  return all.slice(0, MOST_VOICES);
}

/** A language as vendors write it (`en`, `en_US`, `pt-BR`), in BCP-47; null for what is none. */
export function languageTag(given: string): string | null {
  try {
    return Intl.getCanonicalLocales(given.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/** Languages without repetition; what cannot be read is left out. */
export const languageTags = (given: readonly (string | null | undefined)[]): string[] => [
  ...new Set(given.flatMap((each) => (each ? (languageTag(each) ?? []) : []))),
];

/** The end of long descriptions says nothing new. */
export const shortText = (text: string | null | undefined, longest = 500): string | null => text?.trim().slice(0, longest) || null;
