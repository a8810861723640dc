import { VENDORS } from '../ai-sdk/vendors.ts';
import { ASSEMBLYAI_URL } from '../assemblyai/stream-address.ts';
import { CARTESIA_URL, CARTESIA_VERSION } from '../cartesia/cartesia-request.ts';
import { DEEPGRAM_URL } from '../deepgram/listen-address.ts';
import type { ProviderSetting, ProviderSettings } from '../define.ts';
import { ELEVENLABS_URL } from '../elevenlabs/stream-request.ts';
import { endpointOf } from '../openai-compatible/openai-compatible.ts';

export type ProviderTask = 'language-model' | 'speech-to-text' | 'text-to-speech';

/** A vendor whose key can be set, and how one finds out cheaply whether it takes the key. */
export interface VendorKey {
  /** As it stands in assistants. */
  id: string;
  /** As it writes itself. */
  name: string;
  tasks: readonly ProviderTask[];
  /** What its access consists of, by what each part is; only `base_url` and `model` are shown again. */
  settings: { api_key: ProviderSetting; base_url?: ProviderSetting; model?: ProviderSetting };
  /** Without these nothing can be asked of it. */
  needs: readonly ProviderSetting[];
  /** A request that needs the key and costs nothing. */
  question(settings: ProviderSettings): { url: string; headers: Record<string, string> };
  /** What a server without that request is asked instead: one token of an answer. */
  otherwise?(settings: ProviderSettings): { url: string; body: object };
}

const bearer = (key: string | undefined): Record<string, string> => (key ? { authorization: `Bearer ${key}` } : {});
const within = (base: string, path: string): string => `${base.replace(/\/+$/, '')}${path}`;
const oneToken = (base: string, model: string) => ({
  url: within(base, '/chat/completions'),
  body: { model, max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] },
});

function languageVendor(
  id: 'openai' | 'deepseek' | 'qwen' | 'anthropic' | 'google',
  name: string,
  key: ProviderSetting,
  url: ProviderSetting,
  query: string,
  headers: (key: string) => Record<string, string>,
): VendorKey {
  const base = (settings: ProviderSettings) => settings[url] ?? VENDORS[id].baseUrl;
  return {
    id,
    name,
    tasks: ['language-model'],
    settings: { api_key: key },
    needs: [key],
    question: (settings) => ({ url: within(base(settings), `/models${query}`), headers: headers(settings[key] ?? '') }),
    // Not every gateway to these lists its models.
    ...(id === 'qwen' && { otherwise: (settings: ProviderSettings) => oneToken(base(settings), VENDORS.qwen.defaultModel) }),
  };
}

/** A vendor of sound whose addresses begin at its host. */
function soundVendor(
  id: string,
  name: string,
  task: ProviderTask,
  [key, url]: [ProviderSetting, ProviderSetting],
  defaultUrl: string,
  path: string,
  headers: (key: string) => Record<string, string>,
): VendorKey {
  return {
    id,
    name,
    tasks: [task],
    settings: { api_key: key },
    needs: [key],
    question: (settings) => ({ url: new URL(path, settings[url] ?? defaultUrl).href, headers: headers(settings[key] ?? '') }),
  };
}

/** Every vendor with a key, in the order in which people are shown them. */
export const VENDOR_KEYS: readonly VendorKey[] = [
  languageVendor('openai', 'OpenAI', 'OPENAI_API_KEY', 'OPENAI_API_URL', '', bearer),
  languageVendor('anthropic', 'Anthropic', 'ANTHROPIC_API_KEY', 'ANTHROPIC_API_URL', '?limit=1', (key) => ({
    'x-api-key': key,
    'anthropic-version': '2023-06-01',
  })),
  languageVendor('google', 'Google Gemini', 'GOOGLE_API_KEY', 'GOOGLE_API_URL', '?pageSize=1', (key) => ({ 'x-goog-api-key': key })),
  languageVendor('deepseek', 'DeepSeek', 'DEEPSEEK_API_KEY', 'DEEPSEEK_API_URL', '', bearer),
  languageVendor('qwen', 'Qwen', 'QWEN_API_KEY', 'QWEN_API_URL', '', bearer),
  {
    id: 'openai-compatible',
    name: 'OpenAI-compatible server',
    tasks: ['language-model'],
    settings: { api_key: 'LLM_API_KEY', base_url: 'LLM_BASE_URL', model: 'LLM_MODEL' },
    needs: ['LLM_BASE_URL', 'LLM_MODEL'],
    question: (settings) => ({
      url: within(endpointOf('openai-compatible', settings.LLM_BASE_URL ?? ''), '/models'),
      headers: bearer(settings.LLM_API_KEY),
    }),
    otherwise: (settings) => oneToken(endpointOf('openai-compatible', settings.LLM_BASE_URL ?? ''), settings.LLM_MODEL ?? ''),
  },
  // The request with which Deepgram itself says to test a key (developers.deepgram.com/guides/fundamentals/authenticating, November 2026).
  soundVendor(
    'deepgram',
    'Deepgram',
    'speech-to-text',
    ['DEEPGRAM_API_KEY', 'DEEPGRAM_API_URL'],
    DEEPGRAM_URL,
    '/v1/auth/token',
    (key) => ({ authorization: `Token ${key}` }),
  ),
  // A token nobody uses: it costs nothing and lapses after a minute.
  soundVendor(
    'assemblyai',
    'AssemblyAI',
    'speech-to-text',
    ['ASSEMBLYAI_API_KEY', 'ASSEMBLYAI_API_URL'],
    ASSEMBLYAI_URL,
    '/v3/token?expires_in_seconds=60',
    (key) => ({ authorization: key }),
  ),
  soundVendor(
    'cartesia',
    'Cartesia',
    'text-to-speech',
    ['CARTESIA_API_KEY', 'CARTESIA_API_URL'],
    CARTESIA_URL,
    '/voices?limit=1',
    (key) => ({ ...bearer(key), 'cartesia-version': CARTESIA_VERSION }),
  ),
  soundVendor(
    'elevenlabs',
    'ElevenLabs',
    'text-to-speech',
    ['ELEVENLABS_API_KEY', 'ELEVENLABS_API_URL'],
    ELEVENLABS_URL,
    '/v2/voices?page_size=1',
    (key) => ({ 'xi-api-key': key }),
  ),
];
