import { z } from 'zod';
import { callRecord } from './calls.ts';
import { endpoint } from './endpoint.ts';
import { id, timestamp } from './primitives.ts';

export const WEB_CALL_FORMATS = ['pcm_16000', 'pcm_24000', 'mulaw_8000'] as const;
export type WebCallFormat = (typeof WEB_CALL_FORMATS)[number];

const NO_ORIGIN = 'must be the origin of a page, for example https://shop.example.com';
/** As browsers name where a page comes from: scheme, host and port, nothing behind it. */
const origin = z
  .string()
  .max(250)
  .regex(/^https?:\/\/[^/?#\s@]+$/i, { error: NO_ORIGIN, abort: true })
  .refine((page) => URL.canParse(page), NO_ORIGIN);

export const startWebCall = endpoint({
  method: 'POST',
  path: '/api/calls/web',
  group: 'Calls',
  access: 'calls:write',
  summary: 'Start a web call',
  description:
    'Makes a browser or an app the caller of an assistant. It connects to the WebSocket at url, which lets it in once and for a minute, and speaks the protocol of docs/web-calls.md; the package @talkturo/web-call does that. Ask for it on your server and hand the answer to the page: the API key stays with you.',
  body: z.strictObject({
    assistantId: id('asst'),
    contactId: id('cont').optional().describe('Fills the variables of the prompt and is kept with the call'),
    format: z
      .enum(WEB_CALL_FORMATS)
      .default('pcm_16000')
      .describe('Sound in both directions: little-endian PCM16 at 16 or 24 kHz, or G.711 µ-law at 8 kHz; one channel'),
    origins: z
      .array(origin)
      .min(1)
      .max(10)
      .optional()
      .describe('Pages that may connect, by their origin; left out, any page and any program that has the address'),
  }),
  returns: {
    call: callRecord,
    url: z.string().describe('WebSocket address with a signed token that works once'),
    expiresAt: timestamp.describe('Until when one has to be connected'),
  },
  alsoAnswers: [409, 429, 503],
  example: { body: { assistantId: 'asst_01jh9y1v5kfk8r7c6t2n4m3p0q', format: 'pcm_16000' } },
});
