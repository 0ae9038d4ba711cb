import type { ReplyOf, RequestOf } from '@sterna/protocol';
import { type Actor, sessionKey } from './actor.ts';
import { blacklistUseCases } from './blacklist/use-cases.ts';
import { listConversations } from './conversations/list-conversations.ts';
import { loadReader, type Reader } from './conversations/reader.ts';
import { snapshotOf } from './conversations/snapshot.ts';
import { runCommand } from './delivery/run-command.ts';
import { routeOf, userSubject } from './delivery/subjects.ts';
import { conversationLog, parseConversationID } from './conversations/conversation-id.ts';
import type { CoreDeps } from './deps.ts';
import { ImError } from './errors.ts';
import { given } from './given.ts';
import { followUseCases } from './follows/use-cases.ts';
import { friendUseCases } from './friends/use-cases.ts';
import { KINDS } from './groups/kinds.ts';
import { groupUseCases } from './groups/use-cases.ts';
import { keys } from './keys.ts';
import { messageHistory } from './messages/history.ts';
import type { SendReply } from './messages/append-message.ts';
import { allowedElements } from './messages/forbidden-words.ts';
import { languageUseCases } from './messages/language.ts';
import { mergerUseCases } from './messages/mergers.ts';
import { hasMerged, mergersWithin } from './messages/merger-uses.ts';
import { draftOf } from './messages/repeated-send.ts';
import { messageLifeUseCases } from './messages/use-cases.ts';
import { conversationSettingsUseCases } from './conversations/settings-use-cases.ts';
import { searchUseCases } from './search/use-cases.ts';
import { signalingUseCases } from './signaling/use-cases.ts';
import { statusUseCases } from './presence/use-cases.ts';
import { sayInRoom } from './rooms/use-cases.ts';
import { profileUseCases } from './profiles/use-cases.ts';
import { withFreshLinks } from './uploads/fresh-links.ts';
import { namesFiles, requireFiles } from './uploads/require-files.ts';
import { uploadUseCases } from './uploads/use-cases.ts';
import { topicUseCases } from './topics/use-cases.ts';
import type { UseCases } from './use-case.ts';
import { syncConversation } from './sync/conversation-range.ts';
import { inboxAfter } from './sync/inbox-range.ts';

/** Every command of the protocol, by name: one that is missing does not compile. */
export const useCases: UseCases = {
  'session.logout': (deps, actor) => runCommand(deps, { type: 'session.logout', body: { actor } }),

  'inbox.sync': (deps, { app, userID }, request) => inboxAfter(deps, app, userID, request),

  'message.send': sendMessage,
  'message.history': (deps, { app, userID }, request) => messageHistory(deps, app, userID, request),

  ...messageLifeUseCases,
  ...mergerUseCases,
  ...languageUseCases,

  'conversation.list': async (deps, { app, userID }) => ({
    conversations: await listConversations(deps, app, userID),
  }),
  'conversation.get': getConversation,
  'conversation.sync': (deps, { app, userID }, request) => syncConversation(deps, app, userID, request),
  'conversation.read': (deps, actor, request) =>
    runCommand(deps, { type: 'conversation.read', body: { actor, ...request, nowMs: deps.clock.nowMs() } }),
  'conversation.delete': (deps, actor, request) =>
    runCommand(deps, { type: 'conversation.delete', body: { actor, ...request } }),

  ...conversationSettingsUseCases,
  ...groupUseCases,
  ...topicUseCases,
  ...profileUseCases,
  ...uploadUseCases,
  ...blacklistUseCases,
  ...friendUseCases,
  ...followUseCases,
  ...searchUseCases,
  ...signalingUseCases,
  ...statusUseCases,
};

/** A stored message goes through the log; an online-only one is checked in the same way, then only pushed. */
function sendMessage(
  deps: CoreDeps,
  actor: Actor,
  request: RequestOf<'message.send'>,
): Promise<ReplyOf<'message.send'>> {
  const { elements } = request;
  const { forbiddenWords } = deps.settings(actor.app);
  const isPlain = forbiddenWords === undefined && !namesFiles(elements) && !hasMerged(elements);
  // Nothing to look at first, as with most: the promise that is there already is the answer.
  return isPlain ? submitMessage(deps, actor, request) : sendExamined(deps, actor, request);
}

async function sendExamined(
  deps: CoreDeps,
  actor: Actor,
  request: RequestOf<'message.send'>,
): Promise<ReplyOf<'message.send'>> {
  const elements = allowedElements(request.elements, deps.settings(actor.app).forbiddenWords);
  const allowed = elements === request.elements ? request : { ...request, elements };
  // Only a message with a file, or with merged ones, takes a step before the store: a session's texts keep their order.
  const sent =
    namesFiles(elements) || hasMerged(elements)
      ? requireFiles(deps, actor, { conversationID: request.conversationID, elements })
          .then(() => mergersWithin(deps, actor.app, elements))
          .then((mergers) => submitMessage(deps, actor, allowed, mergers))
          .then((reply) => withFreshLinks(deps, reply))
      : submitMessage(deps, actor, allowed);
  // Sent before, and edited since, it says that.
  return allowed === request ? sent : sent.then((reply) => ({ elements, ...reply }));
}

function submitMessage(
  deps: CoreDeps,
  actor: Actor,
  request: RequestOf<'message.send'>,
  mergers: readonly string[] = [],
): Promise<ReplyOf<'message.send'>> {
  const { hidesBlocks, friendsOnly } = deps.settings(actor.app);
  const rules = { ...(hidesBlocks && { hidesBlocks }), ...(friendsOnly && { friendsOnly }) };
  const named = mergers.length > 0 && { mergers };
  const body = { actor, request, nowMs: deps.clock.nowMs(), ...rules, ...named };
  const origin = sessionKey(actor);
  const sent = runCommand(deps, { type: 'message.send', body }, origin);
  // What the reply needs no more of goes back as it is.
  const mayBeLive = request.conversationID.startsWith('GROUP');
  if (!hidesBlocks && !request.onlineUserOnly && !mayBeLive) return sent;
  return sent.then(({ isSwallowed, ...reply }) => {
    if (reply.isLive) return sayInRoom(deps, actor, request, reply);
    if (request.onlineUserOnly)
      publishTransient(deps, actor, request, { ...reply, ...given({ isSwallowed }) });
    return reply;
  });
}

function publishTransient(
  deps: CoreDeps,
  actor: Actor,
  request: RequestOf<'message.send'>,
  { isSwallowed, ...reply }: SendReply,
): void {
  const { app, userID } = actor;
  const log = conversationLog(app, userID, parseConversationID(request.conversationID));
  const { seq: _none, pos: _nowhere, ...sent } = reply;
  const message = { ...draftOf(request, reply.id, userID), ...sent };
  const { receivers } = request;
  const audience = receivers && { audience: [userID, ...receivers] };
  const notice = { kind: 'transient' as const, app, conversation: log, from: userID, message, ...audience };
  // Who is blocked is not told so: as far as they can see, on all their devices, it was sent.
  const subjects = isSwallowed ? [userSubject(app, userID)] : routeOf(log).subjects;
  for (const subject of subjects) deps.bus.publish(subject, { ...notice, origin: sessionKey(actor) });
}

async function getConversation(
  deps: CoreDeps,
  { app, userID }: Actor,
  { conversationID }: RequestOf<'conversation.get'>,
): Promise<ReplyOf<'conversation.get'>> {
  const reader = await loadReader(deps, app, userID, conversationID);
  if (reader.mine === undefined && !(await mayBegin(deps, app, reader))) {
    throw new ImError('conversationNotFound', conversationID);
  }
  return { conversation: await snapshotOf(deps, reader, false) };
}

/** A one-to-one conversation can be looked at before its first message, if the peer exists; the system one, and a live room, always. */
async function mayBegin(deps: CoreDeps, app: number, { ref, group }: Reader): Promise<boolean> {
  if (ref.kind === 'group') return group !== undefined && !KINDS[group.type].stored;
  if (ref.kind !== 'c2c') return true;
  const [account] = await deps.store.get([keys.account(app, ref.peer)]);
  return account !== undefined;
}
