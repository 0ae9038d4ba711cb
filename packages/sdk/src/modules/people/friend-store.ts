import type { Friend as WireFriend } from '@sterna/protocol';
import { FRIENDS_READ } from '../../limits.ts';
import { seconds } from '../../seconds.ts';
import type { Friend } from '../../types/profile.ts';
import { listOfFields } from '../custom-fields.ts';
import type { EngineContext } from '../engine-module.ts';

/** My friends as this device knows them. */
export interface FriendStore {
  list(): Friend[];
  /** A friend as an answer has it. The list takes in nothing but what `update` reads: an answer may be older than what is known. */
  view(wire: WireFriend): Friend;
  /** These may have changed; without names, all. `update` reads them. */
  outdate(userIDs?: readonly string[]): void;
  /** Reads what is outdated, one reading after the other; true if there was anything. */
  update(): Promise<boolean>;
  clear(): void;
}

export function createFriendStore(context: EngineContext): FriendStore {
  const { request, profiles, conversations, nowMs } = context;
  const friends = new Map<string, Friend>();
  /** Whom to read; nothing stands for everybody. */
  let due: Set<string> | undefined;
  let reading: Promise<unknown> = Promise.resolve();

  const view = ({
    remark = '',
    groups: groupList,
    timeMs,
    profile,
    custom,
    ...given
  }: WireFriend): Friend => ({
    ...given,
    remark,
    groupList,
    timeStamp: seconds(timeMs),
    profile: profiles.adopt(profile, nowMs()),
    friendCustomField: listOfFields(custom),
  });

  function adopt(wire: WireFriend): void {
    friends.set(wire.userID, view(wire));
    show(wire.userID);
  }

  function show(userID: string): void {
    const conversationID = `C2C${userID}`;
    const remark = friends.get(userID)?.remark || '';
    conversations.remarks.set(conversationID, remark);
    const held = conversations.find(conversationID);
    if (held) held.view.remark = remark;
  }

  async function readAll(): Promise<void> {
    const all: WireFriend[] = [];
    let after: string | undefined;
    do {
      const page = await request('friend.list', { after });
      all.push(...page.friends);
      after = page.next;
    } while (after !== undefined);
    const known = [...friends.keys()];
    friends.clear();
    all.forEach(adopt);
    known.forEach(show);
  }

  async function readSome(userIDs: readonly string[]): Promise<void> {
    for (let at = 0; at < userIDs.length; at += FRIENDS_READ) {
      const page = await request('friend.get', { userIDs: userIDs.slice(at, at + FRIENDS_READ) });
      page.friends.forEach(adopt);
      for (const { userID } of page.failed) {
        friends.delete(userID);
        show(userID);
      }
    }
  }

  function outdate(userIDs?: readonly string[]): void {
    if (!userIDs) due = undefined;
    else userIDs.forEach((userID) => due && due.add(userID));
  }

  async function read(): Promise<boolean> {
    const wanted = due;
    if (wanted && wanted.size === 0) return false;
    due = new Set();
    try {
      await (wanted ? readSome([...wanted]) : readAll());
    } catch (error) {
      outdate(wanted && [...wanted]);
      throw error;
    }
    return true;
  }

  return {
    list: () => [...friends.values()],
    view,
    outdate,
    update() {
      const next = reading.then(read);
      reading = next.catch(() => undefined);
      return next;
    },
    clear() {
      friends.clear();
      conversations.remarks.clear();
      due = undefined;
    },
  };
}
