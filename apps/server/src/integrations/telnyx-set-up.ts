import { createTelnyxApi, setUpTelnyxAccount, type TelnyxAccountReport, telnyxWebhookPath } from '@talkturo/carriers';
import type { BodyOf, setUpTelnyx } from '@talkturo/contract';
import type { SetUpWork } from './carrier-set-up.ts';
import { found, reachable, refusals, type Step } from './set-up-findings.ts';

const carrier = 'Telnyx';

/** Sets a Telnyx account up from its key, and keeps the application that its calls leave by. */
export const telnyxSetUp = (apiUrl: string): SetUpWork<BodyOf<typeof setUpTelnyx>> => ({
  id: 'telnyx',
  name: carrier,
  webhookPath: telnyxWebhookPath,
  async run({ access, accountId, accountSlug, publicUrl, isOurs }, { destinations, takeOver }) {
    const report = await setUpTelnyxAccount(createTelnyxApi({ apiKey: access.apiKey, apiUrl }), {
      publicUrl,
      account: accountId,
      // Several workspaces may share one Telnyx account: each finds its own again.
      name: `Talkturo ${accountSlug}`,
      connectionId: access.settings.connection_id,
      connectionMayBeGone: true,
      destinations,
      isOurs,
      recorded: true,
      takeOver,
    });
    const { id } = report.application;
    const { connection_id: before = id, public_key: publicKey } = access.settings;
    // An account without the application that was used is another one, as far as can be told: its webhooks have another signature.
    const another = before !== id;
    const steps = [reachable(carrier, publicUrl), ...stepsOf(report, another ? before : null, !another && publicKey !== undefined)];
    return { steps, keep: { connection_id: id, ...(another ? { public_key: null } : {}) }, held: report.held };
  },
});

const made = (is: boolean, changed = false): Step['state'] => (is ? 'made' : changed ? 'changed' : 'there');

const elsewhereStep = (id: string, url: string): Step => found('application', 'missing', 'application_elsewhere', { id, url });

function applicationSteps(application: TelnyxAccountReport['application'], gone: string | null): Step[] {
  const { id, webhookUrl: url, another } = application;
  const state = made(application.made, application.changed);
  return [
    gone === null
      ? found('application', state, 'application_ready', { id, url })
      : found('application', state, 'application_replaced', { id, url, gone }),
    ...(another ? [found('application', 'there', 'application_of_another', { ...another })] : []),
  ];
}

/** @param gone the application that was used before, where the account has none of that id */
function stepsOf({ balance, profile, application, numbers }: TelnyxAccountReport, gone: string | null, hasPublicKey: boolean): Step[] {
  const now = numbers.attachedNow.length;
  return [
    found('key', 'there', 'key_taken', { carrier, balance }),
    found('profile', made(profile.made), 'profile_ready', { id: profile.id }),
    ...(application.elsewhere === null ? applicationSteps(application, gone) : [elsewhereStep(application.id, application.elsewhere)]),
    found('numbers', made(false, now > 0), 'numbers_attached', { before: numbers.attachedBefore, now }),
    ...refusals(carrier, numbers.refused),
    ...numbers.elsewhere.map((one) => found('numbers', 'limited', 'number_elsewhere', { number: one })),
    hasPublicKey ? found('public_key', 'there', 'public_key_set') : found('public_key', 'missing', 'public_key_needed', { carrier }),
  ];
}
