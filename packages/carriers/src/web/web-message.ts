import { z } from 'zod';

/** The version of the message protocol of docs/web-calls.md. */
export const WEB_PROTOCOL = 1;

/** What went wrong, as a word for programs. Those of a socket that is then closed have a close code below. */
export type WebErrorCode =
  | 'bad_message'
  | 'bad_audio'
  | 'too_fast'
  | 'token_expired'
  | 'token_used'
  | 'wrong_node'
  | 'call_over'
  | 'no_hello'
  | 'wrong_version'
  | 'replaced'
  | 'busy';

/** WebSocket close codes; 4000 to 4999 are for applications (RFC 6455 section 7.4.2). */
export const WEB_CLOSE = {
  normal: 1000,
  /** A browser whose page is left (RFC 6455 section 7.4.1). */
  goingAway: 1001,
  protocol: 4400,
  token: 4401,
  over: 4404,
  replaced: 4409,
  wrongNode: 4421,
} as const;

const clientMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    version: z.literal(WEB_PROTOCOL),
    /** How sound travels: as binary messages, or as base64 in text for programs that cannot send those. */
    sound: z.enum(['binary', 'base64']).default('binary'),
    /** The last `seq` seen before the connection broke: what came after it is told again. */
    after: z.int().min(0).default(0),
    muted: z.boolean().default(false),
  }),
  z.object({ type: z.literal('audio'), audio: z.string() }),
  z.object({ type: z.literal('digits'), digits: z.string().regex(/^[0-9A-D*#]{1,32}$/) }),
  z.object({ type: z.literal('mute'), muted: z.boolean() }),
  z.object({ type: z.literal('ping'), id: z.string().max(64) }),
  z.object({ type: z.literal('hangup') }),
]);

/** What the caller's program says. */
export type ClientMessage = z.infer<typeof clientMessage>;
export type Hello = Extract<ClientMessage, { type: 'hello' }>;

/** What the server tells of the call; `seq` counts those that are told again after a reconnect. */
export interface ToldMessage {
  type: string;
  seq?: number;
  [field: string]: unknown;
}

/** The version a hello of another one names. */
const otherHello = z.object({ type: z.literal('hello'), version: z.number() });

/** What was said, or in a sentence why it is no message of the protocol; `version`: a hello of that other version. */
export function parseClientMessage(data: Buffer): { message: ClientMessage } | { problem: string } | { version: number } {
  let said: unknown;
  try {
    said = JSON.parse(data.toString());
  } catch {
    return { problem: 'This is no message of the protocol: it is not JSON.' };
  }
  const parsed = clientMessage.safeParse(said);
  if (parsed.success) return { message: parsed.data };
  const other = otherHello.safeParse(said);
  if (other.success && other.data.version !== WEB_PROTOCOL) return { version: other.data.version };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.');
  return { problem: `This is no message of the protocol: ${where ? `${where}: ` : ''}${issue?.message}.` };
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of a base64 text, or null where it is none (Node would skip what it does not know). */
export const bytesOfBase64 = (text: string): Buffer | null =>
  text.length % 4 === 0 && BASE64.test(text) ? Buffer.from(text, 'base64') : null;
