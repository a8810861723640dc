import { CarrierError, createTelnyxApi, setUpTelnyxAccount, type TelnyxAccountReport, telnyxWebhookPath } from '@talkturo/carriers';
import type { AnswerOf, BodyOf, setUpTelnyx, TelnyxSetUp } from '@talkturo/contract';
import { AppError, conflict } from '../http/app-error.ts';
import { type Caller, sameAccount } from '../http/caller.ts';
import { requireAdmin, type VendorKeys } from './vendor-keys.ts';

export interface CarrierSetUpGround {
  vendorKeys: VendorKeys;
  telnyxUrl: string;
  /** Where carriers reach this server. */
  publicUrl: string | undefined;
  /** The account's numbers that were bought with its own access, by the reference they were ordered with. */
  ownNumbers(accountId: string): Promise<ReadonlySet<string>>;
}

type Step = TelnyxSetUp['steps'][number];
export type CarrierSetUp = ReturnType<typeof createCarrierSetUp>;

/** Makes an account's own Telnyx account ready for calls and says what there is and what is still to do. */
export function createCarrierSetUp({ vendorKeys, telnyxUrl, publicUrl, ownNumbers }: CarrierSetUpGround) {
  return async (caller: Caller, body: BodyOf<typeof setUpTelnyx>): Promise<AnswerOf<typeof setUpTelnyx>> => {
    sameAccount(caller, body);
    requireAdmin(caller);
    const { accountId } = caller;
    const access = await vendorKeys.access(accountId, 'telnyx');
    if (!access?.apiKey) throw conflict('no_vendor_key', 'Set the API key of your Telnyx account first.');
    if (!publicUrl) {
      throw conflict('no_public_url', 'Telnyx has to reach this server: whoever runs it needs to set PUBLIC_URL first.');
    }
    const ours = await ownNumbers(accountId);
    const report = await setUpTelnyxAccount(createTelnyxApi({ apiKey: access.apiKey, apiUrl: telnyxUrl }), {
      publicUrl,
      account: accountId,
      // Several workspaces may share one Telnyx account: each finds its own again.
      name: `Talkturo ${caller.accountSlug}`,
      connectionId: access.settings.connection_id,
      destinations: body.destinations,
      isOurs: (reference) => ours.has(reference),
    }).catch((error: unknown) => {
      throw error instanceof CarrierError ? refusalOf(error) : error;
    });
    await vendorKeys.keep(caller, 'telnyx', { connection_id: report.application.id });
    const steps = stepsOf(report, publicUrl, access.settings.public_key !== undefined);
    const setUp = {
      ready: steps.every(({ state }) => state !== 'missing'),
      webhook_url: publicUrl.replace(/\/+$/, '') + telnyxWebhookPath(accountId),
      steps,
    };
    return { setUp, ...(await vendorKeys.list(caller, {})) };
  };
}

function refusalOf(error: CarrierError): AppError {
  const passing = error.kind === 'timeout' || error.kind === 'unavailable' || error.kind === 'rate-limit';
  return new AppError('carrier_failed', passing ? 503 : 409, error.message, { cause: error });
}

function stepsOf({ balance, profile, application, numbers }: TelnyxAccountReport, publicUrl: string, hasPublicKey: boolean): Step[] {
  const made = (is: boolean, changed = false): Step['state'] => (is ? 'made' : changed ? 'changed' : 'there');
  const { attachedNow, attachedBefore } = numbers;
  const secure = publicUrl.startsWith('https://');
  return [
    {
      step: 'public_url',
      state: secure ? 'there' : 'missing',
      message: secure
        ? `Telnyx reaches this server at ${publicUrl}.`
        : 'Telnyx reaches servers over TLS: PUBLIC_URL has to begin with https://.',
    },
    { step: 'key', state: 'there', message: `Telnyx takes the key; ${balance} are left.` },
    { step: 'profile', state: made(profile.made), message: `Outbound voice profile ${profile.id}.` },
    {
      step: 'application',
      state: made(application.made, application.changed),
      message: `Call control application ${application.id}; its webhook is ${application.webhookUrl}.`,
    },
    {
      step: 'numbers',
      state: attachedNow.length > 0 ? 'changed' : 'there',
      message: `Numbers bought here: ${attachedBefore} attached, ${attachedNow.length} attached now.`,
    },
    {
      step: 'public_key',
      state: hasPublicKey ? 'there' : 'missing',
      message: hasPublicKey
        ? 'The public key is set: webhooks are verified with it.'
        : 'Set the public key of your Telnyx account (portal: Keys & Credentials, Public key), by which its webhooks are verified.',
    },
  ];
}
