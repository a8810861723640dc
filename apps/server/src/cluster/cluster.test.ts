import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Connection, connect } from '../database/connect.ts';
import { createTestDatabase } from '../testing/test-database.ts';
import { type Cluster, createCluster } from './cluster.ts';
import { nodes } from './nodes.table.ts';

let connection: Connection;
let drop: () => Promise<void>;
let url: string;
const joined: Cluster[] = [];

beforeEach(async () => {
  ({ url, drop } = await createTestDatabase());
  connection = connect(url, 4);
});
afterEach(async () => {
  for (const cluster of joined.splice(0)) await cluster.stop();
  await connection.close();
  await drop();
});

async function join(dataDir: string): Promise<Cluster> {
  const cluster = createCluster({ db: connection.db, databaseUrl: url, logger: pino({ level: 'silent' }), dataDir });
  await cluster.start();
  joined.push(cluster);
  return cluster;
}
const ids = async () => (await connection.db.select().from(nodes)).map((node) => node.id).sort();

test('what one node tells reaches every node', async () => {
  const [a, b] = [await join('/a'), await join('/b')];
  const heard = [a, b].map((cluster) => new Promise((resolve) => cluster.onTold(resolve)));
  await a.tell('call_1', 'hang-up');
  const told = { subject: 'call_1', command: 'hang-up', from: a.nodeId };
  expect(await Promise.all(heard)).toEqual([told, told]);
});

test('a word too long for a notice is refused', async () => {
  const a = await join('/a');
  await expect(a.tell('call_1', 'x'.repeat(8000))).rejects.toThrow('too long');
});

test('a node that stops its heartbeat is forgotten by the others, one that beats is not', async () => {
  const [a, b, c] = [await join('/a'), await join('/b'), await join('/c')];
  await connection.db.update(nodes).set({ heartbeatAt: sql`now() - interval '21 seconds'` }).where(sql`id in (${b.nodeId}, ${a.nodeId})`);
  await a.beat();
  expect(await ids()).toEqual([a.nodeId, c.nodeId].sort());
  expect(a.others).toBe(1);
});

test('whoever starts in the data folder of another gives that one up at once', async () => {
  const killed = await join('/same');
  const next = await join('/same');
  expect(await ids()).toEqual([next.nodeId]);
  expect(killed.nodeId).not.toBe(next.nodeId);
});

test('a node that leaves is gone', async () => {
  const a = await join('/a');
  await a.stop();
  expect(await ids()).toEqual([]);
});
