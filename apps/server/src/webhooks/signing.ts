import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** DER of PKCS#8 around a 32-byte Ed25519 seed (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A Standard Webhooks secret: `whsec_` and base64 of 32 random bytes. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** A new Ed25519 pair as base64 of the raw 32 bytes each. */
export function newKeyPair(): { publicKey: string; seed: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x!, 'base64url').toString('base64'), seed: Buffer.from(d!, 'base64url').toString('base64') };
}

export const privateKeyOf = (seed: string): KeyObject =>
  createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, Buffer.from(seed, 'base64')]), format: 'der', type: 'pkcs8' });

/** Base64 Ed25519 signature. */
export const signEd25519 = (key: KeyObject, bytes: Buffer): string => sign(null, bytes, key).toString('base64');

/** Standard Webhooks `v1`: the HMAC key is what stands behind `whsec_`, decoded. */
export const signStandard = (secret: string, signed: Buffer): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(signed)
    .digest('base64')}`;

/** `X-Signature` of billing events: the secret is used as it stands. */
export const signBilling = (secret: string, body: Buffer): string => createHmac('sha256', secret).update(body).digest('base64');

export interface ToSign {
  eventId: string;
  type: string;
  body: Buffer;
  /** When this attempt is made. */
  at: Date;
  /** The present secret first; after a rotation the one before too. */
  secrets: readonly string[];
  key: KeyObject;
}

/** All headers of a delivery that say who sent it. The body is signed as the bytes that are sent. */
export function signatureHeaders({ eventId, type, body, at, secrets, key }: ToSign): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signed = Buffer.concat([Buffer.from(`${eventId}.${timestamp}.`), body]);
  const signatures = [...secrets.map((secret) => signStandard(secret, signed)), `v1a,${signEd25519(key, signed)}`];
  return {
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
    ...(type.startsWith('billing.')
      ? { 'X-Signature': signBilling(secrets[0]!, body) }
      : { 'Telnyx-Signature-Ed25519': signEd25519(key, body) }),
  };
}
