import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';

const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program with this process's own input and output, and passes signals on until it ends.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<number>} the exit code, or 128 + the number of the signal that ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const forwards = FORWARDED.map((signal) => ({
      signal,
      forward: () => {
        // A terminal sends Ctrl-C to the whole group: the child has it already, and a second one would cut its drain short.
        if (signal !== 'SIGINT' || !isatty(0)) child.kill(signal);
      },
    }));
    for (const { signal, forward } of forwards) process.on(signal, forward);
    const settle = () => {
      for (const { signal, forward } of forwards) process.off(signal, forward);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve(signal === null ? (code ?? 1) : 128 + constants.signals[signal]);
    });
  });
}

/** Runs a program as if it were this process: its end, by code or by signal, is ours. */
export async function handOver(/** @type {string} */ command, /** @type {readonly string[]} */ args) {
  process.exitCode = await run(command, args);
}
