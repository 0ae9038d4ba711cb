import { LIMITS, type Profile } from '@sterna/protocol';
import { describe, expect, test } from 'vitest';
import { createWorld } from './testing/gateway-world.ts';

const text = (conversationID: string, clientID: string) => ({
  conversationID,
  clientID,
  elements: [{ type: 'TIMTextElem', payload: { text: clientID } }],
});

/** Bob, to whom so many have written, drops; they have `nick` then. */
async function missedBy(bobsPartners: readonly string[], nick: string) {
  const world = createWorld({ instances: { web: 5, other: 1 } });
  const bob = await world.login('bob');
  const partners = [];
  for (const userID of bobsPartners) {
    const partner = await world.login(userID);
    await partner.request('message.send', text('C2Cbob', userID));
    partners.push(partner);
  }
  await world.settle();
  const { epoch, inbox } = bob.reply.sync;
  const conversations = Object.fromEntries(bobsPartners.map((userID) => [`C2C${userID}`, 1]));
  bob.drop();
  for (const partner of partners) {
    await world.pass(1_000);
    await partner.request('profile.update', { changes: { nick } });
  }
  const cursor = { epoch, inbox: inbox.to, conversations };
  const again = async (more: object) => {
    const device = await world.login('bob', 'web', { resume: bob.reply.session, cursor, ...more });
    await world.settle();
    const pushed = device.pushes('profile') as { profile: Profile }[];
    return pushed.map(({ profile }) => profile.userID);
  };
  return { world, partners, again, heardMs: bob.reply.timeMs };
}

describe('the profiles of others', () => {
  test('are told to whoever was away, as far as they have changed, the newest first', async () => {
    const { world, again, heardMs } = await missedBy(['ann', 'cat'], 'new');
    expect(await again({ heardMs })).toEqual(['cat', 'ann']);
    await world.pass(LIMITS.profilesToldAgainMs);
    expect(await again({ heardMs: heardMs + 2_000 + LIMITS.profilesToldAgainMs })).toEqual(['cat']);
    expect(await again({ heardMs: heardMs + 2_001 + LIMITS.profilesToldAgainMs })).toEqual([]);
  });

  test('are all told where it is not known when the device heard last, and to a fresh device never', async () => {
    const { world, again } = await missedBy(['ann', 'cat'], 'new');
    await world.pass(10 * LIMITS.profilesToldAgainMs);
    expect(await again({})).toEqual(['cat', 'ann']);
    expect(await again({ cursor: undefined })).toEqual([]);
  });

  test('beyond what half a socket takes, the oldest are left out', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `user${index}`);
    const before = LIMITS.socketQueueBytes;
    const { again, heardMs } = await missedBy(names, 'n'.repeat(LIMITS.nickBytes));
    const one = JSON.stringify([2, 'profile', { profile: profileAt(heardMs) }]).length;
    Object.assign(LIMITS, { socketQueueBytes: 2 * 4 * one });
    try {
      expect(await again({ heardMs })).toEqual(['user8', 'user7', 'user6', 'user5']);
    } finally {
      Object.assign(LIMITS, { socketQueueBytes: before });
    }
  });
});

/** As long as each of theirs. */
const profileAt = (timeMs: number): Profile => ({
  userID: 'user0',
  nick: 'n'.repeat(LIMITS.nickBytes),
  timeMs,
});
