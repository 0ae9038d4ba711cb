import type { Host } from './host.ts';
import { Pipe, type PipeConditions } from './pipe.ts';
import type { Cancel, Simulation } from './simulation.ts';

/** The client's end, as the SDK's platform port has it. */
export interface ClientHandlers {
  onOpen(): void;
  onText(text: string): void;
  onClose(code: number, reason: string): void;
}

/** The server's end, as the gateway's socket port has it. */
export interface ServerHandlers {
  onMessage(text: string): void;
  onClose(): void;
}

/** Hears what crosses the client's end. */
export interface Tap {
  sent(text: string): void;
  received(text: string): void;
}

export interface Ends {
  client: { host: Host; handlers: ClientHandlers; tap: Tap };
  server: { host: Host; accept(connection: Connection): ServerHandlers };
}

/** A socket that never opens: refused after a moment, or left to hang. */
export class DeadSocket {
  #isClosed = false;

  constructor(host: Host, handlers: ClientHandlers, isRefused: boolean) {
    if (!isRefused) return;
    host.after(5, 'refused', () => {
      if (!this.#isClosed) handlers.onClose(BROKEN, '');
    });
  }

  send(): void {}

  close(): void {
    this.#isClosed = true;
  }
}

/** A server that has said goodbye and hears nothing waits this long before it lets go. */
const CLOSE_WAIT_MS = 30_000;
/** What a connection ends with when it just breaks. */
const BROKEN = 1006;

type EndState = 'opening' | 'open' | 'closing' | 'closed';

/**
 * A WebSocket between a device and a node: two pipes and two ends that each know only what reached them.
 * Neither end's handlers run after it is closed.
 */
export class Connection {
  readonly up: Pipe;
  readonly down: Pipe;
  /** Broken, though perhaps not everybody knows. */
  isCut = false;
  readonly #simulation: Simulation;
  readonly #ends: Ends;
  #client: EndState = 'opening';
  #server: EndState = 'opening';
  #serverHandlers: ServerHandlers | undefined;
  #batch: string[] = [];
  #batchBytes = 0;
  #lettingGo: Cancel | undefined;

  constructor(simulation: Simulation, name: string, conditions: PipeConditions, ends: Ends) {
    this.#simulation = simulation;
    this.#ends = ends;
    this.up = new Pipe(simulation, `${name} up`, { ...conditions });
    this.down = new Pipe(simulation, `${name} down`, { ...conditions });
    this.up.send(200, () => ends.server.host.enter(() => this.#accepted()));
  }

  get isOver(): boolean {
    return this.#client === 'closed' && this.#server === 'closed';
  }

  get server(): Host {
    return this.#ends.server.host;
  }

  #accepted(): void {
    if (this.#server !== 'opening') return;
    this.#server = 'open';
    this.#serverHandlers = this.#ends.server.accept(this);
    this.down.send(200, () => this.#toClient(() => this.#opened()));
  }

  #opened(): void {
    if (this.#client !== 'opening') return;
    this.#client = 'open';
    this.#ends.client.handlers.onOpen();
  }

  #toClient(run: () => void): void {
    this.#ends.client.host.enter(() => {
      if (this.#client !== 'closed') run();
    });
  }

  #toServer(run: () => void): void {
    this.#ends.server.host.enter(() => {
      if (this.#server !== 'closed') run();
    });
  }

  // The client's side.

  send(text: string): void {
    if (this.#client !== 'open') return;
    this.#simulation.trace.note(`${this.#ends.client.host.name} > ${text}`);
    this.#ends.client.tap.sent(text);
    this.up.send(text.length, () => this.#toServer(() => this.#serverHandlers?.onMessage(text)));
  }

  close(): void {
    if (this.#client === 'closed') return;
    this.#client = 'closed';
    this.up.send(8, () => this.#toServer(() => this.#serverEnds()));
    if (this.#server === 'opening') this.up.cut();
  }

  // The server's side.

  /** Items of one turn leave as one frame. */
  serverSend(item: string): void {
    if (this.#server !== 'open') return;
    this.#batch.push(item);
    this.#batchBytes += item.length + 1;
    if (this.#batch.length === 1) this.server.after(0, 'flush', () => this.#flush());
  }

  get serverQueuedBytes(): number {
    return this.#batchBytes + this.down.queuedBytes;
  }

  #flush(): void {
    const items = this.#batch;
    if (items.length === 0) return;
    this.#batch = [];
    this.#batchBytes = 0;
    const text = `[${items.join(',')}]`;
    this.down.send(text.length, () => this.#toClient(() => this.#clientReceives(text)));
  }

  #clientReceives(text: string): void {
    if (this.#client !== 'open') return;
    this.#simulation.trace.note(`${this.#ends.client.host.name} < ${text}`);
    this.#ends.client.tap.received(text);
    this.#ends.client.handlers.onText(text);
  }

  serverClose(code: number, reason: string): void {
    if (this.#server !== 'open') return;
    this.#flush();
    this.#server = 'closing';
    this.down.send(8, () =>
      this.#toClient(() => {
        this.#clientEnds(code, reason);
        this.up.send(8, () => this.#toServer(() => this.#serverEnds()));
      }),
    );
    this.#lettingGo = this.server.after(CLOSE_WAIT_MS, 'close wait', () => {
      this.down.cut();
      this.up.cut();
      this.#serverEnds();
    });
  }

  #clientEnds(code: number, reason: string): void {
    if (this.#client === 'closed') return;
    this.#client = 'closed';
    this.#ends.client.handlers.onClose(code, reason);
  }

  #serverEnds(): void {
    if (this.#server === 'closed') return;
    const wasOpen = this.#serverHandlers;
    this.#server = 'closed';
    this.#lettingGo?.();
    wasOpen?.onClose();
  }

  /** The connection breaks: nothing that is under way arrives; each end is told, or finds out by itself. */
  cut(told: { client: boolean; server: boolean }): void {
    this.isCut = true;
    this.up.cut();
    this.down.cut();
    if (told.client)
      this.#simulation.after(0, 'cut', () => this.#toClient(() => this.#clientEnds(BROKEN, '')));
    if (told.server) this.#simulation.after(0, 'cut', () => this.#toServer(() => this.#serverEnds()));
  }

  /** The way itself changes: its length, its width. */
  set conditions(conditions: PipeConditions) {
    this.up.conditions = { ...conditions };
    this.down.conditions = { ...conditions };
  }

  block(direction: 'up' | 'down' | 'both'): void {
    if (direction !== 'down') this.up.block();
    if (direction !== 'up') this.down.block();
  }

  unblock(): void {
    this.up.unblock();
    this.down.unblock();
  }
}
