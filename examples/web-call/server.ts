// A page on http://localhost:8080 whose visitors talk to an assistant.
//   TALKTURO_API_KEY=tk_… node examples/web-call/server.ts asst_…
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createTalkturo } from '@talkturo/client';

const PAGE = readFileSync(path.join(import.meta.dirname, 'index.html'));

/** Where Talkturo is, with which key, and whom visitors call. */
export interface WebCallSite {
  talkturoUrl: string;
  apiKey: string;
  assistantId: string;
  /** The page's own origin: the address of a call is good there alone. */
  origin: string;
}

/** A site whose visitors talk to an assistant: the page, and the one thing that needs the API key. */
export function createWebCallSite({ talkturoUrl, apiKey, assistantId, origin }: WebCallSite): Server {
  const talkturo = createTalkturo({ baseUrl: talkturoUrl, apiKey });
  return createServer(async (request, response) => {
    const json = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    try {
      if (request.method === 'GET' && request.url === '/') {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
      } else if (request.method === 'GET' && request.url === '/settings') {
        json(200, { talkturo: talkturoUrl });
      } else if (request.method === 'POST' && request.url === '/call') {
        // Here is the place to see that this visitor may call, and not too often.
        const { url } = await talkturo.startWebCall({ assistantId, origins: [origin] });
        json(200, { url });
      } else json(404, { error: 'There is nothing here.' });
    } catch (error) {
      json(502, { error: error instanceof Error ? error.message : 'The assistant cannot be reached.' });
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , assistantId = ''] = process.argv;
  const port = Number(process.env.PORT ?? 8080);
  const origin = `http://localhost:${port}`;
  const talkturoUrl = process.env.TALKTURO_URL ?? 'http://localhost:3000';
  createWebCallSite({ talkturoUrl, apiKey: process.env.TALKTURO_API_KEY ?? '', assistantId, origin }).listen(port, () => {
    console.log(`Open ${origin}.`);
  });
}
