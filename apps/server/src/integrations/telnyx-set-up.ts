import { createTelnyxApi, setUpTelnyxAccount, type TelnyxAccountReport, telnyxWebhookPath } from '@talkturo/carriers';
import type { BodyOf, setUpTelnyx } from '@talkturo/contract';
import type { SetUpWork } from './carrier-set-up.ts';
import { found, reachable, type Step } from './set-up-findings.ts';

const carrier = 'Telnyx';

/** Sets a Telnyx account up from its key, and keeps the application that its calls leave by. */
export const telnyxSetUp = (apiUrl: string): SetUpWork<BodyOf<typeof setUpTelnyx>> => ({
  id: 'telnyx',
  name: carrier,
  webhookPath: telnyxWebhookPath,
  async run({ access, accountId, accountSlug, publicUrl, isOurs }, { destinations }) {
    const report = await setUpTelnyxAccount(createTelnyxApi({ apiKey: access.apiKey, apiUrl }), {
      publicUrl,
      account: accountId,
      // Several workspaces may share one Telnyx account: each finds its own again.
      name: `Talkturo ${accountSlug}`,
      connectionId: access.settings.connection_id,
      destinations,
      isOurs,
    });
    const steps = [reachable(carrier, publicUrl), ...stepsOf(report, access.settings.public_key !== undefined)];
    return { steps, keep: { connection_id: report.application.id } };
  },
});

function stepsOf({ balance, profile, application, numbers }: TelnyxAccountReport, hasPublicKey: boolean): Step[] {
  const made = (is: boolean, changed = false): Step['state'] => (is ? 'made' : changed ? 'changed' : 'there');
  const now = numbers.attachedNow.length;
  return [
    found('key', 'there', 'key_taken', { carrier, balance }),
    found('profile', made(profile.made), 'profile_ready', { id: profile.id }),
    found('application', made(application.made, application.changed), 'application_ready', {
      id: application.id,
      url: application.webhookUrl,
    }),
    found('numbers', made(false, now > 0), 'numbers_attached', { before: numbers.attachedBefore, now }),
    hasPublicKey ? found('public_key', 'there', 'public_key_set') : found('public_key', 'missing', 'public_key_needed', { carrier }),
  ];
}
