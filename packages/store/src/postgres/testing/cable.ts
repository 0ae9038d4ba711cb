import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that a test can damage. */
export interface Cable {
  /** The server's address by way of the cable. */
  url: string;
  /** Cuts every connection once so many more bytes have come back from the server; those bytes still arrive. */
  cutAfter(bytes: number): void;
  /** Nothing passes any more, and nobody is told. */
  hang(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function layCable(target: string): Promise<Cable> {
  const url = new URL(target);
  const [host, port] = [url.hostname, Number(url.port)];
  const sockets = new Set<Socket>();
  let bytesLeft = Infinity;
  let isHanging = false;

  const server = createServer((near) => {
    const far = connect({ host, port });
    const both = [near, far];
    for (const socket of both) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        for (const end of both) end.destroy();
      });
    }
    near.on('data', (bytes) => {
      if (!isHanging) far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (isHanging) return;
      near.write(bytes.subarray(0, bytesLeft));
      bytesLeft -= bytes.length;
      if (bytesLeft > 0) return;
      bytesLeft = Infinity;
      for (const socket of sockets) socket.destroySoon();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url.host = `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;

  return {
    url: url.href,
    cutAfter(bytes) {
      bytesLeft = bytes;
    },
    hang() {
      isHanging = true;
    },
    mend() {
      isHanging = false;
      bytesLeft = Infinity;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
