import type { Blobs } from './blobs/blobs.ts';
import type { ProvidersOf } from './calls/stage-choice.ts';
import type { KnownCarrier } from './carrier-account.ts';
import { vendorOf } from './carrier-keys.ts';
import type { Database } from './database/connect.ts';
import type { Sealer } from './database/sealing.ts';
import type { Ground, StandIns } from './ground.ts';
import { createVendorKeys } from './integrations/vendor-keys.ts';
import { createVoiceLibraries } from './integrations/voice-libraries.ts';
import { createVoicePreviews } from './integrations/voice-previews.ts';
import { createVoices } from './integrations/voices.ts';
import type { createNodeSpeech } from './node-speech.ts';
import { createProvidersOf, createVendorQuestion, vendorsOf } from './providers.ts';
import { createVoiceVendors, failureOf } from './voice-vendors.ts';

export interface VendorFeaturesGround extends Pick<Ground, 'config' | 'logger'> {
  db: Database;
  sealer: Sealer;
  blobs: Blobs;
  knownCarriers: readonly KnownCarrier[];
  speech: ReturnType<typeof createNodeSpeech>;
  standIns: Pick<StandIns, 'providers' | 'fetch' | 'now'>;
}

/** What accounts have with vendors: their keys, whom their calls run on with them, and the voices they give access to. */
export function createVendorFeatures({ config, logger, db, sealer, blobs, knownCarriers, speech, standIns }: VendorFeaturesGround) {
  const { providers: scripted, fetch, now = Date.now } = standIns;
  const vendorKeys = createVendorKeys({
    db,
    sealer,
    logger,
    guard: config.env === 'production',
    vendors: [...vendorsOf(config), ...knownCarriers.map(vendorOf)],
    ask: createVendorQuestion(config, knownCarriers, fetch),
    foreignTo: async (vendorId, own) => (await knownCarriers.find(({ id }) => id === vendorId)?.foreignTo?.(own)) ?? [],
  });
  const { accessOf } = vendorKeys;
  const providersOf: ProvidersOf = scripted ? async () => scripted : createProvidersOf({ config, speech: speech.current, accessOf, fetch });
  const voiceVendors = createVoiceVendors({ config, accessOf, providersOf, fetch });
  const libraries = createVoiceLibraries({ now, failureOf });
  const voices = createVoices({ libraries, libraryOf: voiceVendors.libraryOf });
  return { vendorKeys, providersOf, voices, voicePreviews: createVoicePreviews({ blobs, voices, ...voiceVendors }) };
}
