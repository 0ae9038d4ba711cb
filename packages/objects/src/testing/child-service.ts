import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SECRET } from './memory-service.ts';

const MAIN = fileURLToPath(new URL('../adapters/main.ts', import.meta.url));

/** The service as an operator runs it: a process of its own, configured by its environment. */
export class ChildService {
  readonly port: number;
  readonly pid: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
    this.pid = child.pid ?? 0;
  }

  static async start(dataDir: string, environment: Record<string, string> = {}): Promise<ChildService> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        ...process.env,
        OBJECTS_PORT: '0',
        OBJECTS_DATA_DIR: dataDir,
        OBJECTS_SECRET: SECRET,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const errors: string[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      const { port } = JSON.parse(line) as { port?: number };
      if (port !== undefined) return new ChildService(child, port);
    }
    throw new Error(`The service did not start: ${errors.join('')}`);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** SIGKILL gives it no moment; SIGTERM lets it close. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}
