export type { Actor, SessionStamp } from './actor.ts';
export { sessionKey } from './actor.ts';
export { ImError, refusalOf, toImError, type Refusal } from './errors.ts';
export type { Bus, EntryNotice, Notice, PresenceNotice, TransientNotice } from './ports/bus.ts';
export type { Clock } from './ports/clock.ts';
export { noHooks, type Hooks, type Verdict } from './ports/hooks.ts';
export type { FileKind, Objects, Picture, StoredFile, UploadGrant } from './ports/objects.ts';
export type { Presence, UserStatus } from './ports/presence.ts';
export type { Random } from './ports/random.ts';
export type {
  IndexStep,
  MessageDocument,
  MessageQuery,
  Named,
  NamedQuery,
  Phrases,
  SearchIndex,
} from './ports/search.ts';
export { createSearchFollower, type SearchFollower } from './search/follower.ts';
export type {
  AppendedEntry,
  EntryRange,
  Json,
  LogEntry,
  LogEvent,
  MessageRange,
  Outcome,
  ScanRange,
  Store,
} from './ports/store.ts';
export { requireKey, requireLimit, STORE_BOUNDS } from './ports/store-bounds.ts';
export { compareKeys, lowerBound } from './key-order.ts';
export { domainRules, locksOrRefusal, type Rules } from './transaction/rules.ts';
export type { Command, CommandBody, CommandReply, CommandType } from './transaction/command.ts';
export { decide, locksOf } from './transaction/decide.ts';
export type { Decision, Locks, Transaction } from './transaction/transaction.ts';
export { scopeOf } from './keys.ts';
export type { AppSettings } from './app-settings.ts';
export type { LoginPolicy } from './sessions/kick-policy.ts';
export type { CoreDeps } from './deps.ts';
export { useCases } from './use-cases.ts';
export type { SessionCommand } from './use-case.ts';
export { runCommand } from './delivery/run-command.ts';
export { groupSubject, presenceSubject, subjectsOf, userSubject } from './delivery/subjects.ts';
export { loginSync } from './sync/login-sync.ts';
export { verifySession } from './sessions/require-session.ts';
export {
  conversationLog,
  parseConversationID,
  parseLog,
  publicID,
  type LogRef,
} from './conversations/conversation-id.ts';
export { aboutSeq, isMeantFor } from './messages/audience.ts';
export { tinyIDOf } from './tiny-id.ts';
export { groupLog } from './conversations/conversation-id.ts';
export { inboxLog } from './keys.ts';
export { inboxPos } from './sync/inbox-range.ts';
export { memberGroups, readMembership } from './groups/read-groups.ts';
export { runDueTimers } from './signaling/due-timers.ts';
export { readHead } from './sync/read-head.ts';
export { readProfiles } from './profiles/read-profiles.ts';
export { conversationEventOf, inboxEventOf } from './records.ts';
