// What the tests need that no npm package brings comes from Debian's packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface DebianPackage {
  name: string;
  /** One of these is there once it is installed. */
  programs: readonly string[];
  /** Who needs it, as the beginning of a sentence. */
  why: string;
}

export const CHROMIUM: DebianPackage = {
  name: 'chromium',
  programs: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  why: 'The browser tests need Chromium',
};

export const POSTGRES_15: DebianPackage = {
  name: 'postgresql-15',
  programs: ['/usr/lib/postgresql/15/bin/postgres'],
  why: 'The tests on the oldest supported PostgreSQL need it',
};

/**
 * Installs a package where it is missing and we may.
 * @returns where its program is
 * @throws Error with a sentence when it is missing and cannot be installed
 */
export function fromDebian({ name, programs, why }: DebianPackage): string {
  const there = () => programs.find((program) => existsSync(program));
  const found = there();
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log(`Installing ${name} from Debian’s packages …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 'ignore', 'inherit'], env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { stdio: ['ignore', 'ignore', 'inherit'], env });
  }
  const installed = there();
  if (!installed) throw new Error(`${why}: install Debian’s package ${name} and try again.`);
  return installed;
}
