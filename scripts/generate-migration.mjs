// Adds a database migration for what the tables say and the migrations do not yet: `npm run db:generate -- <name>`.
// Migrations that have been published are never changed. What drizzle cannot say (extensions, triggers) stands readably
// beside the tables in *.table.sql; a change there is carried into the new migration by hand. Where nothing else changes, --custom
// makes an empty migration to carry it into.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const [name, ...rest] = process.argv.slice(2);
if (!name || !/^[a-z][a-z0-9-]*$/.test(name)) {
  console.error('Say what the migration does, in lower-case words with hyphens: npm run db:generate -- add-call-cost');
  process.exit(1);
}
const kit = path.join(import.meta.dirname, '../node_modules/drizzle-kit/bin.cjs');
const made = spawnSync(process.execPath, [kit, 'generate', '--name', name, ...rest.filter((one) => one === '--custom')], {
  cwd: path.join(import.meta.dirname, '../apps/server'),
  stdio: 'inherit',
});
process.exit(made.status ?? 1);
