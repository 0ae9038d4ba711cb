import { settle } from '../sdk/talk.ts';
import {
  blocks,
  data,
  followers,
  following,
  type PeopleOperation,
  type PeopleOperations,
  refused,
} from './people-operation.ts';
import type { PeopleScene } from './people-scene.ts';

const follow =
  (userIDs: string[]): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.followUser(userIDs));
const unfollow =
  (userIDs: string[]): PeopleOperation['call'] =>
  (device, scene) =>
    data(scene, device.tim.unfollowUser(userIDs));

const bobFollows = ({ world, devices }: PeopleScene): Promise<unknown> =>
  settle(world, devices.bob.tim.followUser(['alice']));
/** Alice and Bob follow each other; she follows Carol, too. */
async function all(scene: PeopleScene): Promise<void> {
  await bobFollows(scene);
  await follow(['bob', 'carol'])(scene.devices.alice, scene);
}
const ofBob = (isAdd: boolean) => ({ isAdd, userInfoList: [{ userID: 'bob', nick: 'Bobby' }] });
const ofAlice = (isAdd: boolean) => ({ isAdd, userInfoList: [{ userID: 'alice' }] });
const mutual = (isAdd: boolean): PeopleOperation['told'] => ({
  alice: { onMyFollowingListUpdated: ofBob(isAdd), onMutualFollowersListUpdated: ofBob(isAdd) },
  other: { onMyFollowingListUpdated: ofBob(isAdd), onMutualFollowersListUpdated: ofBob(isAdd) },
  bob: { onMyFollowersListUpdated: ofAlice(isAdd), onMutualFollowersListUpdated: ofAlice(isAdd) },
});

/** Who follows whom: methods of the 3.x line. */
export const FOLLOW_OPERATIONS = {
  followUser: {
    before: bobFollows,
    call: follow(['bob', 'nobody', 'alice']),
    result: [
      { userID: 'bob', code: 0 },
      { userID: 'nobody', code: 30003 },
      { userID: 'alice', code: 30001 },
    ],
    told: mutual(true) ?? {},
    there: { alice: [following, [{ userID: 'bob' }]], bob: [followers, [{ userID: 'alice' }]] },
    refused: {
      'who is in my blacklist': refused(follow(['bob']), [{ code: 30515 }], blocks('alice', 'bob')),
      'in whose blacklist I am': refused(follow(['bob']), [{ code: 30525 }], blocks('bob', 'alice')),
      'whom I follow already, again': refused(follow(['bob', 'bob']), [{ userID: 'bob', code: 0 }], all),
      'no one at all': refused(follow([]), 10004),
    },
  },
  unfollowUser: {
    before: all,
    call: unfollow(['bob']),
    result: [{ userID: 'bob', code: 0 }],
    told: mutual(false) ?? {},
    there: { alice: [following, [{ userID: 'carol' }]], bob: [followers, []] },
    refused: {
      'whom I do not follow': refused(unfollow(['bob']), [{ userID: 'bob', code: 0 }], bobFollows),
      'no one at all': refused(unfollow([]), 10004),
    },
  },
  getMyFollowersList: {
    before: all,
    call: (device, scene) => data(scene, device.tim.getMyFollowersList()),
    result: { resultList: [{ userID: 'bob', nick: 'Bobby', avatar: '' }], nextCursor: '' },
  },
  getMyFollowingList: {
    before: all,
    call: (device, scene) => data(scene, device.tim.getMyFollowingList()),
    result: { resultList: [{ userID: 'bob' }, { userID: 'carol' }], nextCursor: '' },
  },
  getMutualFollowersList: {
    before: all,
    call: (device, scene) => data(scene, device.tim.getMutualFollowersList()),
    result: { resultList: [{ userID: 'bob' }], nextCursor: '' },
  },
  getUserFollowInfo: {
    before: all,
    call: (device, scene) => data(scene, device.tim.getUserFollowInfo()),
    result: [{ userID: 'alice', followersCount: 1, followingCount: 2, mutualFollowersCount: 1 }],
  },
  'getUserFollowInfo: of others': {
    before: all,
    call: (device, scene) => data(scene, device.tim.getUserFollowInfo(['carol', 'nobody'])),
    result: [{ userID: 'carol', followersCount: 1, followingCount: 0, mutualFollowersCount: 0 }],
  },
  checkFollowType: {
    before: all,
    call: (device, scene) => data(scene, device.tim.checkFollowType(['bob', 'carol', 'nobody'])),
    result: [
      { userID: 'bob', followType: 3 },
      { userID: 'carol', followType: 2 },
      { userID: 'nobody', followType: 0 },
    ],
  },
} satisfies PeopleOperations;
