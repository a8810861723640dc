import { ProviderError } from '@talkturo/voice';
import { z } from 'zod';
import type { WireConnection, WireReader } from '../wire/transcription-stream.ts';

const seconds = z.number().transform((value) => Math.round(value * 1000));

const turnInfo = z.object({
  event: z.string(),
  turn_index: z.number().int().nullish(),
  audio_window_start: seconds,
  audio_window_end: seconds,
  transcript: z.string(),
  end_of_turn_confidence: z.number().min(0).max(1).nullish(),
  words: z.array(z.object({ confidence: z.number().nullish() })).nullish(),
});

const failure = z.object({ code: z.string().nullish(), description: z.string().nullish() });

/** Reads Flux's turns: what was said so far in this one, replaced with every update, until it decides that the turn is over. */
export function fluxReader(connection: WireConnection): WireReader {
  let open = false;
  let ended = -1;

  function turn(message: Record<string, unknown>): void {
    const read = turnInfo.safeParse(message);
    if (!read.success) {
      connection.fail(new ProviderError('deepgram', 'protocol', 'deepgram sent a turn that cannot be read.'));
      return;
    }
    const { event, turn_index, transcript, audio_window_start: startMs, audio_window_end: endMs, words } = read.data;
    const turnIndex = turn_index ?? ended + 1;
    // Of a turn that is over nothing more is believed.
    if (turnIndex <= ended) return;
    const text = transcript.trim();
    if (event === 'EndOfTurn') {
      open = false;
      ended = turnIndex;
      const sure = words?.flatMap(({ confidence }) => (typeof confidence === 'number' ? [confidence] : [])) ?? [];
      const confidence = sure.length > 0 ? Math.min(1, sure.reduce((sum, one) => sum + one, 0) / sure.length) : undefined;
      connection.emit({ type: 'final', text, startMs, endMs, ...(confidence !== undefined && { confidence }) });
      connection.emit({ type: 'end-of-turn' });
      connection.settled(endMs);
    } else if (text !== '') {
      open = true;
      connection.emit({ type: 'partial', text, startMs, endMs });
    }
  }

  return {
    message(message) {
      if (message.type === 'TurnInfo') turn(message);
      else if (message.type === 'Error') {
        const { code, description } = failure.safeParse(message).data ?? {};
        connection.fail(new ProviderError('deepgram', 'unavailable', `deepgram failed: ${description ?? code ?? 'no reason given'}.`));
      }
    },
    turnEnded() {
      if (open) connection.send('{"type":"ForceEndTurn"}');
    },
  };
}
