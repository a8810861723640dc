import type dns from 'node:dns';
import { expect, test } from 'vitest';
import { AddressForbiddenError, guardedLookup, isForbiddenAddress, isForbiddenLiteral } from './address-guard.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '224.0.0.1',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  'fe80::1',
  'fd00::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '[::1]',
  'not an address',
])('%s is forbidden', (address) => expect(isForbiddenAddress(address)).toBe(true));

test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:8.8.8.8', '2a00:1450:4001::1'])(
  '%s is allowed',
  (address) => expect(isForbiddenAddress(address)).toBe(false),
);

test.each([
  'http://0x7f.1/',
  'http://127.1/',
  'http://2130706433/',
  'http://0177.0.0.1/',
  'http://１２７.0.0.1/',
  'http://[::ffff:7f00:1]/',
])('the host of %s is seen through', (url) => expect(isForbiddenLiteral(new URL(url).hostname)).toBe(true));

test('a name is left to the lookup', () => expect(isForbiddenLiteral('example.com')).toBe(false));

const resolving = (...addresses: string[]) =>
  ((_host: string, _options: unknown, callback: (error: null, all: { address: string; family: number }[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof dns.lookup;

const look = (resolve: typeof dns.lookup) =>
  new Promise((done, failed) => {
    guardedLookup(resolve)('example.com', { all: false }, (error, address) => (error ? failed(error) : done(address)));
  });

test('a lookup gives the address that was checked', async () => {
  expect(await look(resolving('8.8.8.8', '8.8.4.4'))).toBe('8.8.8.8');
});

test('one forbidden address among the answers refuses all', async () => {
  await expect(look(resolving('8.8.8.8', '127.0.0.1'))).rejects.toThrow(AddressForbiddenError);
  await expect(look(resolving('::ffff:192.168.1.1'))).rejects.toThrow(AddressForbiddenError);
  await expect(look(resolving())).rejects.toThrow(AddressForbiddenError);
});
