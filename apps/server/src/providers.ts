import {
  checkKey,
  type LocalSpeech,
  type ProviderResources,
  type ProviderSettings,
  resolveLanguageModel,
  resolveSpeechToSpeech,
  resolveSpeechToText,
  resolveTextToSpeech,
  VENDOR_KEYS,
  type VendorKey,
} from '@talkturo/providers';
import { createEnergyVoiceActivity, ProviderError } from '@talkturo/voice';
import type { ProvidersOf, Resolution } from './calls/stage-choice.ts';
import type { KnownCarrier } from './carrier-account.ts';
import { askCarrier } from './carrier-keys.ts';
import type { Config } from './config.ts';
import { createGuardedFetch } from './http/guarded-fetch.ts';
import type { AccountAccess, CheckFinding, Vendor, VendorAccess } from './integrations/vendor-access.ts';

export interface ProvidersGround {
  config: Config;
  /** The speech models of this node, once they run. */
  speech: () => LocalSpeech | null;
  accessOf(accountId: string): Promise<AccountAccess>;
  /** Instead of the network, in tests. */
  fetch?: typeof fetch | undefined;
}

/** Providers that work with the key of another one of their vendor. */
const KEY_OF: Readonly<Record<string, string>> = { 'openai-realtime': 'openai', 'gemini-live': 'google' };
/** A vendor that says nothing for this long is no help to a person who waits either. */
const CHECK_MS = 8_000;

/** The vendors as the settings of the server know them. */
export function vendorsOf(config: Config): Vendor[] {
  const settings = serverSettings(config);
  return VENDOR_KEYS.map(({ id, name, tasks, needs }) => ({
    id: id as Vendor['id'],
    name,
    tasks,
    serverKey: needs.every((need) => settings[need] !== undefined),
  }));
}

/** The vendors an assistant may name, with the keys of its account or else those of the server, and the local models. */
export function createProvidersOf({ config, speech, accessOf, fetch }: ProvidersGround): ProvidersOf {
  const reach = reachOf(config, fetch);
  return async (accountId) => {
    const access = await accessOf(accountId);
    const settings = settingsFor(config, access);
    const resources = (): ProviderResources => ({ settings, localSpeech: speech(), fetch: reach(access.get('openai-compatible')) });
    const resolved = <Port>(resolve: (id: string, resources: ProviderResources) => Resolution<Port> & { reason?: string }) => {
      return (id: string): Resolution<Port> => {
        if (access.get(KEY_OF[id] ?? id) === null)
          return { ok: false, message: `The key of this account for ${id} cannot be read: set it again.` };
        const resolution = resolve(id, resources());
        if (resolution.ok || resolution.reason !== 'missing') return resolution;
        return { ok: false, message: resolution.message.replace(/\.$/, ', or a key of the account under Settings → Integrations.') };
      };
    };
    return {
      speechToText: resolved(resolveSpeechToText),
      languageModel: resolved(resolveLanguageModel),
      textToSpeech: resolved(resolveTextToSpeech),
      speechToSpeech: resolved(resolveSpeechToSpeech),
      voiceActivity: () => speech()?.voiceActivity ?? createEnergyVoiceActivity(),
      localLanguageModel: settings.LLM_BASE_URL ? 'openai-compatible' : 'local',
      fallback: config.localFallback,
    };
  };
}

/** Asks a vendor whether it takes a key: the account's, else the server's. */
export function createKeyQuestion(config: Config, fetch?: typeof globalThis.fetch, deadlineMs = CHECK_MS) {
  const reach = reachOf(config, fetch);
  return async (vendorId: string, own: VendorAccess | null): Promise<CheckFinding> => {
    const settings = settingsFor(config, new Map(own ? [[vendorId, own]] : []));
    try {
      await checkKey(vendorId, { settings, signal: AbortSignal.timeout(deadlineMs), fetch: reach(own) });
      return { ok: true };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return { ok: false, problem: error.kind, said: error.message };
    }
  };
}

/** The same for every vendor, carriers among them. */
export function createVendorQuestion(config: Config, carriers: readonly KnownCarrier[], fetch?: typeof globalThis.fetch) {
  const ask = createKeyQuestion(config, fetch);
  return (vendorId: string, own: VendorAccess | null): Promise<CheckFinding> => {
    const carrier = carriers.find(({ id }) => id === vendorId);
    return carrier ? askCarrier(carrier, own) : ask(vendorId, own);
  };
}

/** What of the environment is for vendors. */
const serverSettings = (config: Config): ProviderSettings =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => typeof value === 'string'));

/**
 * The settings of the server with those of the account in their places. A vendor is taken whole from one of them: a key of
 * the server must never go to an address of the account.
 */
export function settingsFor(config: Config, access: AccountAccess): ProviderSettings {
  const settings: Record<string, string | undefined> = { ...serverSettings(config) };
  for (const vendor of VENDOR_KEYS) {
    const own = access.get(vendor.id);
    if (own === undefined) continue;
    for (const [part, setting] of partsOf(vendor))
      settings[setting] = part === 'api_key' ? (own?.apiKey ?? undefined) : own?.settings[part];
  }
  return settings as ProviderSettings;
}

const partsOf = ({ settings }: VendorKey) => Object.entries(settings) as [string, string][];

/** Addresses that an account chose are guarded in production; those of the operator may be anywhere. */
function reachOf(config: Config, standIn: typeof fetch | undefined) {
  const guarded = config.env === 'production' ? createGuardedFetch() : undefined;
  return (own: VendorAccess | null | undefined): typeof fetch | undefined => standIn ?? (own?.settings.base_url ? guarded : undefined);
}
