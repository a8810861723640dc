import type { RefusedNumber } from '@talkturo/carriers';
import type { CarrierSetUp } from '@talkturo/contract';

export type Step = CarrierSetUp['steps'][number];
type Code = Step['code'];

/** What is said of a finding; `{…}` stands for what it names. */
const SENTENCES: Readonly<Record<Code, string>> = {
  reached: '{carrier} reaches this server at {url}.',
  not_over_tls: '{carrier} reaches servers over TLS: PUBLIC_URL has to begin with https://.',
  key_taken: '{carrier} takes the key; {balance} are left.',
  token_taken: '{carrier} takes the token of the account {name}.',
  full_account: 'It is a full account: it calls any number.',
  trial_account: 'It is a trial account: it calls verified numbers only, and tells everybody so. Upgrade it at {carrier}.',
  balance_left: '{balance} are left on it.',
  balance_not_told: '{carrier} does not say what is left on it, as for subaccounts.',
  profile_ready: 'Outbound voice profile {id}.',
  application_ready: 'Call control application {id}; its webhook is {url}.',
  application_replaced:
    'The call control application {gone} is not in this account: {id} is used from now on, and the public key has to be set anew. Its webhook is {url}.',
  application_elsewhere:
    'The call control application {id} reports to another server, {url}, and was left as it is: calls come in there. Set up again with takeOver to have them here.',
  application_of_another: 'The application {id} of the same name reports to another server, {url}: it was left as it is.',
  numbers_attached: 'Numbers bought here: {before} attached, {now} attached now.',
  numbers_led_here: 'Numbers bought here: {before} lead here, {now} put right now.',
  number_refused: '{carrier} does not let {number} be led here: {said}',
  number_elsewhere: '{number} is attached to an application that reports to another server, and was left there.',
  number_not_on_account:
    '{number} is not on this account at {carrier}: it takes and places no calls. Where the key is of another account now, the one before goes on paying for it.',
  public_key_set: 'The public key is set: webhooks are verified with it.',
  public_key_needed:
    'Set the public key of your {carrier} account (portal: Keys & Credentials, Public key), by which its webhooks are verified.',
};

/** A finding of a set-up, as a code with what it names and as a sentence. */
export function found(step: Step['step'], state: Step['state'], code: Code, values: Record<string, string | number> = {}): Step {
  const named = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  const message = SENTENCES[code].replace(/\{(\w+)\}/g, (_, name: string) => named[name] ?? '');
  return { step, state, code, values: named, message };
}

/** Whether a carrier can reach this server: all of them demand TLS. */
export const reachable = (carrier: string, url: string): Step =>
  url.startsWith('https://')
    ? found('public_url', 'there', 'reached', { carrier, url })
    : found('public_url', 'missing', 'not_over_tls', { carrier });

/** Numbers that a carrier did not let be led here: calls are possible, but not from and to these. */
export const refusals = (carrier: string, numbers: readonly RefusedNumber[]): Step[] =>
  numbers.map(({ phoneNumber, said }) => found('numbers', 'limited', 'number_refused', { carrier, number: phoneNumber, said }));
