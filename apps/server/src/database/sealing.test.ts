import { expect, test } from 'vitest';
import { createSealer } from './sealing.ts';

const sealer = createSealer('a secret of at least thirty-two characters');

test('what was sealed opens again, and shows nothing', () => {
  const sealed = sealer.seal('whsec_grüße', 'row 1');
  expect(sealed).not.toContain('whsec');
  expect(sealer.open(sealed, 'row 1')).toBe('whsec_grüße');
  expect(sealer.seal('whsec_grüße', 'row 1')).not.toBe(sealed);
});

test.each([
  ['in another context', (sealed: string) => sealer.open(sealed, 'row 2')],
  ['with another secret', (sealed: string) => createSealer('another secret of thirty-two characters').open(sealed, 'row 1')],
  ['when it was changed', (sealed: string) => sealer.open(`${sealed.slice(0, -2)}AA`, 'row 1')],
])('it does not open %s', (_what, open) => {
  expect(() => open(sealer.seal('text', 'row 1'))).toThrow('does not open');
});
