import { once } from 'node:events';
import { ITEM } from '@sterna/protocol';
import { WebSocket } from 'ws';

/** A server that says nothing for so long, neither an answer nor a close, is stuck. */
const PATIENCE_MS = 20_000;

/** A socket that sends anything and takes anything, but notes refusals and the close code. */
export class FuzzSocket implements AsyncDisposable {
  readonly refusals: { id: number; code: number }[] = [];
  closeCode: number | undefined;
  readonly #socket: WebSocket;
  readonly #closed = Promise.withResolvers<void>();
  #answered = new Set<number>();
  #wake = Promise.withResolvers<void>();

  static async open(url: string): Promise<FuzzSocket> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const opened = new FuzzSocket(socket);
    await once(socket, 'open');
    return opened;
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      for (const item of JSON.parse((data as Buffer).toString()) as unknown[][]) this.#take(item);
      this.#changed();
    });
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closeCode = code;
      this.#closed.resolve();
      this.#changed();
    });
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text);
  }

  /** Whether the request was answered with a reply; false when it was refused, or the connection closed instead. */
  async request(id: number, command: string, body: unknown): Promise<boolean> {
    const isRefused = () => this.refusals.some((refusal) => refusal.id === id);
    this.#answered.delete(id);
    this.send(JSON.stringify([id, command, body]));
    const endMs = performance.now() + PATIENCE_MS;
    while (!this.#answered.has(id) && !isRefused() && this.closeCode === undefined) {
      const late = setTimeout(() => this.#changed(), endMs - performance.now());
      await this.#wake.promise;
      clearTimeout(late);
      if (performance.now() >= endMs)
        throw new Error(`neither an answer to ${command} nor a close in ${PATIENCE_MS} ms`);
    }
    return this.#answered.has(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.terminate();
    await this.#closed.promise;
  }

  #take([kind, id, code]: unknown[]): void {
    if (kind === ITEM.reply) this.#answered.add(Number(id));
    if (kind === ITEM.refusal) this.refusals.push({ id: Number(id), code: Number(code) });
  }

  #changed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers<void>();
  }
}
