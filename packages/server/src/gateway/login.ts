import {
  type Actor,
  ImError,
  loginSync,
  profilesSince,
  readProfiles,
  runCommand,
  sessionKey,
  tinyIDOf,
  verifySession,
} from '@sterna/core';
import { CLOSE, LIMITS, PROTOCOL_VERSION, type ReplyOf, type RequestOf } from '@sterna/protocol';
import type { GatewayDeps } from './deps.ts';
import type { Hubs } from './hubs.ts';
import { pushItem } from './items.ts';
import { type BeginningSession, createLiveSession, type LiveSession } from './session.ts';
import type { GatewaySocket } from './socket.ts';
import type { UserHub } from './user-hub.ts';

/** A login that worked: the session holds pushes back until it is opened, after the reply. */
export interface LoggedIn {
  session: BeginningSession;
  hub: UserHub;
  expiresMs: number;
  reply: ReplyOf<'session.login'>;
  /** Pushes that stand between the reply and what was pushed meanwhile, which is newer. */
  faces: readonly string[];
}

/**
 * Authenticates, listens, decides, then reads. In this order no event is missed: whatever commits after the read of the sync
 * is pushed, and waits behind the reply.
 */
export async function logIn(
  deps: GatewayDeps,
  hubs: Hubs,
  socket: GatewaySocket,
  request: RequestOf<'session.login'>,
): Promise<LoggedIn> {
  const { SDKAppID: app, userID, instanceID, platform } = request;
  if (request.protocol > PROTOCOL_VERSION) throw new ImError('protocolTooOld', `version ${request.protocol}`);
  const verified = deps.authenticate(app, userID, request.userSig, socket.remoteAddress);
  if (!verified.ok) throw new ImError(verified.reason);

  const hub = await hubs.hold(app, userID);
  let session: LoggedIn['session'] | undefined;
  try {
    const begun = await runCommand(deps, {
      type: 'session.login',
      body: {
        app,
        userID,
        instanceID,
        platform,
        ...(request.attempt !== undefined && { attempt: request.attempt }),
        ...(request.resume !== undefined && { resume: request.resume }),
        sigTimeS: verified.madeS,
        nowMs: deps.clock.nowMs(),
        policy: deps.settings(app).loginPolicy,
      },
    });
    const { epoch, resumed } = begun;
    const numbered = request.attempt !== undefined && { attempt: request.attempt };
    const actor: Actor = { app, userID, session: { instanceID, epoch, platform, ...numbered } };
    session = createLiveSession(actor, sessionKey(actor), socket, () => deps.events.slowReader());
    // Before an older connection of it goes: so the user is never away between the two.
    hubs.statuses.enter(session, begun);
    hubs.rooms.attach(session);
    replaceOlder(hub, actor);
    hub.sessions.add(session);
    // Another login may have ended the session before it was here to be found and closed.
    await verifySession(deps, actor);
    const sync = await loginSync(deps, app, userID, request.cursor);
    const [profile = { userID }] = await readProfiles(deps, app, [userID]);
    const faces = await newFaces(deps, actor, request);
    requireRunning(session);
    deps.events.loggedIn(actor, resumed);
    const reply = {
      tinyID: tinyIDOf(userID),
      session: epoch,
      timeMs: deps.clock.nowMs(),
      expiresMs: verified.expiresMs,
      idleMs: LIMITS.idleMs,
      profile,
      sync,
      ...(deps.objectsURL !== undefined && { objects: { url: deps.objectsURL } }),
    };
    return { session, hub, expiresMs: verified.expiresMs, reply, faces };
  } catch (error) {
    abandon(hubs, hub, session);
    throw error;
  }
}

/**
 * No log tells a device of the profiles of others. Whoever holds something of them is told what changed since they last heard of this
 * side; where they do not say when that was, all. What is too much for a socket is left out, the oldest first: it shows when it is
 * looked at.
 */
async function newFaces(
  deps: GatewayDeps,
  actor: Actor,
  { cursor, heardMs }: RequestOf<'session.login'>,
): Promise<string[]> {
  if (cursor === undefined) return [];
  const sinceMs = heardMs === undefined ? 1 : heardMs - LIMITS.profilesToldAgainMs;
  const faces: string[] = [];
  let room = LIMITS.socketQueueBytes / 2;
  for (const profile of await profilesSince(deps, actor, sinceMs)) {
    const face = pushItem('profile', { profile });
    room -= face.length;
    if (room < 0) break;
    faces.push(face);
  }
  return faces;
}

/** Takes back what a login that failed has taken. */
function abandon(hubs: Hubs, hub: UserHub, session: LiveSession | undefined): void {
  if (session !== undefined) {
    hub.sessions.delete(session);
    hubs.statuses.leave(session, true);
    hubs.rooms.detach(session, true);
  }
  hubs.release(hub);
}

/** What ended the session while its login was being answered is the answer. */
function requireRunning({ ended }: BeginningSession): void {
  if (ended === undefined) return;
  if (ended.code !== CLOSE.kicked) throw new ImError('alreadyLoggedIn', ended.reason);
  throw new ImError('sessionEvicted', undefined, { data: { type: ended.reason } });
}

/** The instance is here with a newer socket: the older one, dead or forgotten, must not be pushed to. */
function replaceOlder(hub: UserHub, { session }: Actor): void {
  for (const other of hub.sessions) {
    if (other.actor.session.instanceID !== session.instanceID) continue;
    // A login that was overtaken on its way, and is not refused yet, ends nobody.
    if (isNewer(other.actor.session, session)) continue;
    hub.sessions.delete(other);
    other.close(CLOSE.replaced, 'a newer connection of this instance');
  }
}

function isNewer(one: Actor['session'], other: Actor['session']): boolean {
  return one.epoch === other.epoch ? (one.attempt ?? 0) > (other.attempt ?? 0) : one.epoch > other.epoch;
}
