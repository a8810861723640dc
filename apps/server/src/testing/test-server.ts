import type { AddressInfo } from 'node:net';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type DestinationStream, pino } from 'pino';
import { teamIdOf } from '../database/ids.ts';
import type { StandIns } from '../ground.ts';
import { accountBySlug, addAccount } from '../identity/accounts.ts';
import { mintKey } from '../identity/api-keys.ts';
import { createLogger } from '../logger.ts';
import { createPlatform, type Platform } from '../platform.ts';
import { createServer } from '../server.ts';
import { openSecondNode } from './second-node.ts';
import { createTestDatabase } from './test-database.ts';
import { testConfig } from './test-settings.ts';

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

export interface TestServerOptions {
  standIns?: StandIns;
  /** Of another test server, to be a further node there. */
  databaseUrl?: string;
  log?: DestinationStream;
  /** Every request is answered here, also where the run has two processes: for tests that look into this one. */
  alone?: boolean;
}

/**
 * The whole server on a database of its own, or on another's as a further node, reached without a socket. Where the run has two
 * processes, every other request is answered by the other one.
 * Settings may be given as in the environment.
 */
export async function createTestServer(
  settings: Record<string, string> = {},
  { standIns = {}, databaseUrl, log, alone = databaseUrl !== undefined || log !== undefined }: TestServerOptions = {},
): Promise<TestServer> {
  const database = databaseUrl ? { url: databaseUrl, drop: async () => {} } : await createTestDatabase();
  const config = testConfig(settings);
  const platform = createPlatform(
    { config, databaseUrl: database.url, logger: createLogger(config, log ?? pino.destination(2)) },
    standIns,
  );
  const app = createServer(platform, { strictAnswers: true });
  await app.ready();

  const second = alone ? null : await openSecondNode({ settings, databaseUrl: database.url });
  // Stand-ins live in this process only: what they stand in for cannot be asked of another, but what they left can be read there.
  const readsOnly = Object.keys(standIns).length > 0;
  let asked = 0;
  const request: TestServer['request'] = async (method, url, options = {}) => {
    const headers = {
      ...(options.body === undefined || typeof options.body === 'string' ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    };
    const payload = options.body === undefined || typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
    const answer =
      second && (!readsOnly || method === 'GET') && asked++ % 2 === 1
        ? await second.ask(method, url, headers, payload)
        : await injected(app, method, url, headers, payload);
    const json = answer.headers['content-type']?.toString().includes('application/json');
    return { ...answer, body: json && answer.text !== '' ? JSON.parse(answer.text) : undefined };
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
      await second?.close();
      await platform.drain();
      await app.close();
      await platform.close();
      await database.drop();
    },
  };
}

async function injected(
  app: FastifyInstance,
  method: string,
  url: string,
  headers: Record<string, string>,
  payload: string | undefined,
): Promise<Omit<TestAnswer, 'body'>> {
  const answer = await app.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.body };
}
