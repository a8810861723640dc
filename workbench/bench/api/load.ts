import { Agent, type IncomingMessage, request } from 'node:http';

export interface Load {
  port: number;
  method: string;
  path: () => string;
  headers: Record<string, string>;
  body?: () => string;
  connections: number;
  seconds: number;
}
export interface Measured {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
}

/** Keeps a number of connections busy, each asking again once answered. Times in ms. */
export async function load(load: Load): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const took: number[] = [];
  let failed = 0;
  const begun = performance.now();
  const end = begun + load.seconds * 1000;
  const worker = async () => {
    while (performance.now() < end) {
      const asked = performance.now();
      const status = await once(load, agent);
      took.push(performance.now() - asked);
      if (status !== 200) failed++;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, worker));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { requests: took.length, perSecond: took.length / seconds, p50: at(0.5), p99: at(0.99), failed };
}

function once({ port, method, path, headers, body }: Load, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const text = body?.();
    const length = text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)), 'content-type': 'application/json' };
    const asking = request({ agent, port, host: '127.0.0.1', method, path: path(), headers: { ...headers, ...length } });
    asking.once('error', reject);
    asking.once('response', (answer: IncomingMessage) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    asking.end(text);
  });
}
