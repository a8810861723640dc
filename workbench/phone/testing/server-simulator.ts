import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createLocalNetwork, type LocalNetwork, serveMedia } from '@talkturo/carriers';
import type { CallLogEvent } from '@talkturo/contract';
import { type Leg, rms } from '@talkturo/voice';

/** A server that knows one assistant, one key and the built-in network, and answers as the product does. */
export interface ServerSimulator {
  url: string;
  key: string;
  assistantId: string;
  /** Frames of sound heard from callers. */
  readonly heardFrames: number;
  close(): Promise<void>;
}

const ASSISTANT = 'asst_01j00000000000000000000000';
const CALL = 'call_01j00000000000000000000000';
const KEY = 'tk_test_workbench';

const event = (sequence: number, type: string, data: Record<string, unknown>): CallLogEvent => ({
  sequence,
  type,
  at_seconds: sequence,
  created_at: new Date(0).toISOString(),
  data,
});

const EVENTS = [
  event(1, 'turn', {
    index: 0,
    speaker: 'assistant',
    text: 'Hello, how can I help?',
    start_seconds: 0.2,
    end_seconds: 1.4,
    interrupted: false,
  }),
  event(2, 'latency', { turn: 2, caller_stopped: 3000, turn_decided: 3480, first_token: 3500, first_sound_out: 3620 }),
  event(3, 'ended', { reason: 'caller_hung_up' }),
];

/** `greeting` is what the assistant says at once. */
export const startServerSimulator = async (greeting: Int16Array): Promise<ServerSimulator> => {
  let heardFrames = 0;
  let tellOver = () => {};
  const over = new Promise<void>((resolve) => {
    tellOver = resolve;
  });
  const connections = new Set<Socket>();

  const speak = (leg: Leg) => {
    leg.start({
      frame(pcm) {
        if (rms(pcm) > 200) heardFrames += 1;
      },
      digit() {},
      closed: () => tellOver(),
    });
    leg.send(greeting);
  };

  const network: LocalNetwork = createLocalNetwork({
    listener: {
      incoming: (carrier, { ref }) => void network.answer({ carrier, ref }),
      progress() {},
      media: (_call, _callId, leg) => speak(leg),
    },
    mediaUrl: () => `${address().replace('http', 'ws')}${network.media.path}`,
    speak: () => Promise.reject(new Error('Nobody is simulated here.')),
  });

  const json = (response: ServerResponse, status: number, body: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const place = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const part of request) body += part;
    const { assistantId } = JSON.parse(body) as { assistantId: string };
    if (assistantId !== ASSISTANT) return json(response, 404, { success: false, error: 'There is no assistant with this id.' });
    const { mediaUrl } = network.placeExternal({ assistantId });
    return json(response, 200, { success: true, call: { id: CALL, from_number: '+12025550100' }, mediaUrl });
  };

  const follow = async (response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\n');
    await over;
    for (const one of EVENTS) response.write(`id: ${one.sequence}\nevent: ${one.type}\ndata: ${JSON.stringify(one)}\n\n`);
    response.end();
  };

  const server = createServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${KEY}`) return void json(response, 401, { success: false, error: 'Unauthorized' });
    if (request.url === '/api/network/calls') return void place(request, response);
    if (request.url === `/api/calls/${CALL}/events`) return void follow(response);
    json(response, 404, { success: false, error: 'There is nothing here.' });
  });
  server.on('connection', (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
  });
  const stop = serveMedia(server, [network], { exclusive: true });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: address(),
    key: KEY,
    assistantId: ASSISTANT,
    get heardFrames() {
      return heardFrames;
    },
    async close() {
      await network.close();
      stop();
      for (const connection of connections) connection.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
