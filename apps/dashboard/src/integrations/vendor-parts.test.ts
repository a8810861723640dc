import { expect, test } from 'vitest';
import type { Provider } from './integrations.queries.ts';
import { accessOf } from './vendor-parts.ts';

const SID = `AC${'0'.repeat(32)}`;
const OTHER = `AC${'1'.repeat(32)}`;
const vendor = (provider: Provider['provider'], set: Partial<Provider> = {}): Provider => ({
  provider,
  name: provider,
  tasks: [],
  source: null,
  server_key: false,
  last_four: null,
  base_url: null,
  model: null,
  public_key: null,
  connection_id: null,
  account_sid: null,
  address_sid: null,
  bundle_sid: null,
  updated_at: null,
  last_check: null,
  ...set,
});
const twilio = vendor('twilio', { account_sid: SID });

test.each([
  ['a key alone', vendor('openai'), { api_key: ' sk-1 ' }, { api_key: 'sk-1' }],
  [
    'a server of one’s own without a key',
    vendor('openai-compatible'),
    { base_url: 'https://x', model: 'm' },
    { base_url: 'https://x', model: 'm' },
  ],
  [
    'a carrier’s part, its key left as it is',
    vendor('telnyx', { source: 'account' }),
    { api_key: '', public_key: 'k' },
    { public_key: 'k' },
  ],
  ['a part taken away', vendor('telnyx', { public_key: 'k' }), { public_key: '' }, { public_key: null }],
  [
    'an account with its token',
    vendor('twilio'),
    { account_sid: SID, auth_token: 't', address_sid: '', bundle_sid: '' },
    { account_sid: SID, auth_token: 't', address_sid: null, bundle_sid: null },
  ],
  ['the same account with a new token', twilio, { account_sid: SID, auth_token: 't' }, { account_sid: SID, auth_token: 't' }],
  ['an address, account and token left as they are', twilio, { account_sid: SID, address_sid: 'AD' }, { address_sid: 'AD' }],
  ['another account, whose token the server will ask for', twilio, { account_sid: OTHER }, { account_sid: OTHER }],
] as const)('%s', (_what, of, written, sent) => {
  expect(accessOf(of, written)).toMatchObject(sent);
  const extra = Object.entries(accessOf(of, written)).filter(([name, value]) => value !== null && !(name in sent));
  expect(extra).toEqual([]);
});
