import { CarrierError, type CarrierErrorKind } from '../carrier.ts';

/** Twilio's codes of https://www.twilio.com/docs/api/errors that mean something to us. */
const KIND_OF_CODE: Readonly<Record<string, CarrierErrorKind>> = {
  // Authentication failed.
  20003: 'auth',
  // The account is not active.
  20005: 'auth',
  20429: 'rate-limit',
  // No valid number to call.
  21211: 'invalid-number',
  // The call is over or was redirected too late.
  21220: 'ended',
  21421: 'invalid-number',
};

/** What a 4xx answer means to us, by Twilio's code where it says one. */
export function kindOf(status: number, code: string): CarrierErrorKind {
  if (status === 429) return 'rate-limit';
  const kind = KIND_OF_CODE[code];
  if (kind) return kind;
  if (status === 401 || status === 403) return 'auth';
  if (status === 402) return 'quota';
  if (status === 408) return 'timeout';
  return 'refused';
}

/** Twilio understood and said no: nothing was done. */
export class TwilioRefusal extends CarrierError {
  readonly status: number;
  /** Twilio's own code, empty where the answer had none. */
  readonly code: string;

  constructor(kind: CarrierErrorKind, status: number, code: string, message: string) {
    super('twilio', kind, message);
    this.name = 'TwilioRefusal';
    this.status = status;
    this.code = code;
  }
}
