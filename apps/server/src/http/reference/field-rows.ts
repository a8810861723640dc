import type { Components, JsonSchema } from '@talkturo/contract';
import { resolved } from '@talkturo/contract';
import { escaped, inline } from './markup.ts';
import type { Words } from './words.ts';

/** Objects within objects are shown to this depth; the example shows the rest. */
const DEEPEST = 3;

/** What drawing needs besides the schema. */
export interface Drawing {
  components: Components;
  words: Words;
  /** A sentence of the contract in the page's language. */
  say: (sentence: string) => string;
}

/** One row a field; fields of objects follow theirs with a dotted path. */
export function fieldRows(schema: JsonSchema, drawing: Drawing, prefix = '', depth = 0): string {
  const { properties = {}, required = [] } = resolved(schema, drawing.components);
  return Object.entries(properties)
    .map(([name, field]) => {
      const full = resolved(field, drawing.components);
      const inner = depth < DEEPEST ? innerOf(full, drawing) : undefined;
      const path = `${prefix}${name}`;
      return (
        fieldRow(path, field, drawing, required.includes(name)) +
        (inner ? fieldRows(inner.schema, drawing, `${path}${inner.list ? '[]' : ''}.`, depth + 1) : '')
      );
    })
    .join('');
}

/** The name, kind, bounds and sense of one field. */
export function fieldRow(path: string, field: JsonSchema, { components, words, say }: Drawing, required: boolean): string {
  const full = resolved(field, components);
  const facts = [`<span class="kind">${kindOf(full, words, components)}</span>`, boundsOf(full, words)].filter(Boolean).join(' · ');
  const mark = required ? `<span class="required">${words.required}</span>` : '';
  return `<div class="field"><dt><code>${escaped(path)}</code> ${mark}</dt><dd><p class="facts">${facts}</p>${
    full.description ? `<p>${inline(say(full.description))}</p>` : ''
  }</dd></div>`;
}

/** The object inside a field, itself, in a list or beside null. */
function innerOf(schema: JsonSchema, { components }: Drawing): { schema: JsonSchema; list: boolean } | undefined {
  if (schema.properties) return { schema, list: false };
  if (schema.items) {
    const item = resolved(schema.items, components);
    return item.properties ? { schema: item, list: true } : undefined;
  }
  const choice = (schema.anyOf ?? []).map((one) => resolved(one, components)).find((one) => one.properties ?? one.items);
  return choice && innerOf(choice, { components } as Drawing);
}

function kindOf(schema: JsonSchema, words: Words, components: Components): string {
  if (schema.enum) return `${words.oneOf} ${schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join(', ')}`;
  if ('const' in schema) return `<code>${escaped(JSON.stringify(schema.const))}</code>`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((one) => kindOf(resolved(one, components), words, components)))].join(` ${words.or} `);
  const kinds = [schema.type ?? 'object'].flat().map((type) => words.types[type as keyof Words['types']] ?? type);
  return kinds.join(` ${words.or} `);
}

function boundsOf(schema: JsonSchema, words: Words): string {
  const range = (least: unknown, most: unknown, unit: string): string => {
    if (least !== undefined && most !== undefined) return `${least} ${words.bounds.to} ${most}${unit}`;
    if (most !== undefined) return `${words.bounds.atMost} ${most}${unit}`;
    return least === undefined ? '' : `${words.bounds.atLeast} ${least}${unit}`;
  };
  return [
    range(schema.minimum, schema.maximum, ''),
    range(schema.minLength, schema.maxLength, ` ${words.bounds.characters}`),
    range(schema.minItems, schema.maxItems, ` ${words.bounds.entries}`),
    'default' in schema ? `${words.default} <code>${escaped(JSON.stringify(schema.default))}</code>` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
