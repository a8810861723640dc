import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const pass = z.object({
  /** The carrier's id of the call. */
  ref: z.string(),
  /** The node that holds the call: only there it can be connected to. */
  node: z.string(),
  /** Seconds since 1970. */
  until: z.number(),
  /** Which of the call's tickets it is; each is good once. */
  nonce: z.string(),
  /** Pages that may use it; none named: any, and programs. */
  origins: z.array(z.string()).optional(),
});

/** What a ticket says about the socket that brings it. */
export type WebPass = z.infer<typeof pass>;

/** Tickets to web calls: signed, so that every node of an installation knows which node one belongs to. */
export interface WebTickets {
  issue(about: Pick<WebPass, 'ref' | 'origins'>, validMs: number): { token: string; nonce: string };
  /** Null for a ticket that is forged or broken. Whether it is still good is for its reader to say. */
  read(token: string): WebPass | null;
}

/** Ten origins of 250 letters each and some ids. */
const LONGEST = 6000;

/** `secret` is the installation's; `now` gives ms since 1970. */
export function createWebTickets(secret: string, node: string, now: () => number): WebTickets {
  const key = createHmac('sha256', secret).update('web call').digest();
  const sign = (text: string): Buffer => createHmac('sha256', key).update(text).digest();
  return {
    issue(about, validMs) {
      const nonce = randomBytes(12).toString('base64url');
      const said: WebPass = { ...about, node, until: Math.ceil((now() + validMs) / 1000), nonce };
      const text = Buffer.from(JSON.stringify(said)).toString('base64url');
      return { token: `${text}.${sign(text).toString('base64url')}`, nonce };
    },
    read(token) {
      const [text = '', signature = ''] = token.length <= LONGEST ? token.split('.', 2) : [];
      const given = Buffer.from(signature, 'base64url');
      const right = sign(text);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
      return pass.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    },
  };
}
