import { ProviderError } from '@talkturo/voice';
import { z } from 'zod';
import { type LibraryVoice, languageTags, readPages, shortText, type VoiceAccess, type VoiceLibrary } from '../voices/voice-library.ts';
import { requestJson } from '../wire/json-request.ts';
import { ELEVENLABS_URL } from './stream-request.ts';

const voice = z.object({
  voice_id: z.string().min(1),
  name: z.string().nullish(),
  description: z.string().nullish(),
  category: z.string().nullish(),
  is_owner: z.boolean().nullish(),
  labels: z.record(z.string(), z.unknown()).nullish(),
  preview_url: z.string().nullish(),
  verified_languages: z.array(z.object({ language: z.string().nullish(), locale: z.string().nullish() })).nullish(),
});
const page = z.object({ voices: z.array(z.unknown()), has_more: z.boolean().nullish(), next_page_token: z.string().nullish() });

const GENDERS: Record<string, LibraryVoice['gender']> = { male: 'male', female: 'female', neutral: 'neutral', 'non-binary': 'neutral' };
/** Voices that are mostly somebody else's, where ElevenLabs does not say whose: professional ones are both shared and made. */
const SHARED = new Set(['premade', 'professional']);
const PAGE = 100;

/** ElevenLabs' voices: its own and those that the account made or added. */
export function createElevenLabsVoices({ apiKey, baseUrl = ELEVENLABS_URL, fetch }: VoiceAccess): VoiceLibrary {
  return {
    list: (signal) =>
      readPages(async (after) => {
        const url = new URL('/v2/voices', baseUrl);
        url.searchParams.set('page_size', `${PAGE}`);
        if (after !== null) url.searchParams.set('next_page_token', after);
        const read = page.safeParse(await requestJson('elevenlabs', { url, headers: { 'xi-api-key': apiKey }, signal, fetch })).data;
        if (!read) throw new ProviderError('elevenlabs', 'protocol', 'elevenlabs sent a list of voices that cannot be read.');
        return { items: read.voices.flatMap(toVoice), next: read.has_more ? (read.next_page_token ?? null) : null };
      }),
    // Its samples lie open on a file server.
    previewHeaders: () => ({}),
  };
}

const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** A voice in a shape of its own costs that voice, not the list. */
function toVoice(raw: unknown): LibraryVoice[] {
  const read = voice.safeParse(raw).data;
  if (!read) return [];
  const { labels, verified_languages: verified } = read;
  return [
    {
      id: read.voice_id,
      name: read.name ?? read.voice_id,
      description: shortText(read.description ?? word(labels?.description) ?? word(labels?.descriptive)),
      languages: languageTags([word(labels?.language), ...(verified ?? []).flatMap(({ language, locale }) => [language, locale])]),
      gender: GENDERS[word(labels?.gender)?.toLowerCase() ?? ''] ?? null,
      accent: shortText(word(labels?.accent), 60),
      own: read.is_owner ?? !SHARED.has(read.category ?? ''),
      previewUrl: read.preview_url ?? null,
    },
  ];
}
