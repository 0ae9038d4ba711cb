import { flushCompileCache } from 'node:module';
import { resolve } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { buildServer } from '../build-server.ts';
import type { Settings } from '../config/settings.ts';
import { createLog, type Log } from '../logger.ts';
import type { RunningServer } from '../running-server.ts';
import { isLoopbackName } from '../http/loopback-name.ts';
import { isLoopback } from '../limiting/network.ts';
import { isTerminal, stderrOutput } from './log-output.ts';

/** A stop that takes this much longer than it may is not waited for: the supervisor would kill us anyway. */
const STOP_GRACE_MS = 5000;

/** Starts a server as this process, and ends the process with it: 0 when it was told to stop, 1 when it could not go on. */
export async function runServer(settings: Settings): Promise<void> {
  // A person who watches has the banner; a log collector wants to know of the ordinary as well.
  const log = createLog(settings.logLevel ?? (isTerminal() ? 'warn' : 'info'), stderrOutput());
  const life: { server?: RunningServer; isEnding: boolean } = { isEnding: false };

  const end = (code: number): void => {
    if (life.isEnding) process.exit(code === 0 ? 1 : code);
    life.isEnding = true;
    process.exitCode = code;
    const giveUp = setTimeout(() => process.exit(1), settings.drainSeconds * 1000 + STOP_GRACE_MS);
    Promise.resolve(life.server?.stop()).then(
      () => process.exit(code),
      (error: unknown) => {
        log.error('stopping failed', { error });
        clearTimeout(giveUp);
        process.exit(1);
      },
    );
  };
  /** State that nobody understands any more must not go on answering: no drain, the clients come back by themselves. */
  const die =
    (event: string) =>
    (error: unknown): void => {
      log.error(event, { error });
      process.exit(1);
    };
  process.on('uncaughtException', die('uncaught error'));
  process.on('unhandledRejection', die('unhandled rejection'));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info('signal', { signal });
      end(0);
    });
  }

  life.server = await buildServer({ settings, log, onFatal: die('the store failed') });
  announce(settings, life.server, log);
  // Written now, because not every process lives to an orderly end.
  flushCompileCache();
}

function announce(settings: Settings, server: RunningServer, log: Log): void {
  const { url, objectsURL, mode } = server;
  console.log(`Sterna ${manifest.version} is ready: ${url}`);
  if (mode === 'development') {
    console.log(
      'Development mode: a demo app, the users alice, bob, carol and dave, and signatures for whoever asks on this machine.',
    );
    if (!isLoopbackName(settings.host) && !isLoopback(settings.host)) {
      console.log(
        `Attention: HOST is ${settings.host}: other machines can reach a server that nobody has configured. Before anybody relies on it, configure an app (docs/operations.md).`,
      );
      log.warn('development mode is reachable from other machines', { url });
    }
  }
  if (objectsURL !== undefined) console.log(`Files go to ${objectsURL}`);
  console.log(`Everything is kept in ${resolve(settings.data)}`);
  log.info('ready', { url, mode, version: manifest.version, folder: resolve(settings.data) });
}
