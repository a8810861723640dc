import { setUpTwilioAccount, type TwilioAccountReport, type TwilioApi, twilioWebhookPath } from '@talkturo/carriers';
import type { BodyOf, setUpTwilio } from '@talkturo/contract';
import type { SetUpWork } from './carrier-set-up.ts';
import { found, reachable, refusals, type Step } from './set-up-findings.ts';

const carrier = 'Twilio';

/** Looks whether a Twilio account is ready, and points its numbers here. @param apiAt the API for an account */
export const twilioSetUp = (apiAt: (accountSid: string, authToken: string) => TwilioApi): SetUpWork<BodyOf<typeof setUpTwilio>> => ({
  id: 'twilio',
  name: carrier,
  webhookPath: twilioWebhookPath,
  async run({ access, accountId, publicUrl, isOurs }) {
    const api = apiAt(access.settings.account_sid ?? '', access.apiKey);
    const report = await setUpTwilioAccount(api, { publicUrl, account: accountId, isOurs, recorded: true });
    return { steps: [reachable(carrier, publicUrl), ...stepsOf(report)], keep: {}, held: report.held };
  },
});

function stepsOf({ name, isTrial, balance, numbers }: TwilioAccountReport): Step[] {
  const now = numbers.pointedNow.length;
  return [
    found('key', 'there', 'token_taken', { carrier, name }),
    isTrial ? found('account', 'limited', 'trial_account', { carrier }) : found('account', 'there', 'full_account'),
    balance === null ? found('balance', 'there', 'balance_not_told', { carrier }) : found('balance', 'there', 'balance_left', { balance }),
    found('numbers', now > 0 ? 'changed' : 'there', 'numbers_led_here', { before: numbers.pointedBefore, now }),
    ...refusals(carrier, numbers.refused),
  ];
}
