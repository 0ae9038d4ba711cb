import { createContext } from './engine-context.ts';
import type { EngineFactory, Methods, Shell } from './module.ts';
import type { EngineModuleFactory } from './modules/engine-module.ts';
import type { Platform } from './platform/platform.ts';
import { createServerClock, makeInstanceID, type ServerClock } from './session/server-clock.ts';
import { createSession, type Session } from './session/session.ts';
import { createFrameReader } from './transport/frame-reader.ts';
import { createLink } from './transport/link.ts';
import { createRequests, type Requests } from './transport/requests.ts';
import { webSocketURL } from './transport/server-address.ts';

/** The composition root: everything behind one instance, from a platform and a list of domains. */
export function createEngine(
  platform: () => Platform,
  factories: readonly EngineModuleFactory[],
): EngineFactory {
  return (shell) => compose(shell, platform(), factories);
}

function compose(shell: Shell, platform: Platform, factories: readonly EngineModuleFactory[]): Methods {
  const { emitter, logger, options } = shell;
  const SDKAppID = Number(options.SDKAppID) || 0;
  const clock = createServerClock(platform);
  const ping = (): void => {
    requests.call('session.ping', {}, (answer) => answer.ok && clock.set(answer.body.timeMs), {
      ofTheSocket: true,
    });
  };
  const link = createLink(platform, logger, {
    greet: () => session.greet(),
    probe: ping,
    lost: () => requests.down(),
    ended: (code) => session.ended(code),
    netState: (state) => emitter.emit('netStateChange', { state }),
    frame: (items) => readFrame(items),
  });
  const requests: Requests = createRequests(platform, link.send);
  const { context, hooks, errands } = createContext({
    shell,
    platform,
    clock,
    link,
    requests,
    session: () => session.info(),
  });
  const { sync } = context;
  const modules = factories.map((factory) => factory(context));
  hooks.use(modules);

  const session: Session = createSession({
    SDKAppID,
    instanceID: makeInstanceID(platform),
    platform,
    logger,
    emitter,
    link,
    requests,
    address: () => webSocketURL(options.proxyServer ?? platform.defaultServerURL()),
    cursor: sync.cursor,
    apply(reply) {
      clock.set(reply.timeMs);
      hooks.login(reply);
      sync.login(reply.sync);
    },
    connected: errands.retry,
    prepare: () => Promise.all([hooks.prepare(), sync.caughtUp()]),
    present: context.outlet.present,
    wipe() {
      errands.clear();
      sync.clear();
      hooks.logout();
      context.conversations.clear();
      context.groups.clear();
      context.profiles.clear();
      context.outlet.clear();
    },
    free: shell.free,
  });
  const readFrame = createFrameReader(requests, (push) => {
    if (!session.info().userID) return;
    if (push.name === 'ping') ping();
    else if (push.name === 'kicked') session.kicked(push.body.type);
    else if (push.name === 'conversation') sync.push(push.body);
    else if (push.name === 'inbox') sync.pushInbox(push.body);
    else hooks.push(push.name, push.body);
  });

  return modules.reduce<Methods>((all, { methods }) => ({ ...all, ...methods }), lifecycle(session, clock));
}

function lifecycle(session: Session, clock: ServerClock): Methods {
  return {
    login: session.login,
    logout: session.logout,
    destroy: session.destroy,
    ready: session.ready,
    isReady: () => session.info().isReady,
    getLoginUser: () => session.info().userID,
    getServerTime: () => Math.floor(clock.nowMs() / 1000),
  };
}
