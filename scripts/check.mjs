// What can be said about the code without running it: types, style, import directions, generated documents.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const bin = (file) => path.join(root, 'node_modules', file);

const CHECKS = [
  ['types', [bin('typescript-checker/bin/tsc'), '--noEmit', '-p', 'tsconfig.json']],
  ['types of the dashboard', [bin('typescript-checker/bin/tsc'), '--noEmit', '-p', 'apps/dashboard/tsconfig.json']],
  ['types of the web call client', [bin('typescript-checker/bin/tsc'), '--noEmit', '-p', 'packages/web-call/tsconfig.json']],
  ['style', [bin('@biomejs/biome/bin/biome'), 'check', '.']],
  [
    'import directions',
    [bin('dependency-cruiser/bin/dependency-cruiser.mjs'), '--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'workbench'],
  ],
  ['OpenAPI document', ['scripts/check-openapi.ts']],
  ['generated documents', ['scripts/generate-docs.ts', '--check']],
  ['routes of the client', ['scripts/generate-client.ts', '--check']],
];

const failed = [];
for (const [name, args] of CHECKS) {
  console.log(`— ${name}`);
  const done = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (done.status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(', ')}.`);
  process.exit(1);
}
