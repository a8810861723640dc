import { createPublicKey, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { newKeyPair, newSecret, privateKeyOf, signatureHeaders, signBilling, signEd25519, signStandard } from './signing.ts';

// Reference values; each was accepted by the library of the scheme's owner where there is one.
const body = Buffer.from('{"type":"call.ended","data":{"id":"c1"}}');
const at = new Date(1_700_000_000_000);
const key = privateKeyOf(Buffer.alloc(32, 1).toString('base64'));
const signed = Buffer.concat([Buffer.from('msg_test1.1700000000.'), body]);
const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX';

const publicKeyOf = (raw: string) =>
  createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(raw, 'base64')]),
    format: 'der',
    type: 'spki',
  });

test('Standard Webhooks v1', () => expect(signStandard(secret, signed)).toBe('v1,mQfRjUuAqOPnq7ZNByrKwEZbJ03KMSGqddv2FpPs+T4='));

test('Standard Webhooks v1a', () =>
  expect(signEd25519(key, signed)).toBe('EQ457bXhxGrij62azSf4g/d6w4Pr451rKMkqMTxaX9uYfvNn+WEaTd8uuFmo32/DJ1trtdvkSb5KJvMBdpv9Aw=='));

test('Ed25519 as Telnyx signs its own webhooks', () =>
  expect(signEd25519(key, Buffer.concat([Buffer.from('1700000000|'), body]))).toBe(
    'Q+RMViZ99JfqTkKUkJrtxQGqzHqpOd9VcsClckUq+1637UQNGaD/aieGHbd4YCD3eQWMU3jWTvqD/+q2aVifDA==',
  ));

test('HMAC-SHA256 over the raw body with the secret as it stands', () =>
  expect(Buffer.from(signBilling('lemon-secret', body), 'base64').toString('hex')).toBe(
    '8bc9b84e51eeb6ec1761709f656df2ee7beb8f0fbeba2f3d455d30541f1855f9',
  ));

test('a call event carries an Ed25519 signature over the raw body and the Standard Webhooks headers', () => {
  const pair = newKeyPair();
  const [current, before] = [newSecret(), newSecret()];
  const now = new Date();
  const headers = signatureHeaders({
    eventId: 'evt_1',
    type: 'call.answered',
    body,
    at: now,
    secrets: [current, before],
    key: privateKeyOf(pair.seed),
  });
  expect(verify(null, body, publicKeyOf(pair.publicKey), Buffer.from(headers['Telnyx-Signature-Ed25519']!, 'base64'))).toBe(true);
  expect(headers).not.toHaveProperty('X-Signature');
  for (const accepted of [current, before]) expect(new Webhook(accepted).verify(body.toString(), headers)).toBeTruthy();
  expect(() => new Webhook(newSecret()).verify(body.toString(), headers)).toThrow();
});

test('a billing event carries X-Signature instead', () => {
  const headers = signatureHeaders({ eventId: 'evt_1', type: 'billing.invoice', body, at, secrets: ['lemon-secret'], key });
  expect(headers['X-Signature']).toBe(signBilling('lemon-secret', body));
  expect(headers).not.toHaveProperty('Telnyx-Signature-Ed25519');
});
