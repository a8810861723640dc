import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

/** A page that has the package as `talkturo`, and keeps what it opens: microphones and audio contexts. */
const PAGE = `<!doctype html><title>A page</title><script type="module">
  window.microphones = [];
  window.contexts = [];
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const microphone = await open(wanted);
    window.microphones.push(microphone);
    return microphone;
  };
  window.AudioContext = class extends AudioContext {
    constructor(options) {
      super(options);
      window.contexts.push(this);
    }
  };
  window.talkturo = await import('/index.js');
</script>`;

/** The package as browsers load it, and an empty page that uses it. */
export async function startWebCallSite(): Promise<{ url: string; close(): void }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'talkturo-web-call-'));
  execFileSync(process.execPath, [path.join(ROOT, 'scripts/build-web-call.mjs'), folder]);
  const server = createServer((request, response) => {
    if (request.url === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
    try {
      const file = readFileSync(path.join(folder, path.basename(request.url ?? '')));
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(file);
    } catch {
      return response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
