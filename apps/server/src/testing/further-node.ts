import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createLogger } from '../logger.ts';
import { createPlatform } from '../platform.ts';
import { createServer } from '../server.ts';
import { testConfig } from './test-settings.ts';

/** A node that answers requests and leaves calls and jobs to the test's own. */
export async function createFurtherNode(
  settings: Record<string, string>,
  databaseUrl: string,
): Promise<{ port: number; close(): Promise<void> }> {
  const config = testConfig({ ...settings, TALKTURO_ROLES: 'api', TALKTURO_DATABASE_POOL: '4' });
  const platform = createPlatform({ config, databaseUrl, logger: createLogger(config, pino.destination(2)) });
  const app = createServer(platform, { strictAnswers: true });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  await platform.start(port);
  return {
    port,
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
      await platform.close();
    },
  };
}
