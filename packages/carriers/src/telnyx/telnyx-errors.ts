import { CarrierError, type CarrierErrorKind } from '../carrier.ts';

/** Telnyx's codes of https://developers.telnyx.com/docs/overview/errors that mean something to us. */
export const TELNYX_CODES = {
  notFound: '10005',
  notAnswered: '90034',
  streaming: '90045',
  notStreaming: '90048',
  numberNotSearched: '85000',
  numberGone: '85001',
} as const;

const KIND_OF_CODE: Readonly<Record<string, CarrierErrorKind>> = {
  10001: 'invalid-number',
  10002: 'invalid-number',
  10009: 'auth',
  10010: 'auth',
  10011: 'rate-limit',
  10016: 'invalid-number',
  10036: 'unavailable',
  10038: 'auth',
  10039: 'quota',
  20012: 'auth',
  20014: 'auth',
  20016: 'auth',
  20017: 'auth',
  20100: 'quota',
  90015: 'ended',
  90018: 'ended',
  90041: 'quota',
  90042: 'quota',
  90043: 'quota',
};

/** What a 4xx answer means to us, by Telnyx's code where it says one. */
export function kindOf(status: number, code: string): CarrierErrorKind {
  if (status === 429) return 'rate-limit';
  const kind = KIND_OF_CODE[code];
  if (kind) return kind;
  if (status === 401 || status === 403) return 'auth';
  if (status === 408) return 'timeout';
  return 'refused';
}

/** Telnyx understood and said no: nothing was done. */
export class TelnyxRefusal extends CarrierError {
  readonly status: number;
  /** Telnyx's own code, empty where the answer had none. */
  readonly code: string;

  constructor(kind: CarrierErrorKind, status: number, code: string, message: string) {
    super('telnyx', kind, message);
    this.name = 'TelnyxRefusal';
    this.status = status;
    this.code = code;
  }
}
