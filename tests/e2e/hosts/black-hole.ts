import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the server on which everything may vanish without a word: nothing is closed, nothing is refused. */
export interface BlackHole extends AsyncDisposable {
  readonly url: string;
  /** What is connected now is dead for good, and what connects from now on hangs. */
  open(): void;
  /** What connects from now on gets through. */
  close(): void;
  /** Connections taken in so far. */
  readonly connections: number;
}

export async function startBlackHole(targetPort: number): Promise<BlackHole> {
  const sockets = new Set<Socket>();
  const swallows = new Set<() => void>();
  let isOpen = false;
  let connections = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer((down) => {
    connections += 1;
    keep(down);
    // Read, so that its end is noticed here; nobody else hears of it.
    if (isOpen) return void down.resume();
    const up = connect(targetPort, '127.0.0.1');
    keep(up);
    const ends = [
      [down, up],
      [up, down],
    ] as const;
    let isDead = false;
    for (const [from, to] of ends) {
      from.on('data', (chunk) => isDead || to.write(chunk));
      from.on('close', () => isDead || to.destroy());
    }
    swallows.add(() => (isDead = true));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open() {
      isOpen = true;
      for (const swallow of swallows) swallow();
      swallows.clear();
    },
    close: () => void (isOpen = false),
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
