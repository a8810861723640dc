import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Takes a folder for this process; the returned function gives it back. A lock left by a killed process is taken over.
 * @throws Error with a sentence when another live process has it.
 */
export function takeFolder(dir: string): () => void {
  const lock = path.join(dir, 'server.lock');
  take(lock, dir);
  return () => rmSync(lock, { force: true });
}

/** The lock appears whole (a link to a finished file), so that nobody reads half of it. */
function take(lock: string, dir: string): void {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, owner(process.pid));
  try {
    for (let tries = 0; tries < 20; tries++) {
      try {
        linkSync(mine, lock);
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const held = existsSync(lock) ? readFileSync(lock, 'utf8') : '';
      const pid = Number.parseInt(held, 10);
      if (pid && pid !== process.pid && held === owner(pid)) {
        throw new Error(`Another Talkturo (process ${pid}) is using ${dir}: stop it first, or set TALKTURO_DATA_DIR to another folder.`);
      }
      putAside(lock, held);
    }
    throw new Error(`The lock of ${dir} could not be taken; try again.`);
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Removes a dead server's lock, unless another starter has replaced it meanwhile. */
function putAside(lock: string, expected: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    // Somebody else was faster; the next try sees what they left.
    return;
  }
  if (readFileSync(aside, 'utf8') !== expected && !existsSync(lock)) linkSync(aside, lock);
  rmSync(aside, { force: true });
}

/** A process by its number and the moment it started (field 22 of /proc/<pid>/stat), since numbers are given out again. */
function owner(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    if (process.platform === 'linux') return `${pid} gone`;
  }
  try {
    process.kill(pid, 0);
    return `${pid} running`;
  } catch {
    return `${pid} gone`;
  }
}
