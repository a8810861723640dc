// Writes the client's table of routes from the contract; with --check only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EndpointShape } from '@talkturo/contract';
import * as contract from '@talkturo/contract';
import { z } from 'zod';

const file = path.join(import.meta.dirname, '../packages/client/src/routes.ts');

const endpoints = Object.entries(contract as Record<string, unknown>)
  .filter((entry): entry is [string, EndpointShape] => typeof entry[1] === 'object' && entry[1] !== null && 'method' in entry[1])
  .sort(([a], [b]) => (a < b ? -1 : 1));

/** The field of the answer that holds the items of a paged list. */
function itemsOf(name: string, { returns }: EndpointShape): string | null {
  if (!returns?.offset) return null;
  const lists = Object.entries(returns).filter(([, schema]) => schema instanceof z.ZodArray);
  if (lists.length !== 1) throw new Error(`${name} is a paged list with ${lists.length} arrays; the client iterates over one.`);
  return lists[0]![0];
}

function lineOf([name, endpoint]: [string, EndpointShape]): string {
  const params = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const query = Object.keys(endpoint.query?.shape ?? {});
  const body = Object.keys(endpoint.body?.shape ?? {});
  const twice = [...params, ...query, ...body].find((key, at, all) => all.indexOf(key) !== at);
  if (twice) throw new Error(`${name} takes ${twice} in two places; the client's input is one object.`);
  const inQuery = endpoint.body ? `[${query.map((key) => `'${key}'`).join(', ')}]` : 'null';
  const route = [`'${endpoint.method}'`, `'${endpoint.path}'`, inQuery];
  const items = itemsOf(name, endpoint);
  const kind = endpoint.file ? "'file'" : items ? `'${items}'` : 'null';
  return `  /** ${endpoint.summary}${endpoint.summary.endsWith('?') ? '' : '.'} */\n  ${name}: [${route.join(', ')}, ${kind}],`;
}

const text = `// Generated from the contract by \`node scripts/generate-client.ts\`: change the contract instead.

/** Method, path, what of the input goes into the query (null: all, there is no body), and what is answered: null JSON, 'file', or the field with the items of a list. */
export const routes = {
${endpoints.map(lineOf).join('\n')}
} as const satisfies Record<string, readonly [string, string, readonly string[] | null, string | null]>;
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('packages/client/src/routes.ts is out of date: run npm run docs.');
  process.exit(1);
}
