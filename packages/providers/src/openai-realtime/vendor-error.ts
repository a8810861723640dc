import { ProviderError, type ProviderErrorKind } from '@talkturo/voice';
import { textIn } from '../wire/speech-line.ts';

const PROVIDER = 'openai-realtime';
const LONGEST_MESSAGE = 300;

/** By the error's code, else by its type. */
const KINDS: readonly [RegExp, ProviderErrorKind][] = [
  [/insufficient_quota|billing/, 'quota'],
  [/invalid_api_key|authentication|permission|unauthorized/, 'auth'],
  [/rate_limit/, 'rate-limit'],
  [/session_expired|server_error|server_overloaded|unavailable/, 'unavailable'],
];

/** The error in a message; `session`: it ends the session. Most do not: they refuse one message of ours. */
export function readError(error: Record<string, unknown>): { error: ProviderError; session: boolean } {
  const what = `${textIn(error.code)} ${textIn(error.type)}`;
  const kind = KINDS.find(([pattern]) => pattern.test(what))?.[1];
  const said = textIn(error.message).slice(0, LONGEST_MESSAGE) || what.trim() || 'it gave no reason';
  return { error: new ProviderError(PROVIDER, kind ?? 'refused', `${PROVIDER} refused: ${said}`), session: kind !== undefined };
}

export function closing(code: number, reason: string): ProviderError {
  const kind = /quota/.test(reason) ? 'quota' : code === 1008 || code === 3000 ? 'auth' : 'unavailable';
  return new ProviderError(PROVIDER, kind, `${PROVIDER} closed the connection (${code}${reason ? ` ${reason}` : ''}).`);
}
