import { z } from 'zod';
import type { MediaFraming } from '../media-socket/media-framing.ts';

const text = z.string().max(2000);
const count = z.string().regex(/^\d{1,15}$/);

const start = z.object({
  event: z.literal('start'),
  streamSid: text,
  start: z.object({
    callSid: text,
    customParameters: z.record(text, text).default({}),
    mediaFormat: z.object({ encoding: text, sampleRate: z.coerce.number(), channels: z.coerce.number() }),
  }),
});

const twilioMessage = z.discriminatedUnion('event', [
  z.object({ event: z.literal('connected') }),
  start,
  z.object({ event: z.literal('media'), media: z.object({ track: text.optional(), chunk: count.optional(), payload: z.string() }) }),
  z.object({ event: z.literal('dtmf'), dtmf: z.object({ digit: z.string().regex(/^[0-9A-D*#]$/) }) }),
  z.object({ event: z.literal('mark'), mark: z.object({ name: text }) }),
  z.object({ event: z.literal('stop') }),
]);

/** What Twilio says about a stream that starts. */
export type TwilioStart = z.infer<typeof start>['start'];

function parse(message: Buffer): z.infer<typeof twilioMessage> | null {
  try {
    return twilioMessage.safeParse(JSON.parse(message.toString())).data ?? null;
  } catch {
    // Not JSON: the same answer as JSON of the wrong shape.
    return null;
  }
}

/**
 * The framing of Twilio Media Streams, both ways (https://www.twilio.com/docs/voice/media-streams/websocket-messages). What goes to Twilio
 * must name the stream; its length is free. Twilio has no words for a frame that cannot be taken, and ends a stream that says anything else.
 */
export const twilioFraming: MediaFraming<TwilioStart> = {
  parse(text) {
    const message = parse(text);
    if (!message) return null;
    switch (message.event) {
      case 'start': {
        const { encoding, sampleRate, channels } = message.start.mediaFormat;
        const known = encoding === 'audio/x-mulaw' && sampleRate === 8000 && channels === 1;
        return { event: 'start', streamId: message.streamSid, encoding: known ? 'PCMU' : null, start: message.start };
      }
      case 'media':
        return { event: 'media', ...message.media };
      case 'dtmf':
        return { event: 'dtmf', digit: message.dtmf.digit };
      case 'stop':
        return { event: 'stop' };
      case 'mark':
        return { event: 'mark', name: message.mark.name };
      default:
        return { event: 'other' };
    }
  },
  sound: (streamId) => [`{"event":"media","streamSid":${JSON.stringify(streamId)},"media":{"payload":"`, '"}}'],
  clear: (streamId) => JSON.stringify({ event: 'clear', streamSid: streamId }),
  mark: (streamId, name) => JSON.stringify({ event: 'mark', streamSid: streamId, mark: { name } }),
};
