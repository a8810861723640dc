import { type Components, type JsonSchema, resolved } from './openapi-schemas.ts';

const A_TIME = '2026-01-15T10:00:00.000Z';
const A_SUFFIX = '01jh9y1v5kfk8r7c6t2n4m3p0q';
/** The prefix of an id, where a schema says so in its pattern or description: `asst_…`. */
const ID = /\^?\(?\b([a-z]{2,6})_(?:…|\[0-7\]|01)/;

/** Prefixes of ids, by what they name. */
const PREFIXES: Readonly<Record<string, string>> = {
  account: 'acct',
  assistant: 'asst',
  call: 'call',
  campaign: 'camp',
  campaigncontact: 'cc',
  company: 'comp',
  contact: 'cont',
  customfield: 'cf',
  event: 'evt',
  opportunity: 'opp',
  number: 'pn',
  phonenumber: 'pn',
  session: 'ses',
  team: 'team',
  user: 'usr',
  webhook: 'whk',
};
/** What is there only when something went wrong or was taken away. */
const RARE = /^(erased|deleted|disabled|failing|previous|last_error|trial_|ended_reason|error)/;

/** What fields of these names usually hold; asked last, when the schema says nothing itself. */
const BY_NAME: Readonly<Record<string, string>> = {
  accountname: 'My team',
  addressline1: '1 Market Street',
  addressline2: 'Floor 3',
  amount: '12000.00',
  areacode: '415',
  backupcode: 'k3Jd9-Lm2Qx',
  callwindowend: '17:00',
  callwindowstart: '09:00',
  callwindowtimezone: 'America/New_York',
  carrier: 'local',
  body: '{"id":"evt_01jh9y1v5kfk8r7c6t2n4m3p0q","type":"call.completed","data":{}}',
  city: 'San Francisco',
  code: '123456',
  companyname: 'Acme Corp',
  companysize: '11-50',
  contactname: 'Ada Lovelace',
  contenttype: 'audio/wav',
  country: 'US',
  countrycode: 'US',
  currentpassword: 'correct horse battery',
  description: 'Calls to everybody who asked for a demo',
  createdbyemail: 'ada@example.com',
  createdbyname: 'Ada Lovelace',
  email: 'ada@example.com',
  error: 'name: is required',
  event: 'call.completed',
  feature: 'voice',
  firstname: 'Ada',
  fullkey: 'tk_live_Zk3xq0v7Jb1YtW8cRr5mLhNsPq2Vd4Ga',
  fullname: 'Ada Lovelace',
  industry: 'Software',
  ipaddress: '203.0.113.7',
  jobtitle: 'Chief engineer',
  key: 'tier',
  assistantname: 'Q1 Outbound Setter',
  label: 'Tier',
  language: 'en',
  lastcalloutcome: 'answered',
  lastname: 'Lovelace',
  leadstatus: 'new',
  mediaurl: 'wss://talkturo.example/api/network/media/…',
  message: 'Done.',
  monthlyprice: '1.00',
  name: 'Acme Corp',
  newpassword: 'another horse entirely',
  notes: 'Prefers to be called in the morning',
  option: 'gold',
  outcome: 'answered',
  path: 'email',
  planname: 'Growth',
  password: 'correct horse battery',
  postalcode: '94105',
  publickey: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
  preferredcontactmethod: 'phone',
  provider: 'local',
  reason: 'Busy',
  search: 'ada',
  response: '{"received":true}',
  setupprice: '1.00',
  slug: 'my-team',
  source: 'website',
  state: 'CA',
  status: 'ok',
  tag: 'newsletter',
  text: 'Hello, how can I help you?',
  timezone: 'America/Los_Angeles',
  token: 'Zk3xq0v7Jb1YtW8cRr5mLhNs',
  totpuri: 'otpauth://totp/Talkturo:ada@example.com?secret=…&issuer=Talkturo',
  type: 'call.completed',
  useragent: 'Mozilla/5.0 (X11; Linux x86_64)',
  username: 'Ada Lovelace',
  url: 'https://example.com/hooks/talkturo',
  website: 'https://acme.example',
};

/**
 * A value a schema allows and a reader understands: its own example where it has one.
 * @param name of the field, which may say what it holds
 * @param all also the fields that may be left out, unless they say nothing more than that
 */
export function exampleOf(schema: JsonSchema, components: Components, all: boolean, name = ''): unknown {
  const full = resolved(schema, components);
  if (full.examples?.length) return full.examples[0];
  if ('default' in full) return full.default;
  if ('const' in full) return full.const;
  if (full.enum?.length) return full.enum[0];
  if (RARE.test(name) && [full, ...(full.anyOf ?? [])].some((one) => [one.type].flat().includes('null'))) return null;
  const [choice] = (full.anyOf ?? full.oneOf ?? []).filter((one) => one.type !== 'null');
  if (choice) return exampleOf({ ...choice, description: full.description ?? choice.description } as JsonSchema, components, all, name);
  if (full.allOf?.[0]) return exampleOf(full.allOf[0], components, all, name);
  return byType(full, components, all, name);
}

function byType(schema: JsonSchema, components: Components, all: boolean, called: string): unknown {
  switch ([schema.type].flat().find((type) => type !== 'null')) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => all || schema.required?.includes(name))
          .map(([name, field]) => [name, exampleOf(field, components, all, name === 'id' ? `${called}_id` : name)]),
      );
    case 'array':
      return schema.items ? [exampleOf(schema.items, components, all, called.replace(/ies$/, 'y').replace(/s$/, ''))] : [];
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? schema.exclusiveMinimum ?? 0);
    case 'boolean':
      return true;
    case 'string':
      return textOf(schema, called);
    default:
      return null;
  }
}

function textOf(schema: JsonSchema, name: string): string {
  const hint = `${schema.description ?? ''} ${schema.pattern ?? ''}`;
  if (schema.format === 'date-time' || hint.startsWith('ISO 8601')) return A_TIME;
  if (/_(at|since)$/.test(name)) return A_TIME;
  if (schema.format === 'date' || /(^|_)date$/i.test(name)) return A_TIME.slice(0, 10);
  if (schema.format === 'email') return 'ada@example.com';
  if (schema.format === 'uri') return 'https://example.com/hook';
  const noun = /^(?:last_|from_|to_)?(.+?)_?ids?$/i.exec(name)?.[1]?.replaceAll('_', '').toLowerCase() ?? '';
  const prefix = ID.exec(hint)?.[1] ?? PREFIXES[noun];
  if (prefix) return `${prefix}_${A_SUFFIX}`;
  if (/E\.164/.test(hint) || hint.includes('\\+[1-9]') || /(^|_)(to|from|phone)_?number$/i.test(name)) return '+14155550123';
  if (/slug/i.test(`${name} ${hint}`)) return 'my-team';
  const usual = BY_NAME[name.replaceAll('_', '').toLowerCase()];
  return usual ?? 'text';
}
