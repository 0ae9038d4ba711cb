import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { CHROMIUM_ARGUMENTS, CHROMIUM_MISSING, findChromium } from '../../environment/chromium.ts';

/** One tab. Another that is opened, or shown, in front of it hides it. */
export interface Tab {
  /** The value of an expression, or of what it promises, as JSON carries it. */
  evaluate(expression: string): Promise<unknown>;
  command(method: string, params?: object): Promise<Record<string, unknown>>;
  goTo(url: string): Promise<void>;
  goBack(): Promise<void>;
  /** Puts it in front. */
  show(): Promise<void>;
}

/**
 * Chromium without the comforts of an automation library, which holds every page visible and awake: here tabs are hidden, throttled,
 * frozen and cached as a user's are, and the whole browser can be stopped like a machine that sleeps.
 */
export interface BareBrowser extends AsyncDisposable {
  open(url: string): Promise<Tab>;
  sleep(): void;
  wake(): void;
}

/** `deniesStorageTo` is an origin: what a user does who blocks a site's data. */
export async function startBareBrowser(deniesStorageTo: string): Promise<BareBrowser> {
  const executable = findChromium();
  if (executable === undefined) throw new Error(CHROMIUM_MISSING);
  const profile = mkdtempSync(join(tmpdir(), 'sterna-browser-'));
  writePreferences(profile, deniesStorageTo);
  const child = spawn(
    executable,
    [
      ...CHROMIUM_ARGUMENTS,
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    // A group of its own, so that all its processes can be stopped together.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  };
  const socket = new WebSocket(await debuggerOf(child));
  const send = createCommands(socket);
  /** One tab at a time comes to the front, and stays there until it has seen that it is. A new one comes there, too. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(run: () => Promise<Value>): Promise<Value> => {
    const mine = turn.then(run, run);
    turn = mine;
    return mine;
  };
  return {
    async open(url) {
      const { targetId } = await inTurn(() => send('Target.createTarget', { url: 'about:blank' }));
      const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
      const tab = createTab(
        (method, params) => send(method, params, String(sessionId)),
        (isSeen) =>
          inTurn(async () => {
            await send('Target.activateTarget', { targetId });
            await isSeen();
          }),
      );
      await tab.goTo(url);
      await tab.show();
      return tab;
    },
    sleep: () => signal('SIGSTOP'),
    wake: () => signal('SIGCONT'),
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      signal('SIGCONT');
      signal('SIGKILL');
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

type Send = (method: string, params?: object, sessionId?: string) => Promise<Record<string, unknown>>;

function createTab(command: Tab['command'], show: (isSeen: () => Promise<void>) => Promise<void>): Tab {
  const evaluate = async (expression: string): Promise<unknown> => {
    const options = { expression, returnByValue: true, awaitPromise: true };
    const { result, exceptionDetails } = (await command('Runtime.evaluate', options)) as {
      result: { value?: unknown };
      exceptionDetails?: { exception?: { description?: string } };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? expression);
    return result.value;
  };
  /** The old page may answer a little longer. */
  const arrived = async (isThere: string): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      if ((await evaluate(isThere).catch(() => false)) === true) return;
      await wait(25);
    }
    throw new Error(`the tab never came to ${isThere}`);
  };
  return {
    evaluate,
    command,
    async goTo(url) {
      await command('Page.navigate', { url });
      await arrived(`location.href === ${JSON.stringify(url)} && document.readyState === 'complete'`);
    },
    async goBack() {
      const history = (await command('Page.getNavigationHistory')) as {
        currentIndex: number;
        entries: { id: number; url: string }[];
      };
      const entry = history.entries[history.currentIndex - 1];
      if (entry === undefined) throw new Error('there is no page before this one');
      await command('Page.navigateToHistoryEntry', { entryId: entry.id });
      await arrived(`location.href === ${JSON.stringify(entry.url)}`);
    },
    show: () => show(() => arrived(`document.visibilityState === 'visible'`)),
  };
}

function createCommands(socket: WebSocket): Send {
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>();
  let last = 0;
  const open = new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('message', (data: Buffer) => {
    const { id, result, error } = JSON.parse(data.toString()) as {
      id?: number;
      result?: Record<string, unknown>;
      error?: { message: string };
    };
    const settle = id === undefined ? undefined : waiting.get(id);
    if (error) settle?.reject(new Error(error.message));
    else settle?.resolve(result ?? {});
  });
  return async (method, params = {}, sessionId) => {
    await open;
    const id = ++last;
    const answer = Promise.withResolvers<Record<string, unknown>>();
    waiting.set(id, answer);
    socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    return answer.promise.finally(() => waiting.delete(id));
  };
}

function debuggerOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (stderr === null) return reject(new Error('the browser has no output'));
    const lines = createInterface({ input: stderr });
    lines.on('line', (line) => {
      const url = /listening on (ws:\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    lines.once('close', () => reject(new Error('the browser ended before it was ready')));
  });
}

/** 2 is "block", in the numbering of content settings; what is blocked with cookies is all storage. */
function writePreferences(profile: string, origin: string): void {
  const exceptions = { cookies: { [`${origin},*`]: { setting: 2 } } };
  mkdirSync(join(profile, 'Default'));
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ profile: { content_settings: { exceptions } } }),
  );
}
