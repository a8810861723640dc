import { Agent, request } from 'node:http';
import { inject } from 'vitest';
import type { FurtherNodeWish } from './second-process.ts';

/** A server of another process on the test's database. */
export interface SecondNode {
  ask(method: string, url: string, headers: Record<string, string>, body: string | undefined): Promise<RawAnswer>;
  close(): Promise<void>;
}
export interface RawAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Null unless the run was asked for two processes (TALKTURO_TEST_TWO_PROCESSES). */
export async function openSecondNode(wish: FurtherNodeWish): Promise<SecondNode | null> {
  const control = inject('secondProcess');
  if (control === null) return null;
  const agent = new Agent({ keepAlive: true });
  const opened = await ask(agent, control, 'POST', '/', {}, JSON.stringify(wish));
  if (opened.status !== 200) throw new Error(`the second process opens no node: ${opened.text}`);
  const { port } = JSON.parse(opened.text) as { port: number };
  return {
    ask: (method, url, headers, body) => ask(agent, port, method, url, headers, body),
    close: async () => {
      await ask(agent, control, 'DELETE', `/${port}`, {}, undefined);
      agent.destroy();
    },
  };
}

function ask(
  agent: Agent,
  port: number,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: string | undefined,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const asking = request({ agent, host: '127.0.0.1', port, method, path, headers: { ...headers, ...length } }, async (answer) => {
      const text = Buffer.concat(await answer.toArray()).toString();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
    });
    asking.once('error', reject);
    asking.end(body);
  });
}
