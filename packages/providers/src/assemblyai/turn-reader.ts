import { ProviderError, type ProviderErrorKind } from '@talkturo/voice';
import { z } from 'zod';
import type { WireConnection, WireReader } from '../wire/transcription-stream.ts';

const turn = z.object({
  turn_order: z.number().int(),
  end_of_turn: z.boolean(),
  transcript: z.string(),
  words: z.array(
    z.object({
      text: z.string(),
      start: z.number(),
      end: z.number(),
      confidence: z.number().min(0).max(1).nullish(),
      word_is_final: z.boolean(),
    }),
  ),
});

const failure = z.object({ error_code: z.number().nullish(), error: z.string().nullish() });

/** What the codes mean that come with an error message and with the end of a connection. */
const KINDS: Record<number, ProviderErrorKind> = {
  1008: 'auth',
  3006: 'refused',
  3007: 'protocol',
  3009: 'rate-limit',
  4000: 'refused',
  4001: 'auth',
  4002: 'quota',
  4003: 'quota',
  4029: 'rate-limit',
  4101: 'refused',
  4102: 'rate-limit',
};

/** Codes that are not listed (3005 server, 3008 and 4008 expired, 4031 idle, a broken line) may be tried again. */
export function assemblyError(code: number, reason: string): ProviderError {
  const said = reason === '' ? `${code}` : `${code} ${reason}`;
  return new ProviderError('assemblyai', KINDS[code] ?? 'unavailable', `assemblyai ended the transcription (${said}).`);
}

/**
 * Reads Universal-Streaming's turns. The transcript holds final words only; what may change is in the words. A turn ends
 * once, whether its formatted version follows or not.
 */
export function turnReader(connection: WireConnection): WireReader {
  let ended = -1;
  let open = false;

  function heard(message: Record<string, unknown>): void {
    const read = turn.safeParse(message);
    if (!read.success) {
      connection.fail(new ProviderError('assemblyai', 'protocol', 'assemblyai sent a turn that cannot be read.'));
      return;
    }
    const { turn_order, end_of_turn, transcript, words } = read.data;
    if (turn_order <= ended) return;
    const startMs = words[0]?.start ?? 0;
    const endMs = words.at(-1)?.end ?? startMs;
    const tentative = words.filter(({ word_is_final }) => !word_is_final).map(({ text }) => text);
    const text = [transcript.trim(), ...tentative].filter(Boolean).join(' ');
    if (!end_of_turn) {
      if (text === '') return;
      open = true;
      connection.emit({ type: 'partial', text, startMs, endMs });
      return;
    }
    ended = turn_order;
    open = false;
    const sure = words.flatMap(({ confidence }) => (typeof confidence === 'number' ? [confidence] : []));
    const confidence = sure.length > 0 ? sure.reduce((sum, one) => sum + one, 0) / sure.length : undefined;
    connection.emit({ type: 'final', text, startMs, endMs, ...(confidence !== undefined && { confidence }) });
    connection.emit({ type: 'end-of-turn' });
    connection.settled(endMs);
  }

  return {
    message(message) {
      if (message.type === 'Turn') heard(message);
      else if (message.type === 'Error') {
        const { error_code, error } = failure.safeParse(message).data ?? {};
        connection.fail(assemblyError(error_code ?? 3005, error ?? ''));
      }
    },
    turnEnded() {
      if (open) connection.send('{"type":"ForceEndpoint"}');
    },
  };
}
