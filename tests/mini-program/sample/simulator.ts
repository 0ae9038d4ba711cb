import { cpSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSeededRandom } from '@sterna/core/testing';
import { JSDOM } from 'jsdom';
import { createProject, type Project } from '../../e2e/packaging/package.ts';
import { createWxShim } from '../../e2e/objects/wx-shim.ts';
import { createHost, type Host } from '../host/host.ts';
import { KIND_HOST } from '../host/limits.ts';
import { realTime } from '../host/ports.ts';
import { createRealNetwork } from '../real/real-network.ts';

const SAMPLE = fileURLToPath(new URL('../../../apps/miniprogram', import.meta.url));

/** A rendered page and the finger on it. */
export interface RenderedPage {
  /** The texts of all elements of a class, in the order of the page. */
  texts(selector: string): string[];
  has(selector: string): boolean;
  /** Resolves when the page has heard of it: the runtime tells it a turn later. */
  tap(selector: string, index?: number): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  leave(): void;
}

/** The sample on the component runtime of WeChat's own npm packages, over a DOM, with the modelled host below it. */
export interface Simulator {
  /** Where the program lies. */
  readonly folder: string;
  readonly host: Host;
  /** Addresses that the program asked to go to. */
  readonly routes: string[];
  open(page: string, query?: Record<string, string>): RenderedPage;
  [Symbol.dispose](): void;
}

interface Element {
  dom: HTMLElement;
  dispatchEvent(name: string, options?: object): void;
}
interface Rendered {
  dom: HTMLElement;
  attach(parent: HTMLElement): void;
  detach(): void;
  querySelector(selector: string): Element | undefined;
  querySelectorAll(selector: string): Element[];
}
interface Simulate {
  load(path: string, options: object): string;
  render(id: string, query: Record<string, string>): Rendered;
}

export function startSimulator(server: string): Simulator {
  const project = createProject({ 'tim-wx-sdk': 'packages/sdk-wx' });
  const folder = buildNpm(project);
  project.write('program/config.js', `module.exports = { server: ${JSON.stringify(server)} };`);
  const network = createRealNetwork();
  const host = createHost({ time: realTime, random: createSeededRandom(1), network, habits: KIND_HOST });
  const routes: string[] = [];
  const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
  const restore = setGlobals({
    window,
    document: window.document,
    Event: window.Event,
    CustomEvent: window.CustomEvent,
  });
  const simulate = createRequire(import.meta.url)('miniprogram-simulate') as Simulate;
  let app: { onLaunch(): void } | undefined;
  const go = ({ url }: { url: string }): void => void routes.push(url);
  const restoreHost = setGlobals({
    wx: { ...host.wx, request, navigateTo: go, reLaunch: go },
    App: (definition: { onLaunch(): void }) => (app = definition),
    getApp: () => app,
  });
  createRequire(`${folder}/`)('./app.js');
  app?.onLaunch();

  return {
    folder,
    host,
    routes,
    open(page, query = {}) {
      const id = simulate.load(join(folder, page), {
        compiler: 'simulate',
        rootPath: folder,
      });
      const rendered = simulate.render(id, query);
      const parent = window.document.createElement('div');
      window.document.body.append(parent);
      rendered.attach(parent);
      return pageOf(rendered);
    },
    [Symbol.dispose]() {
      network[Symbol.dispose]();
      restoreHost();
      restore();
      window.close();
      project[Symbol.dispose]();
    },
  };
}

/**
 * What "Build npm" of the mini-program tool does with the sample: the folder that the SDK's manifest names goes into the
 * program. The tool calls the place `miniprogram_npm`; Node looks for it under the name that it knows.
 */
function buildNpm(project: Project): string {
  const SDK = join(project.folder, 'node_modules', 'tim-wx-sdk');
  const { miniprogram } = JSON.parse(readFileSync(join(SDK, 'package.json'), 'utf8')) as {
    miniprogram: string;
  };
  const folder = join(project.folder, 'program');
  cpSync(SAMPLE, folder, { recursive: true });
  cpSync(join(SDK, miniprogram), join(folder, 'node_modules', 'tim-wx-sdk'), { recursive: true });
  return folder;
}

function pageOf(rendered: Rendered): RenderedPage {
  const element = (selector: string, index: number): Element => {
    const found = rendered.querySelectorAll(selector)[index];
    if (!found) throw new Error(`the page has no ${selector} number ${index}`);
    return found;
  };
  const act = (...[selector, index, event, options]: [string, number, string, object?]): Promise<void> => {
    element(selector, index).dispatchEvent(event, options);
    return new Promise((resolve) => setImmediate(resolve));
  };
  return {
    texts: (selector) => rendered.querySelectorAll(selector).map(({ dom }) => dom.textContent.trim()),
    has: (selector) => rendered.querySelectorAll(selector).length > 0,
    tap: (selector, index = 0) => act(selector, index, 'tap'),
    type: (selector, value) => act(selector, 0, 'input', { detail: { value } }),
    leave: () => rendered.detach(),
  };
}

/** As the host's: JSON comes parsed. */
function request(options: {
  url: string;
  success?: (answer: object) => void;
  fail?: (error: object) => void;
}): object {
  const send = createWxShim()['request'] as (options: object) => object;
  return send({
    method: 'GET',
    header: {},
    ...options,
    success: (answer: { data: string }) => options.success?.({ ...answer, data: JSON.parse(answer.data) }),
  });
}

function setGlobals(values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map((name) => [name, Reflect.get(globalThis, name)] as const);
  Object.assign(globalThis, values);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(globalThis, name);
      else Reflect.set(globalThis, name, value);
    }
  };
}

/** The bytes of all files of the program, the SDK among them: what an upload weighs. */
export function uploadBytes(folder: string): number {
  const paths = globSync(['*.{js,json,wxss}', 'pages/**/*.{js,json,wxml,wxss}', 'node_modules/**/*.js'], {
    cwd: folder,
  });
  return paths.reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0);
}
