import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readTwiml } from './twiml-reader.ts';

type Json = Record<string, unknown>;
interface Schema extends Json {
  type?: string | string[];
  properties?: Record<string, Schema>;
}
interface Operation {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: { 'application/x-www-form-urlencoded': { schema: Schema } } };
  responses: Record<string, { content?: { 'application/json': { schema: Schema } } }>;
}
interface Spec {
  paths: Record<string, Record<string, Operation>>;
  components: Json;
}

/** A request as it came over the wire. */
export interface WireRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams | null;
}

/** What the specification says about a request. */
export interface SpecVerdict {
  /** `POST /Calls.json`, below the account, or null where there is no such operation. */
  operation: string | null;
  params: Record<string, string>;
  query: URLSearchParams;
  form: URLSearchParams;
  /** Sentences, empty when all is well. */
  problems: string[];
}

/** The part of a path that is not said again in the name of an operation. */
const ACCOUNT = '/2010-04-01/Accounts/{AccountSid}';

const isUri = (text: string) => URL.canParse(text) || text.startsWith('/');
const isTwiml = (text: string) => {
  try {
    return readTwiml(text).length > 0 && text.length <= 4000;
  } catch {
    // Not well-formed: the judge says so.
    return false;
  }
};
const FORMATS = {
  'phone-number': true,
  endpoint: /^(\+[1-9]\d{6,14}|sip:.+|client:.+)$/,
  uri: isUri,
  twiml: isTwiml,
  'http-method': true,
  'date-time': true,
  'date-time-rfc-2822': /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/,
  int64: true,
  'iso-country-code': /^[A-Z]{2}$/,
  currency: true,
  'phone-number-capabilities': true,
  'uri-map': true,
} as const;

const read = (): Spec => JSON.parse(readFileSync(path.join(import.meta.dirname, 'twilio-spec.json'), 'utf8')) as Spec;

/** A form as the object that its schema describes; a field that is no list and comes twice is a problem. */
function objectOf(fields: URLSearchParams, schema: Schema, problems: string[]): Json {
  const value: Json = {};
  for (const name of new Set(fields.keys())) {
    const all = fields.getAll(name);
    if (schema.properties?.[name]?.type === 'array') value[name] = all;
    else {
      value[name] = all[0];
      if (all.length > 1) problems.push(`${name} comes ${all.length} times`);
    }
  }
  return value;
}

/** Twilio's API description as a judge of requests and answers. */
export function createTwilioSpec() {
  const spec = read();
  const formats = FORMATS as unknown as Record<string, true>;
  const forms = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true, formats });
  const answers = new Ajv2020({ strict: false, allErrors: true, formats });
  for (const ajv of [forms, answers]) ajv.addSchema({ $id: 'twilio', components: spec.components });
  const compiled = new Map<string, ValidateFunction>();

  function judge(ajv: Ajv2020, key: string, schema: Json, value: unknown): string[] {
    let validate = compiled.get(key);
    if (!validate) {
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"twilio#/components')) as Json;
      validate = ajv.compile(absolute);
      compiled.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => {
      const extra = (error.params as { additionalProperty?: string }).additionalProperty;
      return `${key}${error.instancePath}: ${error.message}${extra ? ` (${extra})` : ''}`;
    });
  }

  /** A misspelt field must be caught. */
  function fields(key: string, schema: Schema, wire: URLSearchParams): string[] {
    const problems: string[] = [];
    const value = objectOf(wire, schema, problems);
    return [...problems, ...judge(forms, key, { ...schema, additionalProperties: false }, value)];
  }

  function find(method: string, at: string) {
    for (const [template, methods] of Object.entries(spec.paths)) {
      const operation = methods[method.toLowerCase()];
      if (!operation) continue;
      const match = new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+?)')}$`).exec(at);
      if (!match) continue;
      const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
      return { name: `${method} ${template.replace(ACCOUNT, '')}`, operation, params };
    }
    return null;
  }

  return {
    request({ method, path: at, query, form }: WireRequest): SpecVerdict {
      const found = find(method, at);
      const wire = { query, form: form ?? new URLSearchParams() };
      if (!found) return { operation: null, params: {}, ...wire, problems: [`${method} ${at} is no operation`] };
      const { name, operation, params } = found;
      const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
      const properties = Object.fromEntries(inQuery.map((parameter) => [parameter.name, parameter.schema]));
      const problems = fields(`${name} query`, { type: 'object', properties }, query);
      for (const { name: param, schema } of operation.parameters.filter((parameter) => parameter.in === 'path')) {
        problems.push(...judge(forms, `${name} ${param}`, { type: 'object', properties: { value: schema } }, { value: params[param] }));
      }
      const body = operation.requestBody?.content['application/x-www-form-urlencoded'].schema;
      if (body) problems.push(...fields(`${name} form`, body, wire.form));
      else if (form) problems.push(`${name} takes no form`);
      return { operation: name, params, ...wire, problems };
    },

    /** Holds an answer of the simulator against the specification. */
    answer(operation: string, status: number, body: unknown): string[] {
      if (status >= 400) return [];
      const [method = '', name = ''] = operation.split(' ');
      const template = name in spec.paths ? name : ACCOUNT + name;
      const responses = spec.paths[template]?.[method.toLowerCase()]?.responses ?? {};
      if (!(status in responses)) return [`${operation} does not answer ${status}`];
      const schema = responses[status]?.content?.['application/json'].schema;
      return schema ? judge(answers, `${operation} answer`, schema, body) : [];
    },
  };
}
