// Writes docs/configuration.md from the settings; with --check only says whether it is up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SETTINGS } from '../apps/server/src/config.ts';

const file = path.join(import.meta.dirname, '../docs/configuration.md');

/** The default as a reader sees it: the words given, or the value the schema puts in. */
function defaultOf(name: keyof typeof SETTINGS): string {
  const { schema, fallback } = SETTINGS[name];
  if (fallback) return fallback;
  const parsed = schema.safeParse(undefined);
  if (!parsed.success || parsed.data === undefined) return 'none';
  if (typeof parsed.data === 'boolean') return parsed.data ? '`on`' : '`off`';
  return `\`${Array.isArray(parsed.data) ? parsed.data.join(',') : String(parsed.data)}\``;
}

const rows = (Object.keys(SETTINGS) as (keyof typeof SETTINGS)[]).map(
  (name) => `| \`${name}\` | ${defaultOf(name)} | ${SETTINGS[name].sentence} |`,
);
const text = `# Settings

Every setting is an environment variable. A wrong one stops the start with a sentence that names it, and so does an
unknown one that begins with \`TALKTURO_\`. This page is generated from \`apps/server/src/config.ts\` by \`npm run docs\`.

| setting | default | what it does |
|---|---|---|
${rows.join('\n')}

The workbench reads two more: \`TALKTURO_URL\` (the server to talk to, default \`http://localhost:3000\`, or at \`PORT\`)
and \`TALKTURO_API_KEY\`.
`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/configuration.md is out of date: run npm run docs.');
  process.exit(1);
}
