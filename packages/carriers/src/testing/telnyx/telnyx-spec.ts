import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Json = Record<string, unknown>;
interface Operation {
  parameters?: { name: string; in: string; schema: Json }[];
  requestBody?: { content: { 'application/json': { schema: Json } } };
  responses: Record<string, { content?: { 'application/json'?: { schema: Json } } }>;
}
interface Spec {
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: Operation }>;
  components: { schemas: Record<string, Json> };
}

/** A request as it came over the wire. */
export interface WireRequest {
  method: string;
  /** Below /v2, without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** What the specification says about a request. */
export interface SpecVerdict {
  /** `POST /number_orders`, or null where there is no such operation. */
  operation: string | null;
  params: Record<string, string>;
  /** The query as an object: `filter[a][b]=c` → `{filter: {a: {b: 'c'}}}`. */
  query: Json;
  /** Sentences, empty when all is well. */
  problems: string[];
}

const FORMATS = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  e164_phone_number: /^\+[1-9]\d{6,14}$/,
  int64: /^\d{1,19}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/,
};
/** Lists travel as words between commas. */
const LISTS = new Set(['features']);

const read = (): Spec => JSON.parse(readFileSync(path.join(import.meta.dirname, 'telnyx-spec.json'), 'utf8')) as Spec;

/** A misspelt field must be caught: objects that name their fields take no others. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close);
  if (schema === null || typeof schema !== 'object') return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, close(value)]));
  return 'properties' in closed && closed.type === 'object' ? { ...closed, additionalProperties: false } : closed;
}

/** Telnyx's API description as a judge of requests, answers and webhooks. */
export function createTelnyxSpec() {
  const spec = read();
  const requests = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  const queries = new Ajv2020({ strict: false, allErrors: true, coerceTypes: true, formats: FORMATS });
  const answers = new Ajv2020({ strict: false, allErrors: true, formats: FORMATS });
  const closed = { $id: 'telnyx', components: close(spec.components) };
  requests.addSchema(closed);
  queries.addSchema(closed);
  answers.addSchema({ $id: 'telnyx', components: spec.components });
  const compiled = new Map<string, ValidateFunction>();

  function judge(ajv: Ajv2020, key: string, schema: Json, value: unknown): string[] {
    let validate = compiled.get(key);
    if (!validate) {
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"telnyx#/components')) as Json;
      validate = ajv.compile(absolute);
      compiled.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => {
      const extra = (error.params as { additionalProperty?: string }).additionalProperty;
      return `${key}${error.instancePath}: ${error.message}${extra ? ` (${extra})` : ''}`;
    });
  }

  function find(method: string, at: string): { name: string; operation: Operation; params: Record<string, string> } | null {
    for (const [template, methods] of Object.entries(spec.paths)) {
      const operation = methods[method.toLowerCase()];
      if (!operation) continue;
      const pattern = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
      const match = pattern.exec(at);
      if (!match) continue;
      const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]));
      return { name: `${method} ${template}`, operation, params };
    }
    return null;
  }

  return {
    request(wire: WireRequest): SpecVerdict {
      const found = find(wire.method, wire.path);
      if (!found) return { operation: null, params: {}, query: {}, problems: [`${wire.method} ${wire.path} is no operation`] };
      const { name, operation, params } = found;
      const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const { query, problems } = readQuery(wire.query, new Set(known.map((parameter) => parameter.name)));
      for (const parameter of known) {
        const value = query[parameter.name];
        if (value !== undefined) problems.push(...judge(queries, `${name} ${parameter.name}`, wrap(parameter.schema), { value }));
      }
      const body = operation.requestBody?.content['application/json'].schema;
      if (body) problems.push(...judge(requests, `${name} body`, body, wire.body));
      else if (wire.body !== undefined) problems.push(`${name} takes no body`);
      return { operation: name, params, query, problems };
    },

    /** Holds an answer of the simulator against the specification. */
    answer(operation: string, status: number, body: unknown): string[] {
      if (status >= 400) return judge(answers, 'errors', { $ref: '#/components/schemas/Errors' }, body);
      const [method = '', template = ''] = operation.split(' ');
      const described = spec.paths[template]?.[method.toLowerCase()]?.responses['200'];
      const schema = described?.content?.['application/json']?.schema;
      return schema ? judge(answers, `${operation} answer`, schema, body) : [];
    },

    webhook(type: string, body: unknown): string[] {
      const schema = spec.webhooks[type]?.post.requestBody?.content['application/json'].schema;
      return schema ? judge(answers, type, schema, body) : [`${type} is no webhook`];
    },
  };
}

/** Scalars are coerced only inside an object. */
const wrap = (schema: Json): Json => ({ type: 'object', properties: { value: schema } });

function readQuery(search: URLSearchParams, known: ReadonlySet<string>): { query: Json; problems: string[] } {
  const query: Json = {};
  const problems: string[] = [];
  for (const [key, text] of search) {
    const names = key.split(/\[|\]\[?/).filter(Boolean);
    if (known.has(key)) query[key] = text;
    else if (names[0] !== undefined && known.has(names[0]) && names.length > 1) {
      const leaf = names.at(-1)!;
      let at = query;
      for (const name of names.slice(0, -1)) {
        const inner = (at[name] ?? {}) as Json;
        at[name] = inner;
        at = inner;
      }
      at[leaf] = LISTS.has(leaf) ? text.split(',') : text;
    } else problems.push(`${key} is no parameter`);
  }
  return { query, problems };
}
