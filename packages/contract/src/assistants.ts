import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { accountSlug, paged, paging, pathId, timestamp } from './primitives.ts';
import { transferDestinations } from './transfers.ts';

/** Starter configurations of an assistant; the one chosen stays in its `type`. */
export const ASSISTANT_TEMPLATES = ['outbound-setter', 'inbound-support', 'follow-up', 'custom'] as const;
export const LANGUAGE_MODEL_PROVIDERS = ['openai', 'anthropic', 'google', 'deepseek', 'qwen', 'openai-compatible', 'local'] as const;
export const VOICE_PROVIDERS = ['cartesia', 'elevenlabs', 'local'] as const;
/** `standard`: transcription, language model and voice one after the other; `realtime`: one model that hears and speaks itself. */
export const ASSISTANT_MODES = ['standard', 'realtime'] as const;
export const REALTIME_PROVIDERS = ['openai-realtime', 'gemini-live'] as const;
export const TRANSCRIPTOR_PROVIDERS = ['deepgram', 'assemblyai', 'local'] as const;

export type AssistantTemplate = (typeof ASSISTANT_TEMPLATES)[number];

/**
 * What `first_message` and `system_prompt` may name between double braces; `contact.custom.<key>` and
 * `company.custom.<key>` name custom fields by their key.
 */
export const CRM_VARIABLES = [
  'contact.first_name',
  'contact.last_name',
  'contact.full_name',
  'contact.email',
  'contact.phone',
  'contact.job_title',
  'contact.lead_status',
  'company.name',
  'company.website',
  'company.industry',
  'company.phone',
  'company.city',
  'company.state',
  'company.country',
  'campaign.name',
  'campaign.description',
  'campaign.from_number',
] as const;

const word = (what: string, example: string) =>
  z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe(what)
    .meta({ examples: [example] });

/** BCP-47, as `Intl` understands it. */
const isLanguage = (value: string): boolean => {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
};
const languageCode = z
  .string()
  .max(35)
  .refine(isLanguage, 'must be a BCP-47 language code, for example en, es or fr')
  .describe('BCP-47 language code of the transcription')
  .meta({ examples: ['en'] });

/** The fields a client may set, with their bounds. */
export const assistantSettings = {
  name: word('A human-readable name', 'Q1 Outbound Setter'),
  first_message: z
    .string()
    .max(2000)
    .describe('The opening line when a call connects; may use CRM variables. Empty: the assistant waits for the caller to speak')
    .meta({ examples: ['Hi, this is Alex from Talkturo. Do you have a minute, {{contact.first_name}}?'] }),
  system_prompt: z
    .string()
    .max(100_000)
    .describe('The instructions that define behaviour and persona; may use CRM variables like {{contact.first_name}}')
    .meta({ examples: ['You are a friendly outbound sales assistant for {{company.name}}.'] }),
  provider: z
    .enum(LANGUAGE_MODEL_PROVIDERS)
    .describe('Language model provider')
    .meta({ examples: ['openai'] }),
  model: word('Language model identifier of that provider', 'gpt-4o-mini'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .describe('Sampling temperature; higher values vary more')
    .meta({ examples: [0.7] }),
  max_tokens: z
    .int()
    .min(1)
    .max(32_768)
    .describe('Most tokens of one completion')
    .meta({ examples: [1024] }),
  voice_provider: z
    .enum(VOICE_PROVIDERS)
    .describe('Speech synthesis provider')
    .meta({ examples: ['cartesia'] }),
  voice_model: word('Voice model identifier of that provider', 'sonic-english'),
  voice_id: word('Voice identifier within the provider', 'a0e99841-438c-4a64-b679-ae501e7d6091'),
  voice_name: word('Human-readable label of the voice', 'Alex'),
  transcriptor_provider: z
    .enum(TRANSCRIPTOR_PROVIDERS)
    .describe('Transcription provider')
    .meta({ examples: ['deepgram'] }),
  transcriptor_model: word('Transcription model', 'nova-2'),
  transcriptor_language: languageCode,
  transcriptor_keyterms: z
    .array(z.string().trim().min(1).max(50))
    .max(100)
    .nullable()
    .describe(
      'Words likely to come that a transcriber might miss: names, products. The contact’s and company’s names are added by themselves',
    )
    .meta({ examples: [['Talkturo', 'Setter']] }),
  fallback_llm_provider: z
    .enum(LANGUAGE_MODEL_PROVIDERS)
    .nullable()
    .describe('Language model provider that takes over in a call when the first fails or stalls; null: the server’s own choice')
    .meta({ examples: ['anthropic'] }),
  fallback_llm_model: word('Language model identifier of the fallback; its provider’s default unless given', 'claude-haiku-4-5').nullable(),
  fallback_voice_provider: z
    .enum(VOICE_PROVIDERS)
    .nullable()
    .describe('Speech synthesis provider that takes over in a call; null: the server’s own choice')
    .meta({ examples: ['elevenlabs'] }),
  fallback_voice_model: word('Voice model of the fallback; its provider’s default unless given', 'eleven_flash_v2_5').nullable(),
  fallback_voice_id: word('Voice of the fallback; its provider’s default unless given', 'EXAVITQu4vr4xnSDxMaL').nullable(),
  fallback_transcriptor_provider: z
    .enum(TRANSCRIPTOR_PROVIDERS)
    .nullable()
    .describe('Transcription provider that takes over in a call; null: the server’s own choice')
    .meta({ examples: ['assemblyai'] }),
  fallback_transcriptor_model: word('Transcription model of the fallback; its provider’s default unless given', 'universal').nullable(),
  transfer_destinations: transferDestinations
    .nullable()
    .describe('Whom it may connect callers with by itself, with its tool transfer_call; null or empty: nobody')
    .meta({ examples: [[{ name: 'Sales', phone_number: '+14155550101', description: 'Prices and orders', mode: 'attended' }]] }),
  mode: z
    .enum(ASSISTANT_MODES)
    .describe(
      '`standard`: transcription, language model and voice one after the other; `realtime`: one model that hears and speaks itself, with the standard ones to take over when it fails',
    )
    .meta({ examples: ['standard'] }),
  realtime_provider: z
    .enum(REALTIME_PROVIDERS)
    .describe('Provider of the model that hears and speaks itself, in realtime mode')
    .meta({ examples: ['openai-realtime'] }),
  realtime_model: word('Realtime model of that provider', 'gpt-realtime'),
  realtime_voice: word('Voice of the realtime model, by its name', 'marin'),
  recording_enabled: z.boolean().describe('Record calls in stereo: left the caller, right the assistant'),
  inbound_enabled: z.boolean().describe('Whether it may answer inbound calls'),
  outbound_enabled: z.boolean().describe('Whether it may place outbound calls'),
} as const;

export const assistant = z
  .object({
    id: z
      .string()
      .describe('Unique identifier')
      .meta({ examples: ['asst_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    account_id: z
      .string()
      .describe('The account it belongs to')
      .meta({ examples: ['acct_01jh9y1v5kfk8r7c6t2n4m3p0q'] }),
    name: z.string().describe('The name you gave it'),
    type: z.enum(ASSISTANT_TEMPLATES).describe('The template it was created from'),
    model: z.string().describe('Language model identifier'),
    provider: z.enum(LANGUAGE_MODEL_PROVIDERS).describe('Language model provider'),
    temperature: z.number().describe('Sampling temperature'),
    max_tokens: z.int().describe('Most tokens of one completion'),
    first_message: z.string().describe('What it says first when a call connects'),
    system_prompt: z.string().describe('The instructions that define behaviour and persona'),
    voice_provider: z.enum(VOICE_PROVIDERS).describe('Speech synthesis provider'),
    voice_model: z.string().describe('Voice model identifier'),
    voice_id: z.string().describe('Voice identifier within the provider'),
    voice_name: z.string().describe('Human-readable label of the voice'),
    transcriptor_provider: z.enum(TRANSCRIPTOR_PROVIDERS).describe('Transcription provider'),
    transcriptor_model: z.string().describe('Transcription model'),
    transcriptor_language: z.string().describe('BCP-47 language code of the transcription'),
    transcriptor_keyterms: z.array(z.string()).optional().describe('Words likely to come; left out where there are none'),
    fallback_llm_provider: z
      .enum(LANGUAGE_MODEL_PROVIDERS)
      .optional()
      .describe('Language model provider that takes over; left out unless set'),
    fallback_llm_model: z.string().optional().describe('Language model of the fallback; left out unless set'),
    fallback_voice_provider: z.enum(VOICE_PROVIDERS).optional().describe('Speech synthesis provider that takes over; left out unless set'),
    fallback_voice_model: z.string().optional().describe('Voice model of the fallback; left out unless set'),
    fallback_voice_id: z.string().optional().describe('Voice of the fallback; left out unless set'),
    fallback_transcriptor_provider: z
      .enum(TRANSCRIPTOR_PROVIDERS)
      .optional()
      .describe('Transcription provider that takes over; left out unless set'),
    fallback_transcriptor_model: z.string().optional().describe('Transcription model of the fallback; left out unless set'),
    transfer_destinations: transferDestinations.optional().describe('Whom it may connect callers with; left out where there is nobody'),
    mode: z.enum(ASSISTANT_MODES).describe('Whether one realtime model leads its calls, or three stages do'),
    realtime_provider: z.enum(REALTIME_PROVIDERS).describe('Provider of the realtime model'),
    realtime_model: z.string().describe('Realtime model identifier'),
    realtime_voice: z.string().describe('Voice of the realtime model'),
    recording_enabled: z.boolean().describe('Whether calls are recorded'),
    inbound_enabled: z.boolean().describe('Whether it may answer inbound calls'),
    outbound_enabled: z.boolean().describe('Whether it may place outbound calls'),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({
    id: 'Assistant',
    examples: [
      {
        id: 'asst_01jh9y1v5kfk8r7c6t2n4m3p0q',
        account_id: 'acct_01jh9y1v5kfk8r7c6t2n4m3p0q',
        name: 'Q1 Outbound Setter',
        type: 'outbound-setter',
        model: 'gpt-4o-mini',
        provider: 'openai',
        temperature: 0.7,
        max_tokens: 1024,
        first_message: 'Hi, this is Alex from Talkturo. Do you have a quick minute, {{contact.first_name}}?',
        system_prompt: 'You are a friendly outbound sales assistant named Alex…',
        voice_provider: 'cartesia',
        voice_model: 'sonic-english',
        voice_id: 'a0e99841-438c-4a64-b679-ae501e7d6091',
        voice_name: 'Alex',
        transcriptor_provider: 'deepgram',
        transcriptor_model: 'nova-2',
        transcriptor_language: 'en',
        mode: 'standard',
        realtime_provider: 'openai-realtime',
        realtime_model: 'gpt-realtime',
        realtime_voice: 'marin',
        recording_enabled: true,
        inbound_enabled: false,
        outbound_enabled: true,
        created_at: '2026-01-15T10:00:00.000Z',
        updated_at: '2026-01-15T10:00:00.000Z',
      },
    ],
  });

export type AssistantRecord = z.infer<typeof assistant>;

const group = 'Assistants';
const params = z.object({ assistantId: pathId('The id of the assistant (asst_…)') });
const concurrency =
  'The answer carries an `ETag`; send it back as `If-Match` with a change and the change is refused with 412 if somebody else was faster.';

export const createAssistant = endpoint({
  method: 'POST',
  path: '/api/assistants',
  group,
  access: 'assistants:write',
  summary: 'Create an assistant',
  description: 'Creates an assistant with the defaults of a template. Change single fields afterwards with `PATCH`.',
  body: z.strictObject({
    accountSlug,
    name: assistantSettings.name,
    templateId: z.enum(ASSISTANT_TEMPLATES).default('custom').describe('Starter configuration'),
  }),
  returns: { assistant },
  example: { body: { accountSlug: 'my-team', name: 'Q1 Outbound Setter', templateId: 'outbound-setter' } },
});

export const getAssistant = endpoint({
  method: 'GET',
  path: '/api/assistants/{assistantId}',
  group,
  access: 'assistants:read',
  summary: 'Get an assistant',
  description: `Answers the full configuration. ${concurrency}`,
  params,
  returns: { assistant },
});

export const listAssistants = endpoint({
  method: 'GET',
  path: '/api/assistants',
  group,
  access: 'assistants:read',
  summary: 'List assistants',
  description: 'Newest first.',
  query: z.strictObject({
    accountSlug: accountSlug.optional(),
    search: z.string().trim().max(200).optional().describe('Part of the name, upper or lower case'),
    type: z.enum(ASSISTANT_TEMPLATES).optional().describe('Only those made from this template'),
    ...paging,
  }),
  returns: { assistants: z.array(assistant), ...paged },
});

export const updateAssistant = endpoint({
  method: 'PATCH',
  path: '/api/assistants/{assistantId}',
  group,
  access: 'assistants:write',
  summary: 'Update an assistant',
  description: `Changes the fields you send and no others. ${concurrency}`,
  params,
  body: z.strictObject({ accountSlug, ...z.object(assistantSettings).partial().shape }),
  returns: { assistant },
  alsoAnswers: [412],
  example: {
    body: {
      accountSlug: 'my-team',
      system_prompt: 'You are a helpful sales assistant for Acme Corp. Your goal is to qualify leads and book demos.',
      voice_provider: 'elevenlabs',
      voice_id: 'EXAVITQu4vr4xnSDxMaL',
      recording_enabled: true,
    },
  },
});

export const deleteAssistant = endpoint({
  method: 'DELETE',
  path: '/api/assistants/{assistantId}',
  group,
  access: 'assistants:write',
  summary: 'Delete an assistant',
  description: 'Its phone numbers become free for other assistants; its past calls stay on record.',
  params,
  query: z.strictObject({ accountSlug: accountSlug.optional() }),
  returns: {},
  alsoAnswers: [412],
});

export const cloneAssistant = endpoint({
  method: 'POST',
  path: '/api/assistants/{assistantId}/clone',
  group,
  access: 'assistants:write',
  summary: 'Clone an assistant',
  description: 'Makes a second assistant with the same configuration and no phone numbers.',
  params,
  body: z.strictObject({
    accountSlug: accountSlug.optional(),
    name: assistantSettings.name.optional().describe('Name of the copy; the old name followed by “(copy)” unless given'),
  }),
  returns: { assistant },
});
