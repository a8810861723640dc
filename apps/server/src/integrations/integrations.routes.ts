import {
  type BodyOf,
  checkProvider,
  listProviders,
  listVoices,
  previewVoice,
  setProviders,
  setUpTelnyx,
  setUpTwilio,
} from '@talkturo/contract';
import type { FastifyInstance } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { serve } from '../http/serve.ts';
import type { CarrierSetUp } from './carrier-set-up.ts';
import type { VendorKeys } from './vendor-keys.ts';
import type { VoicePreviews } from './voice-previews.ts';
import type { Voices } from './voices.ts';

export interface IntegrationRoutes {
  vendorKeys: VendorKeys;
  /** One for each carrier that accounts can bring. */
  carrierSetUps: { telnyx: CarrierSetUp<BodyOf<typeof setUpTelnyx>>; twilio: CarrierSetUp<BodyOf<typeof setUpTwilio>> };
  voices: Voices;
  voicePreviews: VoicePreviews;
}

export function integrationRoutes(app: FastifyInstance, { vendorKeys, carrierSetUps, voices, voicePreviews }: IntegrationRoutes): void {
  serve(app, listProviders, ({ caller, query }) => vendorKeys.list(caller, query));
  serve(app, setProviders, ({ caller, body }) => vendorKeys.set(caller, body));
  serve(app, checkProvider, async ({ caller, params, body }) => {
    sameAccount(caller, body);
    return { check: await vendorKeys.check(caller, params.provider) };
  });
  serve(app, setUpTelnyx, ({ caller, body }) => carrierSetUps.telnyx(caller, body));
  serve(app, setUpTwilio, ({ caller, body }) => carrierSetUps.twilio(caller, body));
  serve(app, listVoices, ({ caller, query }) => voices.list(caller, query));
  serve(app, previewVoice, async ({ caller, params, reply }) => {
    const { type, bytes } = await voicePreviews.get(caller.accountId, params.provider, params.voiceId);
    // Voices keep their ids; whose key it was heard with decides who may hear it.
    return reply.type(type).header('cache-control', 'private, max-age=3600').send(Buffer.from(bytes));
  });
}
