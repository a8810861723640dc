import fc from 'fast-check';

/** The parts of a JSON Schema that zod writes. */
export interface JsonSchema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
}

/** Stands for something of the world the request meets: replaced by `resolve` when it is sent. */
export const placeholder = (what: string, n: number) => `@@${what}:${n}@@`;

const ID_PATTERN = /^\^([a-z]+)_\[0-7\]/;

/** Values that fit a schema, mostly; what a schema cannot say (a phone number, a time zone) is guessed from the name of the field. */
export function arbitraryOf(schema: JsonSchema, name = ''): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, name)));
  if (schema.allOf) return arbitraryOf(Object.assign({}, ...schema.allOf), name);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => arbitraryOf({ ...schema, type }, name)));
  switch (schema.type) {
    case 'string':
      return textOf(schema, name);
    case 'integer':
      return fc.integer(boundsOf(schema));
    case 'number': {
      const { min, max } = boundsOf(schema);
      return fc.oneof(fc.integer({ min: Math.ceil(min), max: Math.floor(max) }), fc.double({ min, max, noNaN: true }));
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, Math.max(4, schema.minItems ?? 0)),
      });
    case 'object':
      return objectOf(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const boundsOf = (schema: JsonSchema) => ({
  min: Math.max(schema.minimum ?? -1e6, Number.MIN_SAFE_INTEGER),
  max: Math.min(schema.maximum ?? 1e6, Number.MAX_SAFE_INTEGER),
});

/** What is required, with all of the rest or with little of it: the more is said, the more may be refused. */
function objectOf(schema: JsonSchema): fc.Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required ?? []);
  const recordOf = (list: typeof properties) =>
    fc.record(Object.fromEntries(list.map(([name, property]) => [name, arbitraryOf(property, name)])), {
      requiredKeys: list.map(([name]) => name).filter((name) => required.has(name)),
    });
  const needed = properties.filter(([name]) => required.has(name));
  const optional = properties.filter(([name]) => !required.has(name));
  const lean = fc.subarray(optional, { maxLength: Math.min(2, optional.length) }).chain((some) => recordOf([...needed, ...some]));
  const record = fc.oneof({ weight: 3, arbitrary: lean }, { weight: 1, arbitrary: recordOf(properties) });
  if (typeof schema.additionalProperties !== 'object') return record;
  const more = fc.dictionary(fc.string({ maxLength: 10 }), arbitraryOf(schema.additionalProperties), { maxKeys: 3 });
  return fc.tuple(record, fc.oneof(fc.constant({}), more)).map(([known, others]) => ({ ...others, ...(known as object) }));
}

/** Fields by whose name their form is known. */
const KNOWN: readonly [RegExp, fc.Arbitrary<string>][] = [
  [/^teamId$/, fc.constant(placeholder('team', 0))],
  [/^accountSlug$/, fc.constant(placeholder('slug', 0))],
  [/^accountId$/, fc.constant(placeholder('acct', 0))],
  [/phone|toNumber|^from$|^to$/i, fc.nat(9_999).map((n) => `+1415555${String(n).padStart(4, '0')}`)],
  [/timezone/i, fc.constantFrom('Europe/Berlin', 'America/New_York', 'UTC')],
  [/country/i, fc.constantFrom('US', 'DE', 'GB', 'CA')],
  [/url|website/i, fc.constantFrom('https://example.com/hook', 'http://127.0.0.1:9/hook')],
  [/email/i, fc.nat(99).map((n) => `fuzz${n}@example.com`)],
  [/date|since|until|at$/i, fc.constantFrom('2026-01-31', '2026-01-31T09:00:00Z', '2030-12-31T23:59:59Z')],
  [/language/i, fc.constantFrom('en', 'de', 'pt-BR')],
];

function textOf(schema: JsonSchema, name: string): fc.Arbitrary<string> {
  const prefix = ID_PATTERN.exec(schema.pattern ?? '')?.[1];
  if (prefix) return fc.nat(50).map((n) => placeholder(prefix, n));
  const plain = fc.string({ unit: 'grapheme', minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 40) });
  const known = KNOWN.find(([pattern]) => pattern.test(name))?.[1];
  if (known) return fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: plain });
  if (schema.pattern) return fc.oneof({ weight: 4, arbitrary: matching(schema.pattern) }, { weight: 1, arbitrary: plain });
  const longest = schema.maxLength !== undefined && schema.maxLength <= 20_000 ? [fc.constant('x'.repeat(schema.maxLength))] : [];
  return fc.oneof({ weight: 8, arbitrary: plain }, ...longest);
}

/** Texts of a pattern; any text where the pattern is beyond the generator. */
function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern));
  } catch {
    return fc.string();
  }
}

/** Values that fit no schema, or only just. */
const nasty: fc.Arbitrary<unknown> = fc.constantFrom<unknown[]>(
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '🦆',
  'x'.repeat(3_000),
  "'; drop table contacts; --",
  '%_\\',
  '{{contact.first_name}}',
  'Infinity',
  '1e999',
  '9999-99-99T99:99:99Z',
  [],
  [[]],
  {},
  { a: { b: { c: 1 } } },
);
const nastyKeys = ['constructor', 'toString', '', 'teamid', 'a'.repeat(300), 'x\u0000'];

/** What an evil or careless client does to a request. */
export interface Spoiling {
  at: number;
  how: 'replace' | 'drop' | 'add';
  value: unknown;
}
export const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom('replace', 'replace', 'drop', 'add'),
  value: nasty,
});

/** A copy of the value with one place in it spoiled. */
export function spoil(value: unknown, { at, how, value: bad }: Spoiling): unknown {
  const copy = structuredClone(value);
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (holder: unknown) => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const key of Object.keys(holder)) {
      places.push({ holder: holder as Record<string, unknown>, key });
      visit((holder as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  const place = places[at % Math.max(1, places.length)];
  if (!place || (how === 'add' && Array.isArray(place.holder))) return how === 'add' ? copy : bad;
  if (how === 'add') place.holder[nastyKeys[at % nastyKeys.length] ?? ''] = bad;
  else if (how === 'drop') delete place.holder[place.key];
  else place.holder[place.key] = bad;
  return copy;
}
