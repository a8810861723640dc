import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { CarrierId } from '../carrier.ts';

const pass = z.object({
  /** The call as the carrier knows it, where that was known when the token was made. */
  ref: z.string().optional(),
  /** Our id of the call, where there is one. */
  callId: z.string().optional(),
  /** The call was dialled to be connected with another one. */
  toBeBridged: z.boolean().optional(),
  /** Seconds since 1970. */
  until: z.number(),
  /** Makes each token another: one is good for one socket. */
  nonce: z.string(),
});
/** What a token says about the socket that brings it. */
export type StreamPass = z.infer<typeof pass>;

/** Proof that a media socket belongs to a call: signed, so that every node of an installation can read what another gave out. */
export interface StreamTokens {
  issue(about: { ref?: string; callId?: string; toBeBridged?: boolean }, validMs: number): string;
  /** Null for a token that is forged, broken or past its time. */
  read(token: string): StreamPass | null;
}

/** A token is some hundred letters; Telnyx takes 4000, Twilio 500 with the name of its parameter. */
const LONGEST = 2000;

/** `secret` is the installation’s; a token of one `carrier`, and of one `account` at it, is none of another’s; `now` gives ms since 1970. */
export function createStreamTokens(secret: string, carrier: CarrierId, now: () => number, account?: string): StreamTokens {
  const whose = account === undefined ? carrier : `${carrier} ${account}`;
  const key = createHmac('sha256', secret).update(`${whose} media socket`).digest();
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    issue(about, validMs) {
      const said: StreamPass = { ...about, until: Math.ceil((now() + validMs) / 1000), nonce: randomBytes(9).toString('base64url') };
      const text = Buffer.from(JSON.stringify(said)).toString('base64url');
      return `${text}.${sign(text).toString('base64url')}`;
    },
    read(token) {
      const [text = '', signature = ''] = token.length <= LONGEST ? token.split('.', 2) : [];
      const given = Buffer.from(signature, 'base64url');
      const right = sign(text);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      const said = pass.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
      return said.until * 1000 >= now() ? said : null;
    },
  };
}
