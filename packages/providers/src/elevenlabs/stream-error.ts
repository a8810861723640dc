import { ProviderError, type ProviderErrorKind } from '@talkturo/voice';

/** How ElevenLabs names what went wrong, in its messages and as the reason of a closed connection. */
const KINDS: readonly [RegExp, ProviderErrorKind][] = [
  [/quota|credits|payment/i, 'quota'],
  [/api[_ ]?key|unauthori[sz]ed|authenticat|permission/i, 'auth'],
  [/too[_ ]many|concurrent|busy|rate[_ ]?limit/i, 'rate-limit'],
  [/timeout/i, 'timeout'],
  [/not[_ ]found|invalid|unsupported|not[_ ]allowed|does not/i, 'refused'],
];

export function streamError(said: string, code: number): ProviderError {
  const kind = KINDS.find(([pattern]) => pattern.test(said))?.[1] ?? 'unavailable';
  return new ProviderError('elevenlabs', kind, `elevenlabs ended the utterance (${code}${said === '' ? '' : ` ${said}`}).`);
}
