import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type DestinationStream, pino } from 'pino';
import { readConfig } from '../config.ts';
import { teamIdOf } from '../database/ids.ts';
import { accountBySlug, addAccount } from '../identity/accounts.ts';
import { mintKey } from '../identity/api-keys.ts';
import { createLogger } from '../logger.ts';
import { createPlatform, type Platform, type StandIns } from '../platform.ts';
import { createServer } from '../server.ts';
import { createTestDatabase } from './test-database.ts';

/** An answer as a test looks at it. */
export interface TestAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers field by field
  body: any;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
}

/** A workspace with a key that may do everything. */
export interface TestTenant {
  accountId: string;
  teamId: string;
  slug: string;
  key: string;
  get(url: string, headers?: Record<string, string>): Promise<TestAnswer>;
  post(url: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
  patch(url: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
  delete(url: string, body?: unknown, headers?: Record<string, string>): Promise<TestAnswer>;
}

export interface TestServer {
  app: FastifyInstance;
  platform: Platform;
  databaseUrl: string;
  tenant(slug?: string, options?: { scopes?: string[]; plan?: string; rateLimitPerHour?: number }): Promise<TestTenant>;
  /** A key of a workspace that exists. */
  tenantOf(slug: string, options?: { scopes?: string[]; rateLimitPerHour?: number }): Promise<TestTenant>;
  /** A request without a token unless the headers hold one. */
  request(method: string, url: string, options?: { body?: unknown; headers?: Record<string, string> }): Promise<TestAnswer>;
  /** Opens a real socket and starts the node's work; for media, streams and whatever else needs one. @returns http://127.0.0.1:… */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/**
 * The whole server on a database of its own, or on another's as a further node, reached without a socket.
 * Settings may be given as in the environment.
 */
export async function createTestServer(
  settings: Record<string, string> = {},
  { standIns = {}, databaseUrl, log }: { standIns?: StandIns; databaseUrl?: string; log?: DestinationStream } = {},
): Promise<TestServer> {
  const database = databaseUrl ? { url: databaseUrl, drop: async () => {} } : await createTestDatabase();
  const config = readConfig(
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
  const platform = createPlatform(
    { config, databaseUrl: database.url, logger: createLogger(config, log ?? pino.destination(2)) },
    standIns,
  );
  const app = createServer(platform, { strictAnswers: true });
  await app.ready();

  const request: TestServer['request'] = async (method, url, options = {}) => {
    const answer = await app.inject({
      method: method as NonNullable<InjectOptions['method']>,
      url,
      headers: {
        ...(options.body === undefined || typeof options.body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { payload: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
    });
    const json = answer.headers['content-type']?.toString().includes('application/json');
    return {
      status: answer.statusCode,
      body: json && answer.body !== '' ? answer.json() : undefined,
      headers: answer.headers,
      text: answer.body,
    };
  };

  const tenantOf: TestServer['tenantOf'] = async (slug, options = {}) => {
    const account = await accountBySlug(platform.db, slug);
    if (!account) throw new Error(`there is no workspace ${slug}`);
    const key = mintKey(false);
    await platform.apiKeys.add({
      accountId: account.id,
      name: 'test',
      fullKey: key,
      scopes: options.scopes ?? ['*'],
      rateLimitPerHour: options.rateLimitPerHour ?? 0,
      createdBy: null,
    });
    const as =
      (method: string) =>
      (url: string, body?: unknown, headers: Record<string, string> = {}) =>
        request(method, url, { body, headers: { authorization: `Bearer ${key}`, ...headers } });
    const get = as('GET');
    return {
      accountId: account.id,
      teamId: teamIdOf(account.id),
      slug,
      key,
      get: (url, headers) => get(url, undefined, headers),
      post: as('POST'),
      patch: as('PATCH'),
      delete: as('DELETE'),
    };
  };

  return {
    app,
    platform,
    databaseUrl: database.url,
    request,
    tenant: async (slug = 'my-team', options = {}) => {
      await addAccount(platform.db, { slug, name: slug, plan: options.plan ?? 'growth' });
      return tenantOf(slug, options);
    },
    tenantOf,
    listen: async () => {
      await app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = app.server.address() as AddressInfo;
      await platform.start(port);
      return `http://127.0.0.1:${port}`;
    },
    close: async () => {
      await platform.drain();
      await app.close();
      await platform.close();
      await database.drop();
    },
  };
}
