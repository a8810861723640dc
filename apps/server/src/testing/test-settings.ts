import os from 'node:os';
import path from 'node:path';
import { type Config, readConfig } from '../config.ts';

/** The settings of a server under test; any may be given otherwise, as in the environment. */
export function testConfig(settings: Record<string, string>): Config {
  return readConfig(
    {
      TALKTURO_ENV: 'development',
      TALKTURO_LOG_LEVEL: 'silent',
      TALKTURO_SECRET: 'a secret for tests, of at least 32 characters',
      TALKTURO_DATABASE_POOL: '8',
      TALKTURO_DRAIN_SECONDS: '0',
      TALKTURO_DATA_DIR: path.join(os.tmpdir(), `talkturo-${process.pid}`),
      ...settings,
    },
    '/',
  );
}
