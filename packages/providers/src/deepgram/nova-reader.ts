import { ProviderError } from '@talkturo/voice';
import { z } from 'zod';
import { httpError } from '../wire/http-error.ts';
import type { WireConnection, WireReader } from '../wire/transcription-stream.ts';

const seconds = z.number().transform((value) => Math.round(value * 1000));

const results = z.object({
  start: seconds,
  duration: seconds,
  is_final: z.boolean(),
  from_finalize: z.boolean().nullish(),
  channel: z.object({
    alternatives: z
      .array(
        z.object({
          transcript: z.string(),
          confidence: z.number().nullish(),
          words: z.array(z.object({ start: seconds, end: seconds })).nullish(),
        }),
      )
      .min(1),
  }),
});

/**
 * Reads nova's results: an interim one replaces the last, a final one stands. Where words stayed interim although the
 * utterance is over (`UtteranceEnd` without a final before it), the final is asked for. Turns are the engine's business.
 */
export function novaReader(connection: WireConnection): WireReader {
  let interim = false;
  /** The words up to here are final: what still comes of them is older. */
  let settledMs = 0;

  function heard(message: Record<string, unknown>): void {
    const read = results.safeParse(message);
    if (!read.success) {
      connection.fail(new ProviderError('deepgram', 'protocol', 'deepgram sent results that cannot be read.'));
      return;
    }
    const { start, duration, is_final, from_finalize, channel } = read.data;
    const { transcript, confidence, words } = channel.alternatives[0]!;
    const text = transcript.trim();
    const span = { startMs: words?.[0]?.start ?? start, endMs: words?.at(-1)?.end ?? start + duration };
    if (is_final && duration > 0 && start + duration <= settledMs) return;
    if (is_final) {
      // Without words it says something only when words were expected: none has become of them.
      if (text !== '' || interim || from_finalize) {
        connection.emit({ type: 'final', text, ...span, ...(text !== '' && typeof confidence === 'number' && { confidence }) });
      }
      interim = false;
      settledMs = Math.max(settledMs, start + duration);
      connection.settled(settledMs);
    } else if (text !== '' && start + duration > settledMs) {
      interim = true;
      connection.emit({ type: 'partial', text, ...span });
    }
  }

  const finalize = () => connection.send('{"type":"Finalize"}');
  return {
    message(message) {
      if (message.type === 'Results') heard(message);
      else if (message.type === 'UtteranceEnd') {
        if (interim) finalize();
      } else if (message.type === 'Error') connection.fail(httpError('deepgram', 500, new Headers(), JSON.stringify(message)));
    },
    turnEnded: finalize,
  };
}
