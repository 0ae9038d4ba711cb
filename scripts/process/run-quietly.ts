import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { delimiter, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type CommandLine, root } from './tools.ts';

export type Outcome = { code: number; output: string; durationMs: number };

/**
 * Runs a program to its end and keeps what it prints, as plain text, for the caller to show where it failed.
 * One that is `yielding` lets everything else on the machine go first.
 */
export function runQuietly({ command, args, env }: CommandLine, yielding = false): Promise<Outcome> {
  const started = performance.now();
  const chunks: string[] = [];
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: pathWithTools(), ...env },
      shell: process.platform === 'win32',
    });
    if (yielding && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const finish = (code: number) => {
      const output = stripVTControlCharacters(chunks.join(''));
      resolve({ code, output, durationMs: performance.now() - started });
    };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
    child.once('error', (error) => {
      chunks.push(error.message);
      finish(1);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

/** The installed tools, this very Node among them, come first, whatever the shell that started us prefers. */
function pathWithTools(): string {
  return [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
}
