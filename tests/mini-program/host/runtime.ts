import { posix } from 'node:path';
import { createContext, runInContext, Script } from 'node:vm';
import { asAlipay } from './alipay.ts';
import type { Host } from './host.ts';
import { LIMITS } from './limits.ts';

const { dirname, join } = posix;

/**
 * Names that the mini-program tool hides from a program's files, by giving each file parameters of these names: a page's
 * world is not there, whatever the engine underneath has.
 */
const HIDDEN = [
  'window',
  'document',
  'self',
  'location',
  'navigator',
  'localStorage',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
];

/** A program's files, compiled once for any number of devices. */
export interface Program {
  readonly bytes: number;
  readonly script: Script;
}

/** Packs files by name, as modules of the program; a main package above the host's limit is refused as on upload. */
export function packProgram(files: Readonly<Record<string, string>>): Program {
  const bytes = Object.values(files).reduce((sum, code) => sum + Buffer.byteLength(code), 0);
  if (bytes > LIMITS.mainPackageBytes) {
    throw new Error(`main package source size ${bytes} B exceeds max limit ${LIMITS.mainPackageBytes} B`);
  }
  const modules = Object.entries(files).map(
    ([name, code]) =>
      `${JSON.stringify(name)}: function (require, module, exports, ${HIDDEN.join(', ')}) {\n${code}\n}`,
  );
  return { bytes, script: new Script(`({ ${modules.join(',\n')} })`, { filename: 'program.js' }) };
}

export interface RuntimeOptions {
  host: Host;
  nowMs(): number;
  random(): number;
  /** The name by which the program knows its host. */
  hostName?: 'wx' | 'uni' | 'qq' | 'tt' | 'swan' | 'my';
  /** More of the host than is modelled, and more globals. */
  more?: { wx?: object; globals?: object };
  log?(kind: string, ...items: unknown[]): void;
}

/** Gives the program a device: an engine of its own with nothing but the language, the host and its timers. */
export function startProgram(
  program: Program,
  { host, nowMs, random, hostName = 'wx', more = {}, log = () => undefined }: RuntimeOptions,
): { require(name: string): unknown } {
  const kinds = ['log', 'debug', 'info', 'warn', 'error'] as const;
  const console = Object.fromEntries(
    kinds.map((kind) => [kind, (...items: unknown[]) => log(kind, ...items)]),
  );
  const calls = { ...more.wx, ...(hostName === 'my' ? asAlipay(host.wx) : host.wx) };
  const context = createContext(
    { ...host.thread.globals, console, [hostName]: calls, nowMs, random, ...more.globals },
    // The host makes no code from strings: `eval` and `new Function` throw.
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(
    'Date.now = nowMs; Math.random = random; delete globalThis.nowMs; delete globalThis.random;',
    context,
  );
  type ModuleFunction = (
    require: (name: string) => unknown,
    module: { exports: unknown },
    exports: unknown,
  ) => void;
  const modules = program.script.runInContext(context) as Record<string, ModuleFunction>;
  const loaded = new Map<string, { exports: unknown }>();
  const requireFrom = (folder: string, name: string): unknown => {
    const path = placesOf(folder, name).find((place) => place in modules);
    const run = path === undefined ? undefined : modules[path];
    if (path === undefined || !run) throw new Error(`module '${name}' is not defined`);
    const known = loaded.get(path);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(path, module);
    run((inner) => requireFrom(dirname(path), inner), module, module.exports);
    return module.exports;
  };
  return { require: (name) => requireFrom('.', name) };
}

/** Where the host looks for a module: beside the file that wants it, or among the packages that the tool has built. */
function placesOf(folder: string, name: string): string[] {
  if (name.startsWith('.')) return [join(folder, name)];
  const built = join('miniprogram_npm', name);
  return [name, built, `${built}.js`, join(built, 'index.js')];
}
