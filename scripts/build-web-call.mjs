// `node scripts/build-web-call.mjs <folder>`: the web call client as plain modules that a page loads without a bundler.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';

const from = path.join(import.meta.dirname, '../packages/web-call/src');
const to = path.resolve(process.argv[2] ?? 'dist/web-call');
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
  const code = stripTypeScriptTypes(readFileSync(path.join(from, file), 'utf8'), { mode: 'strip' });
  const lean = code.replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'").replace(/[ \t]+$/gm, '');
  writeFileSync(path.join(to, file.replace(/\.ts$/, '.js')), lean);
}
