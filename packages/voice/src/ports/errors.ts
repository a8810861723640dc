/** What went wrong with a vendor, in the terms the engine acts on. */
export type ProviderErrorKind = 'auth' | 'quota' | 'rate-limit' | 'timeout' | 'unavailable' | 'refused' | 'protocol';

const RETRYABLE: ReadonlySet<ProviderErrorKind> = new Set(['rate-limit', 'timeout', 'unavailable']);

/** What a vendor that was reached too late, or that broke its protocol, may have worked on all the same. */
const MAYBE_AT_WORK: ReadonlySet<ProviderErrorKind> = new Set(['timeout', 'protocol']);

/** The only error an adapter lets out. Whether it may be tried again follows from its kind alone. */
export class ProviderError extends Error {
  readonly kind: ProviderErrorKind;
  readonly provider: string;
  /** When the vendor said how long to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(provider: string, kind: ProviderErrorKind, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ProviderError';
    this.provider = provider;
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }

  /**
   * The vendor did not take what it was asked for: where nothing had come of it, nothing is charged. The protocol sheets are silent on
   * requests that fail; vendors' price pages know of no price for an answer that is an error.
   */
  get declined(): boolean {
    return !MAYBE_AT_WORK.has(this.kind);
  }
}
