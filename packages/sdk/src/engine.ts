import { createDomains, type EngineParts } from './domains.ts';
import type { EngineFactory, Methods, Shell } from './module.ts';
import type { EngineModuleFactory } from './modules/engine-module.ts';
import type { Platform } from './platform/platform.ts';
import { seconds } from './seconds.ts';
import { createServerClock } from './session/server-clock.ts';
import { createSession, type Session } from './session/session.ts';
import { createFrameReader } from './transport/frame-reader.ts';
import { createLink } from './transport/link.ts';
import { createRequests, type Requests } from './transport/requests.ts';

/** The composition root: everything behind one instance, from a platform and a list of domains. */
export function createEngine(
  platform: () => Platform,
  factories: readonly EngineModuleFactory[],
): EngineFactory {
  return (shell) => compose(shell, platform(), factories);
}

function compose(shell: Shell, platform: Platform, factories: readonly EngineModuleFactory[]): Methods {
  const clock = createServerClock(platform);
  const ping = (): void => {
    requests.call('session.ping', {}, (answer) => answer.isOk && clock.set(answer.reply.timeMs), {
      ofTheSocket: true,
    });
  };
  const link = createLink(platform, shell.logger, {
    greet: () => session.greet(),
    awaits: () => requests.awaits(),
    probe: ping,
    lost: () => requests.down(),
    unreached: (failures) => session.unreached(failures),
    ended: (code) => session.ended(code),
    netState: (state) => shell.emitter.emit('netStateChange', { state }),
    frame: (items) => readFrame(items),
  });
  const requests: Requests = createRequests(platform, link.send);
  const parts: EngineParts = { shell, platform, clock, link, requests, session: () => session.info() };
  const domains = createDomains(parts, factories);
  const session: Session = createSession(parts, domains);
  const readFrame = createFrameReader(requests, ({ name, body }) => {
    if (!session.info().userID) return;
    if (name === 'ping') ping();
    else if (name === 'kicked') session.kicked(body.type);
    else if (name === 'conversation') domains.sync.push(body);
    else if (name === 'inbox') domains.sync.pushInbox(body);
    else domains.tell('onPush', [body], name);
  });

  return domains.wrap({
    ...domains.methods,
    login: session.login,
    logout: session.logout,
    destroy: session.destroy,
    ready: session.ready,
    isReady: () => session.info().isReady,
    getLoginUser: () => session.info().userID,
    getServerTime: () => seconds(clock.nowMs()),
  });
}
