import { type listVoices, type QueryOf, VOICE_PROVIDERS, type VoiceRecord, type VoiceSource } from '@talkturo/contract';
import { AppError, conflict, notFound } from '../http/app-error.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import type { LibraryAnswer, ListedVoice, VoiceLibraries, VoiceLibrary } from './voice-libraries.ts';

type Provider = (typeof VOICE_PROVIDERS)[number];

export interface VoicesGround {
  libraries: VoiceLibraries;
  /** The voices of a vendor with the key an account's calls use; null: there is no key. */
  libraryOf(accountId: string, provider: Provider): Promise<VoiceLibrary | null>;
}

export type Voices = ReturnType<typeof createVoices>;

const isProvider = (provider: string): provider is Provider => (VOICE_PROVIDERS as readonly string[]).includes(provider);

/** The voices assistants of an account can speak with. */
export function createVoices({ libraries, libraryOf }: VoicesGround) {
  async function ask(accountId: string, provider: Provider): Promise<{ provider: Provider; answer: LibraryAnswer | null }> {
    const library = await libraryOf(accountId, provider);
    return { provider, answer: library && (await libraries.read(library)) };
  }

  return {
    async list(caller: Caller, query: QueryOf<typeof listVoices>) {
      sameAccount(caller, query);
      const { limit, offset } = query;
      const asked = await Promise.all((query.provider ? [query.provider] : VOICE_PROVIDERS).map((each) => ask(caller.accountId, each)));
      const all = asked.flatMap(({ provider, answer }) => {
        const voices = answer && 'voices' in answer ? answer.voices : [];
        return voices.filter((each) => fits(each, query)).map((each) => recordOf(provider, each));
      });
      const sorted = all.toSorted(byVendorAndName);
      return {
        voices: sorted.slice(offset, offset + limit),
        sources: Object.fromEntries(asked.map(({ provider, answer }) => [provider, sourceOf(answer)])),
        count: sorted.length,
        limit,
        offset,
      };
    },

    /**
     * A voice the account can use, and whose list it stands in.
     * @throws 404 where there is none, 409 without a key, 503 while the vendor does not answer
     */
    async find(
      accountId: string,
      provider: string,
      voiceId: string,
    ): Promise<{ voice: ListedVoice; identity: string; provider: Provider }> {
      if (!isProvider(provider)) throw notFound('vendor of voices');
      const library = await libraryOf(accountId, provider);
      if (!library) throw conflict('no_vendor_key', `There is no key for ${provider} yet: set one under Settings → Integrations.`);
      const answer = await libraries.read(library);
      if (answer.status === 'unavailable') throw new AppError('vendor_unavailable', 503, answer.message);
      const voice = answer.voices.find(({ id }) => id === voiceId);
      if (!voice) throw notFound('voice');
      return { voice, identity: library.identity, provider };
    },
  };
}

const lower = (text: string | null): string => text?.toLowerCase() ?? '';

function fits(voice: ListedVoice, { language, gender, search }: QueryOf<typeof listVoices>): boolean {
  if (gender && voice.gender !== gender) return false;
  if (language && !speaks(voice.languages, language)) return false;
  if (!search) return true;
  const wanted = search.toLowerCase();
  return [voice.name, voice.description, voice.accent].some((text) => lower(text).includes(wanted));
}

/** `es` is spoken by whoever speaks any Spanish, `es-MX` by those who say so and by those who say only `es`. */
function speaks(languages: readonly string[], wanted: string): boolean {
  const language = wanted.toLowerCase();
  const primary = language.split('-')[0];
  if (language === primary) return languages.some((each) => each.toLowerCase().split('-')[0] === primary);
  const spoken = languages.map((each) => each.toLowerCase());
  const named = spoken.some((each) => each.startsWith(`${primary}-`));
  return spoken.includes(language) || (!named && spoken.includes(primary ?? ''));
}

const byVendorAndName = (a: VoiceRecord, b: VoiceRecord): number =>
  VOICE_PROVIDERS.indexOf(a.provider) - VOICE_PROVIDERS.indexOf(b.provider) ||
  Number(b.own) - Number(a.own) ||
  a.name.localeCompare(b.name, 'en') ||
  (a.id < b.id ? -1 : 1);

const recordOf = (provider: Provider, { previewUrl: _, languages, ...voice }: ListedVoice): VoiceRecord => ({
  provider,
  ...voice,
  languages: [...languages],
});

function sourceOf(answer: LibraryAnswer | null): VoiceSource {
  if (!answer) return { status: 'no_key', message: null, fetched_at: null };
  return {
    status: answer.status,
    message: 'message' in answer ? answer.message : null,
    fetched_at: 'fetchedAt' in answer ? new Date(answer.fetchedAt).toISOString() : null,
  };
}
