import { expect, test } from 'vitest';
import { createLogger } from '../logger.ts';
import { createFakePlatform, createVirtualClock } from '../platform/fake.ts';
import type { SocketHandlers } from '../platform/platform.ts';
import { createLink } from './link.ts';

test('a step that throws stops no other: the next event is taken as ever', () => {
  const sockets: SocketHandlers[] = [];
  let isBroken = true;
  const platform = createFakePlatform({
    ...createVirtualClock(),
    random: () => 0.5,
    openSocket(_, handlers) {
      if (isBroken) throw new Error('no sockets here');
      sockets.push(handlers);
      return { send: () => undefined, close: () => undefined };
    },
  });
  const nothing = (): void => undefined;
  const link = createLink(
    platform,
    createLogger(() => undefined),
    {
      ...{ greet: nothing, frame: nothing, awaits: () => false, probe: nothing, lost: nothing },
      ...{ unreached: nothing, ended: nothing, netState: nothing },
    },
  );
  expect(() => link.start('ws://sterna.test')).toThrow('no sockets here');
  isBroken = false;
  link.stop();
  link.start('ws://sterna.test');
  sockets[0]?.onOpen();
  link.accepted();
  expect(link.isUp()).toBe(true);
});
