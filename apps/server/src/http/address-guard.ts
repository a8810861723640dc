import dns from 'node:dns';
import net from 'node:net';

/**
 * Addresses no request on behalf of a tenant may reach: private, loopback, link-local (cloud metadata), shared,
 * documentation, multicast and reserved ranges, and IPv6 forms that embed an IPv4 address (IANA special-purpose registries).
 */
const FORBIDDEN_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const FORBIDDEN_V6 = [
  '::/96',
  'fe80::/10',
  'fec0::/10',
  'fc00::/7',
  'ff00::/8',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
];

const forbidden = new net.BlockList();
for (const range of FORBIDDEN_V4) forbidden.addSubnet(range.split('/')[0]!, Number(range.split('/')[1]), 'ipv4');
for (const range of FORBIDDEN_V6) forbidden.addSubnet(range.split('/')[0]!, Number(range.split('/')[1]), 'ipv6');

/** The address guard let a connection not happen. The message is safe to show to a tenant. */
export class AddressForbiddenError extends Error {
  constructor() {
    super('This address is not allowed as a destination.');
    this.name = 'AddressForbiddenError';
  }
}

/** True for an IP address that must not be reached. What is not an IP address at all is forbidden too. */
export function isForbiddenAddress(address: string): boolean {
  // In a URL an IPv6 address stands in brackets; a zone (fe80::1%eth0) has no business in one.
  const ip = address.replace(/^\[|\]$/g, '');
  const family = net.isIP(ip);
  if (family === 0) return true;
  // Rules for IPv4 also match ::ffff:a.b.c.d; see the test.
  return forbidden.check(ip, family === 4 ? 'ipv4' : 'ipv6');
}

/** True when the host of a URL is an IP address literal that must not be reached. Names are decided when they are resolved. */
export const isForbiddenLiteral = (host: string): boolean => net.isIP(host.replace(/^\[|\]$/g, '')) !== 0 && isForbiddenAddress(host);

/**
 * A `lookup` for http(s) and ws requests: the name is resolved here and the connection goes to the very address
 * that was checked, so that a second answer (DNS rebinding) changes nothing. One forbidden address among several refuses all.
 */
export function guardedLookup(resolve: typeof dns.lookup = dns.lookup): net.LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      if (addresses.length === 0 || addresses.some(({ address }) => isForbiddenAddress(address)))
        return callback(new AddressForbiddenError(), []);
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}
