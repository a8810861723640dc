import net, { type AddressInfo } from 'node:net';

/** A public address of a server under test, known before the server has a port: connections are handed on to it. */
export async function startTunnel() {
  let port = 0;
  const sockets = new Set<net.Socket>();
  const tunnel = net.createServer((near) => {
    const far = net.connect(port, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => tunnel.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(tunnel.address() as AddressInfo).port}`,
    leadTo: (url: string) => {
      port = Number(new URL(url).port);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => tunnel.close(resolve));
    },
  };
}
