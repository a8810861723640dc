import { z } from 'zod';
import type { FrameErrorTitle, MediaEncoding, MediaFraming } from './media-framing.ts';

/**
 * Error codes of the framing (Telnyx media streaming): what the app is told, and answers, about a frame that cannot be taken.
 */
const FRAME_ERRORS: Record<FrameErrorTitle, number> = {
  malformed_frame: 100003,
  invalid_media: 100004,
  rate_limit_reached: 100005,
};

/** Messages are small; sound is 20 ms a message. The socket that carries them refuses anything larger. */
export const MAX_MESSAGE_BYTES = 64 * 1024;

/** The header in which the network proves which call its socket belongs to. */
export const TOKEN_HEADER = 'x-telnyx-streaming-auth-token';

const text = z.string().max(2000);
const count = z.string().regex(/^\d{1,15}$/);

const start = z.object({
  event: z.literal('start'),
  sequence_number: count.optional(),
  stream_id: text,
  start: z.object({
    call_control_id: text,
    from: text.optional(),
    to: text.optional(),
    client_state: text.nullish(),
    media_format: z.object({ encoding: text, sample_rate: z.number(), channels: z.number() }),
  }),
});

const networkMessage = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected'), version: text }),
  start,
  z.object({ event: z.literal('media'), media: z.object({ track: text.optional(), chunk: count.optional(), payload: z.string() }) }),
  z.object({ event: z.literal('dtmf'), dtmf: z.object({ digit: z.string().regex(/^[0-9A-D*#]$/) }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: text }) }),
  z.object({ event: z.literal('error'), payload: z.object({ code: z.number(), title: text, detail: text }) }),
  z.object({ event: z.literal('stop') }),
]);

const appMessage = z.discriminatedUnion('event', [
  z.object({ event: z.literal('media'), media: z.object({ payload: z.string() }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: text }) }),
  z.object({ event: z.literal('clear') }),
  z.object({ event: z.literal('error'), payload: z.object({ code: z.number(), title: text, detail: text }) }),
]);

export type NetworkMessage = z.infer<typeof networkMessage>;
export type StartMessage = z.infer<typeof start>;
export type AppMessage = z.infer<typeof appMessage>;

const parse = <T>(schema: z.ZodType<T>, message: Buffer): T | null => {
  try {
    const result = schema.safeParse(JSON.parse(message.toString()));
    return result.success ? result.data : null;
  } catch {
    // Not JSON: the same answer as JSON of the wrong shape.
    return null;
  }
};

/** What the network said, or null when it is not a message of the framing. */
export const parseNetworkMessage = (message: Buffer): NetworkMessage | null => parse(networkMessage, message);

/** What the app said, or null when it is not a message of the framing. */
export const parseAppMessage = (message: Buffer): AppMessage | null => parse(appMessage, message);

/** An error frame about the other side's last message. */
export const errorMessage = (streamId: string, title: FrameErrorTitle, detail: string): string =>
  JSON.stringify({ event: 'error', stream_id: streamId, payload: { code: FRAME_ERRORS[title], title, detail } });

/** Whether a start message names a codec we speak. */
export const encodingOf = (message: StartMessage): MediaEncoding | null => {
  const { encoding, sample_rate: rate, channels } = message.start.media_format;
  if (channels !== 1) return null;
  if (encoding === 'PCMU' || encoding === 'PCMA') return rate === 8000 ? encoding : null;
  // The rate of G.722 is told as its RTP clock or as that of its sound.
  if (encoding === 'G722') return rate === 8000 || rate === 16_000 ? encoding : null;
  return encoding === 'L16' && rate === 16_000 ? encoding : null;
};

/** The framing of Telnyx media streaming, which the built-in network speaks too. */
export const telnyxFraming: MediaFraming<StartMessage> = {
  parse(text) {
    const message = parseNetworkMessage(text);
    if (!message) return null;
    switch (message.event) {
      case 'start':
        return { event: 'start', streamId: message.stream_id, encoding: encodingOf(message), start: message };
      case 'media':
        return { event: 'media', ...message.media };
      case 'dtmf':
        return { event: 'dtmf', digit: message.dtmf.digit };
      case 'stop':
        return { event: 'stop' };
      case 'mark':
        return { event: 'mark', name: message.mark.name };
      case 'error':
        return { event: 'error', title: message.payload.title };
      default:
        return { event: 'other' };
    }
  },
  sound: () => ['{"event":"media","media":{"payload":"', '"}}'],
  clear: () => '{"event":"clear"}',
  mark: (_streamId, name) => JSON.stringify({ event: 'mark', mark: { name } }),
  error: errorMessage,
};
