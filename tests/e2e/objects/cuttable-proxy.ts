import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on the loopback whose wire can be cut. */
export type CuttableProxy = {
  port: number;
  /** Cuts every connection once that many more bytes have gone up, and refuses new ones until `mend`. */
  cutAfter(bytes: number): void;
  mend(): void;
  /** How many times the wire was cut. */
  readonly cuts: number;
  /** Bytes that have gone up so far. */
  readonly sentBytes: number;
  close(): Promise<void>;
};

export async function startCuttableProxy(targetPort: number): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let remaining = Number.POSITIVE_INFINITY;
  let broken = false;
  let cuts = 0;
  let sentBytes = 0;
  const cut = () => {
    broken = true;
    cuts += 1;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((down) => {
    track(down);
    if (broken) return void down.resetAndDestroy();
    const up = connect(targetPort, '127.0.0.1');
    track(up);
    down.on('data', (chunk) => {
      remaining -= chunk.byteLength;
      sentBytes += chunk.byteLength;
      if (remaining <= 0 && !broken) cut();
    });
    down.pipe(up).pipe(down);
    down.on('close', () => up.destroy());
    up.on('close', () => down.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    cutAfter: (bytes) => {
      remaining = bytes;
    },
    mend: () => {
      broken = false;
      remaining = Number.POSITIVE_INFINITY;
    },
    get cuts() {
      return cuts;
    },
    get sentBytes() {
      return sentBytes;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
