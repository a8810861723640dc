import {
  type BodyOf,
  checkProvider,
  listProviders,
  listVoices,
  type ProviderCheck,
  type ProviderSetting,
  previewVoice,
  setProviders,
  setUpTelnyx,
  setUpTwilio,
} from '@talkturo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sameAccount } from '../http/caller.ts';
import { sentenceFor } from '../http/language/failure-language.ts';
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
  serve(app, listProviders, async ({ caller, query, request }) => allTold(request, await vendorKeys.list(caller, query)));
  serve(app, setProviders, async ({ caller, body, request }) => allTold(request, await vendorKeys.set(caller, body)));
  serve(app, checkProvider, async ({ caller, params, body, request }) => {
    sameAccount(caller, body);
    return { check: toldTo(request, await vendorKeys.check(caller, params.provider)) };
  });
  serve(app, setUpTelnyx, async ({ caller, body, request }) => allTold(request, await carrierSetUps.telnyx(caller, body)));
  serve(app, setUpTwilio, async ({ caller, body, request }) => allTold(request, await carrierSetUps.twilio(caller, body)));
  serve(app, listVoices, async ({ caller, query, request }) => {
    const { sources, ...list } = await voices.list(caller, query);
    const told = Object.entries(sources).map(([vendor, source]) => [
      vendor,
      source && { ...source, message: source.message && sentenceFor(request, source.message) },
    ]);
    return { ...list, sources: Object.fromEntries(told) };
  });
  serve(app, previewVoice, async ({ caller, params, reply }) => {
    const { type, bytes } = await voicePreviews.get(caller.accountId, params.provider, params.voiceId);
    // Voices keep their ids; whose key it was heard with decides who may hear it.
    return reply.type(type).header('cache-control', 'private, max-age=3600').send(Buffer.from(bytes));
  });
}

/** What a vendor said, in the language of the person who reads it; for programs as it is. */
const toldTo = (request: FastifyRequest, check: ProviderCheck): ProviderCheck => ({
  ...check,
  message: sentenceFor(request, check.message),
});

const allTold = <A extends { providers: readonly ProviderSetting[] }>(request: FastifyRequest, answer: A) => ({
  ...answer,
  providers: answer.providers.map((one) => ({ ...one, last_check: one.last_check && toldTo(request, one.last_check) })),
});
