// Writes the database migration from the tables. Until the first release there is one initial migration,
// made anew each time; afterwards each change adds a file of its own (drop the rmSync).
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

const server = path.join(import.meta.dirname, '../apps/server');
rmSync(path.join(server, 'migrations'), { recursive: true, force: true });
const kit = path.join(import.meta.dirname, '../node_modules/drizzle-kit/bin.cjs');
const made = spawnSync(process.execPath, [kit, 'generate', '--name', 'initial'], { cwd: server, stdio: 'inherit' });
process.exit(made.status ?? 1);
