// Prepares a checkout and hands over to Node 24. Plain JavaScript without dependencies: it runs before there are any.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { handOver, run } from './children.js';
import { chooseNode } from './choose-node.js';
import { installDependencies } from './install.js';
import { Refusal } from './refusal.js';

const BUILD = 'scripts/build/main.ts';
const SERVER = 'packages/server/src/main.ts';
const COMMANDS = 'packages/server/src/cli.ts';

/** The packages that are published name their sources under this condition; others get what was built. */
const FROM_SOURCES = '--conditions=@sterna/source';

const QUESTIONS = new Set(['--help', '-h', '--version', '-v']);

/** What one command line asks for: a script to run, and whether the bundles must be built first. */
export function plan(/** @type {readonly string[]} */ args) {
  const [first, ...rest] = args;
  // Questions are answered at once; everything else that names no command starts the server.
  if (args.some((arg) => QUESTIONS.has(arg)) && first !== 'run')
    return { build: false, script: COMMANDS, args };
  if (first === undefined || first.startsWith('-') || first === 'start') {
    return { build: true, script: SERVER, args: first === 'start' ? rest : args };
  }
  // `run` is for the npm scripts: any TypeScript file of the checkout on the right Node.
  if (first === 'run') return { build: false, script: rest[0] ?? BUILD, args: rest.slice(1) };
  return { build: false, script: COMMANDS, args };
}

/** Runs one command line to its end; the process takes over the child's exit code or signal. */
export async function launch(/** @type {readonly string[]} */ args) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const { build, script, args: scriptArgs } = plan(args);
  try {
    await installDependencies(root);
    const node = chooseNode(root);
    keepCompiled(root);
    if (build) {
      process.exitCode = await run(node, [join(root, BUILD)], { cwd: root });
      // What the build printed says why.
      if (process.exitCode !== 0) return;
    }
    await handOver(node, [FROM_SOURCES, join(root, script), ...scriptArgs]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`sterna: ${error.message}`);
    process.exitCode = 1;
  }
}

/**
 * Node keeps what it made of our TypeScript, for all that starts from here: a start takes two thirds of the time, and a thread starts
 * without the WebAssembly that strips types. Threads that load it and end at once can crash Node 24 (`jit_page.has_value()`).
 */
function keepCompiled(/** @type {string} */ root) {
  process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/node');
}
