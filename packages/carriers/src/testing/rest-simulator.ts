import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTroubles, type Trouble } from './trouble.ts';

/** An answer before it is written. */
export interface SimulatedAnswer {
  status: number;
  /** Written as JSON; nothing where it is undefined. */
  body: unknown;
  headers?: Record<string, string>;
}

/** What a request is answered: at once, or by doing something that may meet with trouble. */
export type Reaction = SimulatedAnswer | { operation: string; carryOut(): SimulatedAnswer };

export interface RestSimulatorOptions {
  react(request: IncomingMessage, url: URL, text: string): Reaction;
  /** 429 in the vendor's words. */
  rateLimit(resetSeconds: number): SimulatedAnswer;
  error(status: number, code: string, title: string): SimulatedAnswer;
  /** The simulator itself failed. */
  failed(sentence: string): void;
}

/** A carrier's REST API on loopback, without the vendor's words: its requests can be made to go wrong. */
export async function startRestSimulator({ react, rateLimit, error, failed }: RestSimulatorOptions) {
  const troubles = createTroubles();
  const stalled = new Set<ServerResponse>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = Buffer.concat(await request.toArray()).toString('utf8');
    const reaction = react(request, new URL(request.url ?? '/', 'http://carrier'), text);
    if (!('carryOut' in reaction)) return send(response, reaction);
    const trouble = troubles.take(reaction.operation);
    if (trouble) makeTrouble(trouble, response, reaction.carryOut);
    else send(response, reaction.carryOut());
  }

  function makeTrouble(trouble: Trouble, response: ServerResponse, carryOut: () => SimulatedAnswer): void {
    switch (trouble.kind) {
      case 'lost-answer':
        carryOut();
        response.destroy();
        return;
      case 'dropped':
        response.destroy();
        return;
      case 'stalled':
        if (trouble.taken) carryOut();
        stalled.add(response);
        return;
      case 'rate-limit':
        send(response, rateLimit(trouble.resetSeconds));
        return;
      case 'error':
        if (trouble.taken) carryOut();
        send(response, error(trouble.status, trouble.code, trouble.title ?? 'Refused'));
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((problem: unknown) => {
      failed(String(problem));
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Lets the next request of an operation go wrong; several are used up in order. */
    trouble: troubles.add,
    /** Forgets the troubles that have not come yet. */
    calm: troubles.clear,
    async close(): Promise<void> {
      for (const response of stalled) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: SimulatedAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
