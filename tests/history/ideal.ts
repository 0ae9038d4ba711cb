import type { CallName, FinalLine, Line, LogEntry, MetaLine, Step } from './history.ts';
import { IdealChanges, type IdealService } from './ideal-changes.ts';
import { IdealLogs, peerOf, seenOf } from './ideal-logs.ts';
import { IdealReceipts } from './ideal-receipts.ts';
import { communityOf, topicsOf } from './model.ts';
import { COMMIT_MS, type Device, Scribe } from './scribe.ts';

const START_MS = 1_767_225_600_000;

/**
 * A chat service without a fault, in memory: it writes the history that a perfect run would leave. The self-test takes such
 * a history and breaks one thing in it.
 */
export class Ideal {
  readonly lines: Line[] = [];
  readonly meta: MetaLine = {
    op: 'meta',
    seed: 0,
    clocksTrue: true,
    devices: {},
    policy: { mode: 'multi', instances: { web: 2, other: 1 } },
    backlog: 15,
    deadlineMs: { any: 15_000, send: 60_000 },
    convergeMs: 30_000,
  };
  readonly #devices = new Map<string, Device>();
  readonly #logs = new IdealLogs();
  readonly #scribe = new Scribe(this.lines);
  /** What becomes of messages that are there. */
  readonly messages: IdealChanges;
  readonly receipts: IdealReceipts;
  readonly #members = new Map<string, Set<string>>();
  readonly #epochs = new Map<string, number>();
  #walk = 0;
  #commit = 0;

  constructor() {
    this.lines.push(this.meta);
    const service: IdealService = {
      device: (name) => this.#device(name),
      seeing: (conv, pos) => this.#seeing(conv, pos),
      online: (user) => this.#online(user),
      append: (conv, fields) => this.#append(conv, fields),
      tell: (conv, entry) => this.#tell(conv, entry),
      commit: () => ++this.#commit,
      users: () => [...this.#epochs.keys()],
    };
    this.messages = new IdealChanges(this.#scribe, this.#logs, service);
    this.receipts = new IdealReceipts(this.#scribe, this.#logs, service);
  }

  wait(ms: number): void {
    this.#scribe.t += ms;
  }

  /** Logs a device in; `ended` are sessions that the policy ends by it. */
  login(name: string, user: string, platform = 'web', ended: { device: string; type: string }[] = []): void {
    this.meta.devices[name] = { user, platform };
    const epoch = (this.#epochs.get(user) ?? 0) + 1;
    this.#epochs.set(user, epoch);
    const device: Device = { name, user, session: `${name}#${epoch}`, epoch, isOn: true, known: new Map() };
    this.#devices.set(name, device);
    const call = this.#scribe.invoke(device, 'login');
    this.#scribe.wire(device, { what: 'login', resume: false });
    const begin = { user, instance: name, epoch, change: 'begin' as const, platform, commit: ++this.#commit };
    this.lines.push({ t: this.#scribe.t, op: 'session', ...begin });
    for (const { device: loser, type } of ended) this.#kick(loser, type);
    this.#scribe.wire(device, { what: 'session', epoch, mode: 'reset' });
    for (const [conv, log] of this.#logs.all) {
      if (!this.#logs.visible(user, conv).length) continue;
      const backlog = this.#logs.unread(user, conv).slice(-this.meta.backlog);
      const seq = Math.max(0, ...this.#logs.visible(user, conv).map((entry) => entry.seq ?? 0));
      this.#scribe.wire(device, {
        what: 'snapshot',
        why: 'reset',
        conv,
        pos: log.length,
        seq,
        backlog: backlog.map((entry) => entry.seq ?? 0),
      });
      device.known.set(conv, seq);
      if (backlog.length > 0)
        this.#scribe.deliver(
          device,
          backlog.map((entry) => seenOf(conv, entry)),
        );
    }
    this.#scribe.end('ok', call);
    this.#scribe.state(device, 'ready');
    this.#scribe.showList(device, this.#logs.list(device.user));
  }

  logout(name: string): void {
    const device = this.#device(name);
    const call = this.#scribe.invoke(device, 'logout');
    const end = {
      user: device.user,
      instance: name,
      epoch: device.epoch,
      change: 'end' as const,
      commit: ++this.#commit,
    };
    this.lines.push({ t: this.#scribe.t, op: 'session', ...end });
    device.isOn = false;
    this.#scribe.state(device, 'notReady');
    this.#scribe.end('ok', call);
  }

  #kick(name: string, type: string): void {
    const device = this.#device(name);
    device.isOn = false;
    this.#scribe.state(device, 'kicked', type);
    this.#scribe.state(device, 'notReady');
  }

  /** Groups begin with their members in; the group's own log begins with that. */
  createGroup(name: string, groupID: string, users: readonly string[]): void {
    const device = this.#device(name);
    const call = this.#scribe.invoke(device, 'createGroup', { users });
    const conv = `group:${groupID}`;
    this.#members.set(conv, new Set(users));
    this.#append(conv, { kind: 'joined', users });
    this.#scribe.end('ok', call);
  }

  /** Something about topics happens, which has its place in the community's log. */
  changeTopics(call: CallName, name: string, community: string, fields: Omit<LogEntry, 'pos'>): void {
    const number = this.#scribe.invoke(this.#device(name), call, { conv: community });
    this.#tell(community, this.#append(community, fields));
    this.#scribe.end('ok', number);
  }

  join(name: string, groupID: string): void {
    const device = this.#device(name);
    const conv = `group:${groupID}`;
    const call = this.#scribe.invoke(device, 'joinGroup', { conv });
    this.#members.get(conv)?.add(device.user);
    const entry = this.#append(conv, { kind: 'joined', users: [device.user] });
    const standing = this.#logs.of(conv).filter((each) => each.kind === 'message').length;
    this.#logs.reads.set(`${device.user} ${conv}`, standing);
    for (const other of this.#online(device.user))
      this.#scribe.wire(other, { what: 'joined', conv, pos: entry.pos - 1 });
    this.#tell(conv, entry);
    this.#scribe.end('ok', call);
  }

  leave(name: string, groupID: string): void {
    const device = this.#device(name);
    const conv = `group:${groupID}`;
    const call = this.#scribe.invoke(device, 'quitGroup', { conv });
    const entry = this.#append(conv, { kind: 'left', users: [device.user] });
    this.#tell(conv, entry);
    this.#members.get(conv)?.delete(device.user);
    this.#scribe.end('ok', call);
  }

  send(name: string, conv: string, body: string, step?: Step): void {
    const call = this.begin(name, conv, body);
    this.store(name, conv, body, step);
    this.acknowledge(call, conv, body);
  }

  /** The three parts of a send, for histories in which they lie apart. */
  begin(name: string, conv: string, body: string, again = false): number {
    return this.#scribe.invoke(this.#device(name), 'send', {
      conv,
      body,
      ...(again && { again: true as const }),
    });
  }

  store(name: string, conv: string, body: string, step?: Step): void {
    const device = this.#device(name);
    this.#scribe.t += COMMIT_MS;
    const seq = this.#logs.of(conv).filter((entry) => entry.kind === 'message').length + 1;
    const message = {
      seq,
      id: `id-${body}`,
      body,
      from: device.user,
      timeMs: START_MS + this.#scribe.t,
      counted: true,
      ...(step && { step }),
    };
    const entry = this.#append(conv, { kind: 'message', ...message });
    // What the server says as somebody was sent by no device of theirs.
    const isTimeout = step?.actionType === 5;
    this.#tell(conv, entry, isTimeout ? undefined : device);
    for (const each of this.#seeing(conv, entry.pos)) {
      const isConcerned = step?.actionType !== 1 || step.users.includes(each.user);
      if (!step || !isConcerned) continue;
      if (isTimeout || each !== device) this.#scribe.ring(each, step);
    }
  }

  acknowledge(call: number, conv: string, body: string): void {
    const message = seenOf(conv, this.#logs.stored(conv, body));
    this.lines.push({ t: this.#scribe.t, op: 'ok', call, message });
  }

  /** A call ends without success: refused, or nobody knows. */
  fail(call: number, op: 'fail' | 'info', code: number): void {
    this.lines.push({ t: this.#scribe.t, op, call, code });
  }

  read(name: string, conv: string): void {
    const device = this.#device(name);
    const call = this.#scribe.invoke(device, 'markRead', { conv });
    const seq = device.known.get(conv) ?? 0;
    this.#scribe.wire(device, { what: 'read', conv, seq });
    this.#logs.reads.set(
      `${device.user} ${conv}`,
      Math.max(seq, this.#logs.reads.get(`${device.user} ${conv}`) ?? 0),
    );
    this.#scribe.end('ok', call);
    for (const each of this.#online(device.user)) this.#scribe.showList(each, this.#logs.list(each.user));
    const peer = peerOf(conv, device.user);
    if (peer !== undefined) this.receipts.reachPeer(peer, conv, { by: device.user, seq });
  }

  /** Reads the whole history, in pages from the newest. */
  history(name: string, conv: string, pageSize = 3): void {
    const device = this.#device(name);
    const all = this.#logs.shown(device.user, conv);
    const walk = ++this.#walk;
    for (let end = all.length, newest = true; end > 0; newest = false) {
      const start = Math.max(0, end - pageSize);
      const call = this.#scribe.invoke(device, 'history', {
        conv,
        walk,
        ...(newest && { newest: true as const }),
      });
      this.lines.push({
        t: this.#scribe.t,
        op: 'ok',
        call,
        messages: all.slice(start, end),
        complete: start === 0,
      });
      end = start;
    }
  }

  claim(name: string, conv: string, pos: number): void {
    this.#scribe.wire(this.#device(name), { what: 'claim', conv, pos });
  }

  heal(): void {
    this.lines.push({ t: this.#scribe.t, op: 'heal' });
  }

  /** What is there in the end: logs, marks, live sessions, and what each device, and a fresh one of each user, has. */
  finish(): Line[] {
    this.wait(this.meta.convergeMs);
    for (const device of this.#devices.values()) if (device.isOn) this.#final(device, 'device');
    const live = new Map(
      [...this.#epochs.keys()].map((user) => [user, this.#online(user).map((device) => device.epoch)]),
    );
    for (const [user, epochs] of live) this.lines.push({ op: 'live', user, epochs });
    for (const user of this.#epochs.keys()) {
      const fresh: Device = {
        name: `${user}-fresh`,
        user,
        session: `${user}-fresh#0`,
        epoch: 0,
        isOn: true,
        known: new Map(),
      };
      this.meta.devices[fresh.name] = { user, platform: 'fresh' };
      this.#scribe.state(fresh, 'ready');
      this.#final(fresh, 'fresh');
    }
    for (const [conv, entries] of this.#logs.all) this.lines.push({ op: 'log', conv, entries });
    for (const user of this.#epochs.keys()) {
      for (const conv of this.#logs.all.keys()) {
        const key = `${user} ${conv}`;
        const mark = {
          readSeq: this.#logs.reads.get(key) ?? 0,
          saidSeq: this.#logs.said.get(key) ?? 0,
          clearedSeq: this.#logs.cleared.get(key) ?? 0,
          deleted: this.#logs.deleted.get(key) ?? [],
        };
        if (this.#logs.visible(user, conv).length > 0) this.lines.push({ op: 'mark', user, conv, ...mark });
      }
    }
    return this.lines;
  }

  #final(device: Device, kind: 'device' | 'fresh'): void {
    const { name, user, session } = device;
    const convs = [...this.#logs.all.keys()].filter((conv) => this.#logs.visible(user, conv).length > 0);
    const histories = Object.fromEntries(convs.map((conv) => [conv, this.#logs.shown(user, conv)] as const));
    const groups = [...this.#members]
      .filter(([, users]) => users.has(user))
      .map(([conv, users]) => ({ groupID: conv.slice('group:'.length), members: users.size }));
    const where = { device: name, user, session };
    this.lines.push({
      t: this.#scribe.t,
      op: 'final',
      kind,
      ...where,
      conversations: this.#logs.list(user),
      histories,
      groups,
      topics: topicsHeld(this.#logs, groups),
      nick: user,
      friends: [],
      applications: [],
      blocked: [],
      receipts: convs.flatMap((conv) => this.receipts.among(user, conv, histories[conv] ?? [])),
    });
  }

  #device(name: string): Device {
    const device = this.#devices.get(name);
    if (device === undefined) throw new Error(`no device ${name}`);
    return device;
  }

  #online(user: string): Device[] {
    return [...this.#devices.values()].filter((device) => device.isOn && device.user === user);
  }

  #append(conv: string, fields: Omit<LogEntry, 'pos'>): LogEntry {
    const log = this.#logs.of(conv);
    const community = communityOf(conv);
    const place = community === undefined ? {} : { after: this.#logs.of(community).length };
    const commit = ++this.#commit;
    const entry: LogEntry = { pos: log.length + 1, commit, at: this.#scribe.t, ...place, ...fields };
    log.push(entry);
    return entry;
  }

  /** Devices that are on, of users who see a position. */
  #seeing(conv: string, pos: number): Device[] {
    return [...this.#devices.values()].filter((each) => each.isOn && this.#logs.sees(each.user, conv, pos));
  }

  /** Everybody who is there hears of an entry, and its application of a message; the sender's device has its answer. */
  #tell(conv: string, entry: LogEntry, sender?: Device): void {
    for (const device of this.#seeing(conv, entry.pos)) {
      const seqs = entry.seq === undefined ? [] : [entry.seq];
      this.#scribe.wire(device, { what: 'range', conv, from: entry.pos, to: entry.pos, seqs });
      if (entry.seq === undefined) continue;
      device.known.set(conv, entry.seq);
      if (device !== sender) this.#scribe.deliver(device, [seenOf(conv, entry)]);
    }
  }
}

/** The topics that there are in those of the groups that are communities. */
function topicsHeld(logs: IdealLogs, groups: FinalLine['groups']): FinalLine['topics'] {
  return groups.flatMap(({ groupID }) =>
    [...topicsOf(logs.of(`group:${groupID}`))].flatMap(([topicID, { to, name }]) =>
      to === Infinity ? { topicID, name } : [],
    ),
  );
}
