import { createCartesiaVoices } from '../cartesia/voice-list.ts';
import type { ProviderSetting, ProviderSettings } from '../define.ts';
import { createElevenLabsVoices } from '../elevenlabs/voice-list.ts';
import { localVoices } from '../local/voice-list.ts';
import type { VoiceLibrary } from './voice-library.ts';

interface VoiceVendor {
  id: string;
  /** Without it there is nothing to ask; null: it needs none. */
  key: ProviderSetting | null;
  create(settings: ProviderSettings, fetch?: typeof globalThis.fetch): VoiceLibrary;
}

/** Every vendor of voices, one line each. */
export const VOICE_VENDORS: readonly VoiceVendor[] = [
  {
    id: 'cartesia',
    key: 'CARTESIA_API_KEY',
    create: (settings, fetch) =>
      createCartesiaVoices({ apiKey: settings.CARTESIA_API_KEY ?? '', baseUrl: settings.CARTESIA_API_URL, fetch }),
  },
  {
    id: 'elevenlabs',
    key: 'ELEVENLABS_API_KEY',
    create: (settings, fetch) =>
      createElevenLabsVoices({ apiKey: settings.ELEVENLABS_API_KEY ?? '', baseUrl: settings.ELEVENLABS_API_URL, fetch }),
  },
  { id: 'local', key: null, create: () => localVoices },
];
