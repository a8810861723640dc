import { ProviderError } from '@talkturo/voice';
import { z } from 'zod';
import { type LibraryVoice, languageTags, readPages, shortText, type VoiceAccess, type VoiceLibrary } from '../voices/voice-library.ts';
import { requestJson } from '../wire/json-request.ts';
import { CARTESIA_URL, CARTESIA_VERSION } from './cartesia-request.ts';

const voice = z.object({
  id: z.string().min(1),
  name: z.string(),
  description: z.string().nullish(),
  language: z.string().nullish(),
  locales: z.array(z.object({ locale: z.string() })).nullish(),
  accent: z.string().nullish(),
  gender: z.string().nullish(),
  is_owner: z.boolean().nullish(),
  preview_file_url: z.string().nullish(),
});
const page = z.object({ data: z.array(z.unknown()), has_more: z.boolean().nullish() });

/** Its words and ours. */
const GENDERS: Record<string, LibraryVoice['gender']> = { masculine: 'male', feminine: 'female', gender_neutral: 'neutral' };
const PAGE = 100;

/** Cartesia's voices: the public ones and those of the account. */
export function createCartesiaVoices({ apiKey, baseUrl = CARTESIA_URL, fetch }: VoiceAccess): VoiceLibrary {
  const headers = { authorization: `Bearer ${apiKey}`, 'cartesia-version': CARTESIA_VERSION };

  return {
    list: (signal) =>
      readPages(async (after) => {
        const url = new URL('/voices', baseUrl);
        url.searchParams.set('limit', `${PAGE}`);
        url.searchParams.append('expand[]', 'preview_file_url');
        if (after !== null) url.searchParams.set('starting_after', after);
        const read = page.safeParse(await requestJson('cartesia', { url, headers, signal, fetch })).data;
        if (!read) throw new ProviderError('cartesia', 'protocol', 'cartesia sent a list of voices that cannot be read.');
        const items = read.data.flatMap(toVoice);
        return { items, next: read.has_more ? (items.at(-1)?.id ?? null) : null };
      }),
    // Cartesia's reference names samples, not who may have them (docs.cartesia.ai/api-reference/voices/list and cartesia-js, November
    // 2026): on its own host the key goes along, as with every request there; it goes nowhere else.
    previewHeaders: (url) => (new URL(url).origin === new URL(baseUrl).origin ? headers : {}),
  };
}

/** A voice in a shape of its own costs that voice, not the list. */
function toVoice(raw: unknown): LibraryVoice[] {
  const read = voice.safeParse(raw).data;
  if (!read) return [];
  return [
    {
      id: read.id,
      name: read.name,
      description: shortText(read.description),
      languages: languageTags([read.language, ...(read.locales ?? []).map(({ locale }) => locale)]),
      gender: GENDERS[read.gender ?? ''] ?? null,
      accent: shortText(read.accent, 60),
      own: read.is_owner ?? false,
      previewUrl: read.preview_file_url ?? null,
    },
  ];
}
