import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string with `{database}` where the name goes. */
    databaseUrl: string;
    /** Port at which the second process opens nodes; null where the run has but one. */
    secondProcess: number | null;
  }
}

/** One PostgreSQL for the whole run, with a migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TALKTURO_TEST_DATABASE_URL;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'talkturo-test-'));
  const embedded = given
    ? null
    : await startEmbeddedPostgres({
        dataDir: folder,
        cluster: path.basename(folder),
        password: 'test',
        durable: false,
        maxConnections: 300,
      });
  const urlOf = (database: string) => (embedded ? embedded.urlOf(database) : new URL(`/${database}`, given).href);
  const admin = new pg.Client({ connectionString: urlOf('postgres') });
  await admin.connect();
  await admin.query('drop database if exists talkturo_template');
  await admin.query('create database talkturo_template');
  await migrate(urlOf('talkturo_template'));
  await admin.end();
  project.provide('databaseUrl', urlOf('DATABASE_NAME'));
  const second = process.env.TALKTURO_TEST_TWO_PROCESSES ? fork(path.join(import.meta.dirname, 'second-process.ts')) : null;
  project.provide('secondProcess', second && ((await once(second, 'message')) as [number])[0]);
  return async () => {
    second?.disconnect();
    await embedded?.stop();
    embedded?.remove();
    rmSync(folder, { recursive: true, force: true });
  };
}
