import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newSecret } from './config.ts';
import { takeFolder } from './database/folder-lock.ts';

/** What a server keeps to itself between starts. */
export interface Secrets {
  databasePassword: string;
  /** Name of the embedded database's cluster, where it cannot lie in the data folder itself. */
  cluster: string;
  /** Signs sessions and encrypts stored vendor keys. */
  secret: string;
}

export interface DataFolder {
  dir: string;
  secrets: Secrets;
  /** Lets another server use the folder. */
  release(): void;
}

/**
 * Takes the data folder for this process, making it on first use.
 * @throws Error with a sentence when another live server uses it. A lock left by a killed one is taken over.
 */
export function openDataFolder(dir: string): DataFolder {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const release = takeFolder(dir);
  return { dir, secrets: readSecrets(path.join(dir, 'secrets.json')), release };
}

/** The secrets of a data folder that has been used before; null where it has not. Takes no lock. */
export function knownSecrets(dir: string): Secrets | null {
  const file = path.join(dir, 'secrets.json');
  return existsSync(file) ? readSecrets(file) : null;
}

function readSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets: Secrets = { databasePassword: newSecret(), cluster: randomBytes(8).toString('hex'), secret: newSecret() };
  writeFileSync(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
