import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

export interface ServerProcess {
  url: string;
  dataDir: string;
  /** Resolves when it has printed that. */
  says(what: RegExp): Promise<string>;
  /** Everything it has printed. */
  said(): string;
  /** Pulls the plug. */
  kill(): Promise<void>;
  /** Ends it in order; its data folder stays. */
  stop(): Promise<void>;
}

/** A data folder for one test, and how to delete it with the cluster a root server keeps elsewhere. */
export function temporaryDataDir(): { dataDir: string; remove(): void } {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'talkturo-process-'));
  return {
    dataDir,
    remove: () => {
      const secrets = path.join(dataDir, 'secrets.json');
      const { cluster } = existsSync(secrets) ? JSON.parse(readFileSync(secrets, 'utf8')) : { cluster: null };
      if (cluster) rmSync(`/var/lib/talkturo/${cluster}`, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * The whole server as a process of its own, with an empty environment but for the settings given. Resolves when it is ready.
 * Stopped, it ends the calls that somebody still talks in at once.
 */
export async function startServerProcess(
  dataDir: string,
  settings: Record<string, string>,
  args: readonly string[] = ['--no-demo'],
): Promise<ServerProcess> {
  const port = await freePort();
  let said = '';
  const listeners = new Set<() => void>();
  const child = spawn(process.execPath, ['apps/server/src/main.ts', ...args], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(port),
      TALKTURO_DATA_DIR: dataDir,
      TALKTURO_DRAIN_SECONDS: '0',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const listener of listeners) listener();
    });
  }
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let gone = false;
  exited.then(() => {
    gone = true;
  });
  const url = `http://localhost:${port}`;
  while (!(await answers(`${url}/readyz`))) {
    if (gone) throw new Error(`The server did not start: ${said}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    url,
    dataDir,
    said: () => said,
    says: (what) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = what.exec(said)?.[0];
          if (found === undefined) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        exited.then(() => reject(new Error(`The server ended before it said ${what}: ${said}`)));
        look();
      }),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
