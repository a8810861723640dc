import { z } from 'zod';
import { VOICE_PROVIDERS } from './assistants.ts';
import { endpoint } from './endpoint.ts';
import { accountSlug, paged, paging, pathId, timestamp } from './primitives.ts';

export const VOICE_GENDERS = ['female', 'male', 'neutral'] as const;
export const VOICE_SOURCE_STATUSES = ['available', 'stale', 'unavailable', 'no_key'] as const;

const provider = z.enum(VOICE_PROVIDERS);

export const voice = z
  .object({
    provider: provider.describe('As it goes into `voice_provider` of an assistant'),
    id: z.string().describe('As it goes into `voice_id` of an assistant'),
    name: z.string().describe('As it goes into `voice_name` of an assistant'),
    description: z.string().nullable().describe('What the vendor says of it'),
    languages: z.array(z.string()).describe('BCP-47; empty: the vendor does not say'),
    gender: z.enum(VOICE_GENDERS).nullable().describe('null: the vendor does not say'),
    accent: z.string().nullable().describe('In the word of the vendor'),
    own: z.boolean().describe('Made or added by the account at the vendor, not one that everybody has'),
  })
  .meta({
    id: 'Voice',
    examples: [
      {
        provider: 'cartesia',
        id: 'a0e99841-438c-4a64-b679-ae501e7d6091',
        name: 'Alex',
        description: 'Warm and unhurried.',
        languages: ['en', 'en-US'],
        gender: 'male',
        accent: 'american',
        own: false,
      },
    ],
  });
export type VoiceRecord = z.infer<typeof voice>;

const source = z
  .object({
    status: z
      .enum(VOICE_SOURCE_STATUSES)
      .describe(
        '`available`: the list is complete; `stale`: the vendor does not answer, this is what it had before; `unavailable`: there is nothing to show; `no_key`: nobody has set a key',
      ),
    message: z.string().nullable().describe('Why it is not available, in one sentence'),
    fetched_at: timestamp.nullable().describe('When the list was read from the vendor'),
  })
  .meta({ id: 'VoiceSource' });
export type VoiceSource = z.infer<typeof source>;

const group = 'Assistants';

export const listVoices = endpoint({
  method: 'GET',
  path: '/api/voices',
  group,
  access: 'assistants:read',
  summary: 'List voices',
  description:
    'The voices an assistant can speak with: those of Cartesia and ElevenLabs as the key of the account sees them, and the built-in ones. ' +
    'By vendor and name. Lists are kept for ten minutes; what a vendor last had is answered while it is down, which `sources` says.',
  query: z.strictObject({
    accountSlug: accountSlug.optional(),
    provider: provider.optional().describe('Only those of this vendor'),
    language: z
      .string()
      .trim()
      .max(35)
      .optional()
      .describe('BCP-47: `es` finds every Spanish, `es-MX` the Mexican one and those that say only `es`')
      .meta({ examples: ['en'] }),
    gender: z.enum(VOICE_GENDERS).optional().describe('Only voices that sound so'),
    search: z.string().trim().max(200).optional().describe('Part of the name, the description or the accent'),
    ...paging,
  }),
  returns: {
    voices: z.array(voice).describe('The voices'),
    sources: z
      .object({ cartesia: source.optional(), elevenlabs: source.optional(), local: source.optional() })
      .describe('How each vendor that was asked is doing'),
    ...paged,
  },
});

export const previewVoice = endpoint({
  method: 'GET',
  path: '/api/voices/{provider}/{voiceId}/preview',
  group,
  access: 'assistants:read',
  summary: 'Hear a voice',
  description: 'The sample the vendor keeps of the voice; where it keeps none, a short sentence in a language of the voice.',
  params: z.object({
    provider: pathId('The vendor: cartesia, elevenlabs or local').meta({ examples: ['local'] }),
    voiceId: pathId('The id of the voice').meta({ examples: ['rms'] }),
  }),
  file: { types: ['audio/wav', 'audio/mpeg'], description: 'A few seconds of the voice' },
  alsoAnswers: [409, 503],
});
