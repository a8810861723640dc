import { CarrierError } from '@talkturo/carriers';
import type { Plan } from '../billing/plans.ts';
import { AppError, conflict, forbidden } from '../http/app-error.ts';

export const alreadyBought = (phoneNumber: string) =>
  conflict('number_already_bought', `${phoneNumber} is already bought. Search for another number.`);

/** For who repeats a purchase whose answer got lost on the way to them. */
export const alreadyYours = ({ phoneNumber, id, status }: { phoneNumber: string; id: string; status: string }) =>
  conflict('number_already_bought', `${phoneNumber} is already bought: it is yours as ${id}, and its status is ${status}.`);

export const notOffered = (phoneNumber: string) =>
  new AppError('number_not_offered', 404, `${phoneNumber} is not offered by the carrier. Search for another number.`);

/** 403 with the limit in the text. */
export function limitReached(plan: Plan, owned: number): AppError {
  if (plan.trialDays !== null && owned < plan.phoneNumbers) {
    return forbidden(
      `Your ${plan.name} plan allows ${plan.phoneNumbers} trial phone number, and you have had it. Choose a paid plan to buy phone numbers.`,
    );
  }
  const numbers = `${plan.phoneNumbers} ${plan.trialDays === null ? '' : 'trial '}phone number${plan.phoneNumbers === 1 ? '' : 's'}`;
  return forbidden(`Your ${plan.name} plan allows ${numbers} and you own ${owned}. Release one or choose a larger plan.`);
}

export const stillPending = (phoneNumber: string) =>
  conflict('number_pending', `${phoneNumber} is still being bought. Try again when its status is active.`);

export const neverBought = (phoneNumber: string) =>
  conflict('number_not_owned', `${phoneNumber} could not be bought, so there is nothing to release.`);

/** 409 for a number that takes no calls. */
export const notUsable = (phoneNumber: string, status: string) =>
  conflict('number_not_active', `${phoneNumber} is ${status}, so it cannot be used.`);

/** The carrier may have taken the order or not. */
export const outcomeUnknown = (id: string) =>
  new AppError(
    'purchase_unknown',
    503,
    `The carrier did not confirm the purchase. We keep asking and it will not be bought twice: look at GET /api/phone-numbers/${id} in a minute.`,
    { headers: { 'retry-after': '60' } },
  );

const OWN_ACCOUNT: Partial<Record<CarrierError['kind'], string>> = {
  auth: 'The carrier does not accept the account of your workspace: check its key under Settings → Integrations.',
  quota: 'The account of your workspace at the carrier has no funds or numbers left.',
};

/** What a carrier's failure means to who asked. @param own it was asked with the workspace's own account there */
export function carrierFailed(error: unknown, own: boolean): unknown {
  if (!(error instanceof CarrierError)) return error;
  const theirs = own && OWN_ACCOUNT[error.kind];
  if (theirs) return new AppError('carrier_failed', 409, theirs, { cause: error });
  const busy = error.kind === 'rate-limit' || error.kind === 'timeout' || error.kind === 'unavailable';
  const sentence = {
    'rate-limit': 'The carrier takes no more requests for now. Try again in a minute.',
    timeout: 'The carrier did not answer in time. Try again in a minute.',
    unavailable: 'The carrier cannot be reached. Try again in a minute.',
    auth: 'The carrier does not accept this server’s account. The operator has to check its key and verification.',
    quota: 'The carrier account of this server has no funds or numbers left. The operator has to raise them.',
    refused: 'The carrier refused the request.',
    'invalid-number': 'The carrier does not know this number.',
    ended: 'The carrier refused the request.',
  }[error.kind];
  return new AppError('carrier_failed', 503, sentence, { cause: error, ...(busy ? { headers: { 'retry-after': '60' } } : {}) });
}
