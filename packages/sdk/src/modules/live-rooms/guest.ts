import type { PushBody } from '@sterna/protocol';
import { PROTOCOL_VERSION } from '@sterna/protocol/tables';
import { STERNA_VERSION } from '../../constants.ts';
import { sdkError, type ImError } from '../../errors.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import { makeInstanceID } from '../../session/server-clock.ts';
import { isTransient } from '../../transport/codes.ts';
import { createFrameReader } from '../../transport/frame-reader.ts';
import { createLink } from '../../transport/link.ts';
import { createRequests, type Requests } from '../../transport/requests.ts';
import { webSocketURL } from '../../transport/server-address.ts';
import type { EngineContext } from '../engine-module.ts';

/** A connection without a login, made when it is first needed. */
export interface Guest {
  ask: EngineContext['request'];
  /** Ends it: somebody has logged in, or nobody listens any more. */
  stop(): void;
}

/** `heard` takes in what rooms bring; `back` is called when the connection stands again. */
export function createGuest(
  context: EngineContext,
  heard: (push: PushBody<'room'>) => void,
  back: () => void,
): Guest {
  const { logger, options, platform } = context;
  const SDKAppID = Number(options.SDKAppID) || 0;
  const instanceID = makeInstanceID(platform);
  let isOn = false;

  const nothing = (): void => undefined;
  const ping = (): void => void requests.call('session.ping', {}, nothing, { ofTheSocket: true });
  const link = createLink(platform, logger, {
    greet,
    awaits: () => requests.awaits(),
    probe: ping,
    lost: () => requests.down(),
    unreached: nothing,
    ended: () => end(sdkError(SDK_ERRORS.network)),
    netState: nothing,
    frame: (items) => readFrame(items),
  });
  const requests: Requests = createRequests(platform, link.send);
  const readFrame = createFrameReader(requests, ({ name, body }) => {
    if (name === 'room') heard(body);
    else if (name === 'ping') ping();
    else if (name === 'transient') context.tell('onPush', [body], name);
  });

  function greet(): void {
    requests.call(
      'session.guest',
      { SDKAppID, instanceID, platform: platform.name, protocol: PROTOCOL_VERSION, sdk: STERNA_VERSION },
      (answer) => {
        if (!isOn) return;
        if (answer.isOk) {
          link.accepted();
          requests.up();
          back();
        } else if (!link.isOpen()) return;
        else if (isTransient(answer.error.code)) link.restart();
        else end(answer.error);
      },
      { ofTheSocket: true, deadlineMs: false },
    );
  }

  function end(error: ImError): void {
    isOn = false;
    link.stop();
    requests.clear(error);
  }

  return {
    ask: (name, body, how) =>
      new Promise((resolve, reject) => {
        if (!isOn) link.start(webSocketURL(options.proxyServer || platform.defaultServerURL()));
        isOn = true;
        requests.call(
          name,
          body,
          (answer) => (answer.isOk ? resolve(answer.reply) : reject(answer.error)),
          how,
        );
      }),
    stop: () => end(sdkError(SDK_ERRORS.notLoggedIn)),
  };
}
