import { expect, it } from 'vitest';
import { createStreamTokens } from './stream-token.ts';

const SECRET = 'the secret of an installation, long enough';

it('is read by every node of the installation, until its time is over', () => {
  let now = 1_000_000;
  const here = createStreamTokens(SECRET, 'telnyx', () => now);
  const there = createStreamTokens(SECRET, 'telnyx', () => now);
  const token = here.issue({ callId: 'call_1' }, 60_000);
  expect(there.read(token)).toMatchObject({ callId: 'call_1' });
  now += 60_000;
  expect(there.read(token)).not.toBeNull();
  now += 1_001;
  expect(there.read(token)).toBeNull();
});

it('is worth nothing when it is forged', () => {
  const tokens = createStreamTokens(SECRET, 'telnyx', () => 0);
  const token = tokens.issue({ ref: 'v3:1' }, 1_000);
  const [text = '', signature = ''] = token.split('.');
  const other = createStreamTokens(`${SECRET}!`, 'telnyx', () => 0).issue({ ref: 'v3:1' }, 1_000);
  const changed = Buffer.from(JSON.stringify({ ref: 'v3:2', until: 99, nonce: '' })).toString('base64url');
  for (const forged of ['', '.', text, `${text}.`, `${changed}.${signature}`, other, `${token}a`, 'x'.repeat(5_000)]) {
    expect(tokens.read(forged)).toBeNull();
  }
});

it('is another each time', () => {
  const tokens = createStreamTokens(SECRET, 'telnyx', () => 0);
  expect(tokens.issue({}, 1)).not.toBe(tokens.issue({}, 1));
});
