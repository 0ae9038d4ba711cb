import type { TIMStatic } from '@sterna/sdk';
import { hosts, type DeviceParts, type MakeDevice } from '../../sdk/world.ts';
import { createHost } from '../host/host.ts';
import { KIND_HOST, LIMITS } from '../host/limits.ts';
import type { HostNetwork } from '../host/ports.ts';
import { startProgram } from '../host/runtime.ts';
import { packSDK } from '../life-cycles/run-life-cycles.ts';

const program = packSDK();

/** The packed SDK as a mini program, on a host that gives it no more than it must. */
const makeMiniProgram: MakeDevice = ({ clock, random, openSocket, failed, useUploadPlugin }) => {
  const host = createHost({
    time: { nowMs: clock.nowMs, after: clock.after },
    random: random.fork(),
    network: networkOver(openSocket),
    habits: { ...KIND_HOST, sockets: LIMITS.socketsOnOldHosts },
  });
  const { require } = startProgram(program, {
    host,
    nowMs: clock.nowMs,
    random: random.fraction,
    log: (kind, ...items) => {
      if (kind === 'error') failed(items.map((item) => JSON.stringify(item)).join(' '));
    },
  });
  const { create } = require('tim-wx-sdk') as TIMStatic;
  return {
    tim: create({ SDKAppID: 1, proxyServer: 'wss://sterna.test', useUploadPlugin }),
    platform: {
      setOnline: host.tellNetwork,
      setForeground: (isForeground) => (isForeground ? host.show() : host.hide()),
      listeners: host.listeners,
    },
  };
};

function networkOver(openSocket: DeviceParts['openSocket']): HostNetwork {
  return {
    connect(_url, { opened, text, closed }) {
      const { send, close } = openSocket({ onOpen: opened, onText: text, onClose: closed });
      return { send, close: () => close(), cut: () => close() };
    },
  };
}

hosts.make = makeMiniProgram;
