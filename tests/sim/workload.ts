import type { SeededRandom } from '@sterna/core/testing';
import { Communities } from './communities.ts';
import type { Device } from './device.ts';
import { GroupCare } from './group-care.ts';
import { MessageLives } from './message-lives.ts';
import { Receipts } from './receipts.ts';
import { conversationIDFor, conversationName, type Recorder, ROOM } from './recorder.ts';
import type { Swarm } from './swarm.ts';

/** A group that somebody made, or tried to. */
interface KnownGroup {
  groupID: string;
  type: 'Private' | 'Public' | 'Community';
}

export interface WorkloadParts {
  random: SeededRandom;
  recorder: Recorder;
  swarm: Swarm;
  devices: readonly Device[];
  /** Acts, by their number, that are not done. */
  actsOff: ReadonlySet<number>;
  /** The user's other device may be rung up: a rival logs in. */
  sawRivals(): void;
}

interface Target {
  conv: string;
  conversationType: 'C2C' | 'GROUP';
  to: string;
}

type Call = keyof Calls;
type Calls = Record<string, (device: Device) => Promise<void> | void>;

/** What people do with their devices, at random, by the weights of the swarm. */
export class Workload {
  readonly groups: KnownGroup[] = [];
  /** How often somebody was to do something. */
  acts = 0;
  readonly #parts: WorkloadParts;
  readonly #random: SeededRandom;
  readonly #walks = new Map<string, { walk: number; next: string }>();
  /** Where each invitation was made. */
  readonly #invitations = new Map<string, string>();
  readonly #communities: Communities;
  /** What is done in places of its own. */
  readonly #further: Calls;
  #bodies = 0;
  #isRoomOpen = false;

  constructor(parts: WorkloadParts) {
    this.#parts = parts;
    this.#random = parts.random;
    this.#communities = new Communities(parts.random);
    this.#further = {
      ...this.#communities.calls,
      ...new MessageLives(parts.random, (device) => this.body(device)).calls,
      ...new Receipts(parts.random).calls,
      ...new GroupCare(parts.random, parts.swarm.users, () => this.#group()?.groupID).calls,
    };
  }

  /** One thing that a device does now. What it cannot do in its state it does not do. */
  act(device: Device): void {
    if (this.#parts.actsOff.has(this.acts++)) return;
    if (!device.host.isRunning) return;
    const name = this.#draw();
    const loggedIn = device.state === 'in' || device.state === 'ready';
    if (!loggedIn && name !== 'rivalLogin') {
      if (this.#random.chance(0.5)) void device.login();
      return;
    }
    void (this.#calls[name] ?? this.#further[name])?.(device);
  }

  /** There is a group from the start, most of the time: much of what can go wrong needs one. */
  begin(): void {
    const device = this.#parts.devices.find(({ state }) => state === 'ready');
    if (device && this.#random.chance(0.8)) void this.createGroup(device);
    if (device && this.#random.chance(0.3)) void this.createGroup(device, 'Community');
    if (this.#parts.swarm.relations === 'calm') return;
    for (const one of this.#parts.devices.filter(({ state }) => state === 'ready'))
      if (this.#random.chance(0.5)) void this.#allow(one, 'NeedConfirm');
  }

  async #allow(device: Device, kind: 'AllowAny' | 'NeedConfirm' | 'DenyAny'): Promise<void> {
    await device.call('allow', {}, () => device.tim.updateMyProfile({ allowType: `AllowType_Type_${kind}` }));
  }

  /** Whoever may be a friend of everybody is: else nobody could say anything in the end. */
  async makeUp(device: Device): Promise<void> {
    const { tim } = device;
    const users = this.#parts.swarm.users.filter((user) => user !== device.plan.user);
    await device.call('unblock', { users }, () => tim.removeFromBlacklist({ userIDList: users }));
    await this.#allow(device, 'AllowAny');
    const source = 'AddSource_Type_Sim';
    for (const to of users)
      await device.call('befriend', { users: [to] }, () => tim.addFriend({ to, source }));
  }

  /** One message to everybody's sight, when all is well again. */
  speak(device: Device): void {
    void this.#say(device, this.#target(device));
  }

  #draw(): Call {
    const { weights } = this.#parts.swarm;
    let left = this.#random.fraction() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    for (const [name, weight] of Object.entries(weights)) {
      left -= weight;
      if (left < 0) return name;
    }
    return 'send';
  }

  body(device: Device): string {
    return `${device.plan.name}-${++this.#bodies}`;
  }

  readonly #calls: Calls = {
    send: (device) => this.#say(device, this.#target(device)),
    burst: async (device) => {
      const to = this.#target(device);
      const count = 2 + this.#random.below(11);
      await Promise.all(Array.from({ length: count }, () => this.#say(device, to)));
    },
    resend: (device) => {
      const message = device.failed.shift();
      return message && device.resend(message);
    },
    markRead: async (device) => {
      const conv = this.#conversation(device);
      if (conv === undefined) return;
      const conversationID = conversationIDFor(device.plan.user, conv);
      await device.call('markRead', { conv }, () => device.tim.setMessageRead({ conversationID }));
    },
    history: (device) => this.#readPage(device),
    list: async (device) => {
      await device.call(
        'list',
        {},
        () => device.tim.getConversationList(),
        ({ conversationList }) => ({ conversations: conversationList.map((each) => device.row(each)) }),
      );
    },
    createGroup: (device) => this.createGroup(device),
    createCommunity: (device) => this.createGroup(device, 'Community'),
    joinGroup: async (device) => {
      const group = this.#group();
      if (group === undefined) return;
      const { groupID } = group;
      const conv = `group:${groupID}`;
      await device.call('joinGroup', { conv }, () => device.tim.joinGroup({ groupID, type: group.type }));
    },
    quitGroup: async (device) => {
      const group = this.#group();
      if (group === undefined) return;
      await device.call('quitGroup', { conv: `group:${group.groupID}` }, () =>
        device.tim.quitGroup(group.groupID),
      );
    },
    addMembers: async (device) => {
      const group = this.#group();
      if (group === undefined) return;
      const { groupID } = group;
      const users = this.#someUsers();
      const about = { conv: `group:${groupID}`, users };
      await device.call('addMembers', about, () => device.tim.addGroupMember({ groupID, userIDList: users }));
    },
    deleteMembers: async (device) => {
      const group = this.#group();
      if (group === undefined) return;
      const { groupID } = group;
      const users = this.#someUsers();
      const about = { conv: `group:${groupID}`, users };
      await device.call('deleteMembers', about, () =>
        device.tim.deleteGroupMember({ groupID, userIDList: users }),
      );
    },
    members: async (device) => {
      const group = this.#group();
      if (group === undefined) return;
      const { groupID } = group;
      await device.call('members', { conv: `group:${groupID}` }, () =>
        device.tim.getGroupMemberList({ groupID }),
      );
    },
    logout: (device) => device.logout(),
    login: (device) => device.login(),
    rivalLogin: async (device) => {
      const rivals = this.#parts.devices.filter(
        (other) => other.plan.user === device.plan.user && other.host.isRunning,
      );
      if (rivals.length > 1) this.#parts.sawRivals();
      await Promise.all(rivals.map((rival) => rival.login()));
    },
    block: async (device) => {
      const users = [this.#other(device)];
      await device.call('block', { users }, () => device.tim.addToBlacklist({ userIDList: users }));
    },
    unblock: async (device) => {
      const users = [this.#other(device)];
      await device.call('unblock', { users }, () => device.tim.removeFromBlacklist({ userIDList: users }));
    },
    befriend: async (device) => {
      const to = this.#other(device);
      const type = this.#random.pick(['Add_Type_Both', 'Add_Type_Single'] as const);
      await device.call('befriend', { users: [to] }, () =>
        device.tim.addFriend({ to, type, source: 'AddSource_Type_Sim' }),
      );
    },
    unfriend: async (device) => {
      const users = [this.#other(device)];
      await device.call('unfriend', { users }, () => device.tim.deleteFriend({ userIDList: users }));
    },
    allow: (device) =>
      this.#allow(device, this.#random.pick(['AllowAny', 'NeedConfirm', 'NeedConfirm', 'DenyAny'])),
    answerFriend: async (device) => {
      const waiting = await device.tim.getFriendApplicationList().catch(() => undefined);
      const came = waiting?.data.friendApplicationList.filter(({ type }) => type === 'Pendency_Type_ComeIn');
      const userID = came?.[this.#random.below(came.length)]?.userID;
      if (userID === undefined) return;
      const type = this.#random.pick(['Response_Action_AgreeAndAdd', 'Response_Action_Agree'] as const);
      const accepts = this.#random.chance(0.75);
      await device.call('answerFriend', { users: [userID] }, () =>
        accepts
          ? device.tim.acceptFriendApplication({ userID, type })
          : device.tim.refuseFriendApplication({ userID }),
      );
    },
    invite: async (device) => {
      const { conv, conversationType, to } = this.#target(device);
      const data = this.body(device);
      const timeout = this.#random.chance(0.1) ? 0 : 1 + this.#random.below(8);
      const inviteeList = this.#someUsers().filter((user) => user !== device.plan.user);
      const inviteID = await device.step(conv, data, () =>
        conversationType === 'GROUP'
          ? device.tim.inviteInGroup({ groupID: to, inviteeList, data, timeout })
          : device.tim.invite({ userID: to, data, timeout }),
      );
      if (inviteID !== undefined) device.invited.push(inviteID);
      this.#invitations.set(inviteID ?? '', conv);
    },
    answer: async (device) => {
      const inviteID = device.rings.at(-1 - this.#random.below(2));
      const conv = this.#invitations.get(inviteID ?? '');
      if (inviteID === undefined || conv === undefined) return;
      const answer = this.#random.pick(['accept', 'reject'] as const);
      const data = this.body(device);
      await device.step(conv, data, () => device.tim[answer]({ inviteID, data }));
    },
    cancel: async (device) => {
      const inviteID = device.invited.at(-1 - this.#random.below(2));
      const conv = this.#invitations.get(inviteID ?? '');
      if (inviteID === undefined || conv === undefined) return;
      const data = this.body(device);
      await device.step(conv, data, () => device.tim.cancel({ inviteID, data }));
    },
    updateProfile: async (device) => {
      const nick = this.body(device);
      await device.call('updateProfile', { body: nick }, () => device.tim.updateMyProfile({ nick }));
    },
    profile: async (device) => {
      await device.call('profile', {}, () =>
        device.tim.getUserProfile({ userIDList: [...this.#parts.swarm.users] }),
      );
    },
    deleteConversation: async (device) => {
      const conv = this.#conversation(device);
      if (conv === undefined || conv.startsWith('system')) return;
      const conversationID = conversationIDFor(device.plan.user, conv);
      await device.call('deleteConversation', { conv }, () => device.tim.deleteConversation(conversationID));
    },
    enterRoom: async (device) => {
      const groupID = this.#room(device);
      if (groupID === undefined) return;
      const conv = `room:${groupID}`;
      await device.call('enterRoom', { conv }, () => device.tim.joinGroup({ groupID, type: 'AVChatRoom' }));
    },
    leaveRoom: async (device) => {
      const groupID = this.#room(device);
      if (groupID === undefined) return;
      await device.call('leaveRoom', { conv: `room:${groupID}` }, () => device.tim.quitGroup(groupID));
    },
    say: async (device) => {
      const groupID = this.#room(device);
      if (groupID === undefined) return;
      const text = this.body(device);
      const message = device.tim.createTextMessage({
        to: groupID,
        conversationType: 'GROUP',
        payload: { text },
      });
      const about = { conv: `room:${groupID}`, body: text };
      await device.call('say', about, () => device.tim.sendMessage(message));
    },
    background: (device) => {
      device.setForeground(false);
      device.host.after(1_000 + this.#random.below(20_000), 'foreground', () => device.setForeground(true));
    },
  };

  /** The one live room of the run: whoever wants into it first opens it. */
  #room(device: Device): string | undefined {
    const groupID = `${ROOM}1`;
    if (this.#isRoomOpen) return groupID;
    this.#isRoomOpen = true;
    void device.call('openRoom', { conv: `room:${groupID}` }, () =>
      device.tim.createGroup({ groupID, type: 'AVChatRoom', name: groupID }),
    );
    return undefined;
  }

  async createGroup(
    device: Device,
    type: KnownGroup['type'] = this.#random.pick(['Private', 'Public'] as const),
  ): Promise<void> {
    const isCommunity = type === 'Community';
    const groupID = `${isCommunity ? '@TGS#_c' : 'g'}${this.groups.length + 1}`;
    if (isCommunity) this.#communities.add(groupID);
    this.groups.push({ groupID, type });
    const users = this.#someUsers();
    const about = { conv: `group:${groupID}`, users: [device.plan.user, ...users] };
    await device.call('createGroup', about, () =>
      device.tim.createGroup({
        groupID,
        type,
        name: groupID,
        ...(isCommunity && { isSupportTopic: true }),
        ...(type === 'Public' && { joinOption: 'FreeAccess' }),
        memberList: users.map((userID) => ({ userID })),
      }),
    );
  }

  async #readPage(device: Device): Promise<void> {
    const conv = this.#conversation(device);
    if (conv === undefined) return;
    const key = `${device.where().session} ${conv}`;
    const going = this.#random.chance(0.6) ? this.#walks.get(key) : undefined;
    const walk = going?.walk ?? this.#parts.recorder.nextWalk();
    // One page of a walk at a time: the next one begins where this one ends.
    this.#walks.delete(key);
    const conversationID = conversationIDFor(device.plan.user, conv);
    const next = await device.page(conv, conversationID, walk, going?.next);
    if (next !== undefined) this.#walks.set(key, { walk, next });
  }

  #say(device: Device, to: Target): Promise<void> {
    const wantsReceipt = this.#parts.swarm.reading === 'told' && this.#random.chance(0.5);
    return device.send(to, this.body(device), wantsReceipt);
  }

  /** Somebody to talk to: another user, or a group. */
  #target(device: Device): Target {
    const topicID = this.#random.chance(0.3) ? this.#communities.topic() : undefined;
    if (topicID !== undefined) return { conv: `topic:${topicID}`, conversationType: 'GROUP', to: topicID };
    const known = this.#random.chance(0.7) ? this.#knownGroup(device) : this.#group()?.groupID;
    if (known !== undefined && this.#random.chance(0.6)) {
      return { conv: `group:${known}`, conversationType: 'GROUP', to: known };
    }
    const to = this.#other(device);
    return { conv: conversationName(device.plan.user, `C2C${to}`), conversationType: 'C2C', to };
  }

  #other(device: Device): string {
    const others = this.#parts.swarm.users.filter((user) => user !== device.plan.user);
    return others[this.#random.below(others.length)] ?? 'nobody';
  }

  #group(): KnownGroup | undefined {
    // The newest few, so that a few members meet often instead of many never.
    const recent = this.groups.slice(-3);
    return recent[this.#random.below(recent.length)];
  }

  /** A group of the device's own list: in another one it could only be refused. */
  #knownGroup({ list }: Device): string | undefined {
    const groups = list.filter(({ conv }) => conv.startsWith('group:'));
    return groups[this.#random.below(groups.length)]?.conv.slice('group:'.length);
  }

  #conversation(device: Device): string | undefined {
    const topicID = this.#random.chance(0.2) ? this.#communities.topic() : undefined;
    if (topicID !== undefined) return `topic:${topicID}`;
    return device.list[this.#random.below(device.list.length)]?.conv;
  }

  #someUsers(): string[] {
    const users = this.#parts.swarm.users.filter(() => this.#random.chance(0.5));
    return users.length > 0 ? users : [...this.#parts.swarm.users.slice(0, 1)];
  }
}
