import { z } from 'zod';
import { meaningOf } from './field-meanings.ts';

/** A JSON Schema as OpenAPI 3.1 takes it. */
export type JsonSchema = { [key: string]: unknown } & {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  examples?: unknown[];
  description?: string;
};

/** Schemas that are used by name. */
export type Components = Record<string, JsonSchema>;

/**
 * A zod schema as JSON Schema 2020-12. Schemas with an `id` are lifted into `components` and referred to.
 * @param io `input`: what a client sends; `output`: what it gets, in which it must expect fields that are added later
 */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', components: Components): JsonSchema {
  const made = z.toJSONSchema(schema, {
    io,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // zod bounds integers by what a double holds exactly, which tells a reader nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  }) as JsonSchema & { $defs?: Components };
  const { $schema: _, $defs: named = {}, ...rest } = made;
  for (const [name, definition] of Object.entries(named)) {
    const { id: _id, $schema: _schema, ...body } = definition;
    components[name] ??= described(pointed(body as JsonSchema));
  }
  return described(pointed(rest as JsonSchema));
}

/** What the one kind that a field can have beside null says of itself. */
const ofItsKind = ({ anyOf = [] }: JsonSchema): string | undefined => {
  const [kind, ...others] = anyOf.filter(({ type }) => type !== 'null');
  return others.length === 0 ? (kind?.description as string | undefined) : undefined;
};

/**
 * Gives fields that do not describe themselves what their only kind says, else the meaning of their name. Fields that refer to a named
 * schema have its.
 */
export function described(schema: JsonSchema): JsonSchema {
  const all = (list: JsonSchema[] | undefined) => list?.map(described);
  const properties = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const meaning = field.$ref || field.description ? undefined : (ofItsKind(field) ?? meaningOf(name));
    return [name, described(meaning ? { ...field, description: meaning } : field)];
  });
  return {
    ...schema,
    ...(schema.properties ? { properties: Object.fromEntries(properties) } : {}),
    ...(schema.items ? { items: described(schema.items) } : {}),
    ...(schema.anyOf ? { anyOf: all(schema.anyOf) } : {}),
    ...(schema.oneOf ? { oneOf: all(schema.oneOf) } : {}),
    ...(schema.allOf ? { allOf: all(schema.allOf) } : {}),
  } as JsonSchema;
}

/** `#/$defs/X` → `#/components/schemas/X`, everywhere. */
function pointed(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema;
}

/** The schema itself where it was only referred to. */
export function resolved(schema: JsonSchema, components: Components): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name ? { ...(components[name] ?? {}), ...(schema.description ? { description: schema.description } : {}) } : schema;
}
