// Writes the database migration from the tables. Until the first release there is one initial migration,
// made anew each time; afterwards each change adds a file of its own (drop the rmSync).
// What drizzle cannot say (extensions, triggers) stands beside the tables in *.table.sql and is appended.
import { spawnSync } from 'node:child_process';
import { appendFileSync, globSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

const server = path.join(import.meta.dirname, '../apps/server');
rmSync(path.join(server, 'migrations'), { recursive: true, force: true });
const kit = path.join(import.meta.dirname, '../node_modules/drizzle-kit/bin.cjs');
const made = spawnSync(process.execPath, [kit, 'generate', '--name', 'initial'], { cwd: server, stdio: 'inherit' });
if (made.status !== 0) process.exit(made.status ?? 1);
for (const file of globSync('src/**/*.table.sql', { cwd: server }).sort()) {
  appendFileSync(
    path.join(server, 'migrations/0000_initial.sql'),
    `--> statement-breakpoint\n${readFileSync(path.join(server, file), 'utf8')}`,
  );
}
