export type { Actor, SessionStamp } from './actor.ts';
export { sessionKey } from './actor.ts';
export { ImError, refusalOf, toImError, type Refusal } from './errors.ts';
export type {
  Bus,
  EntryNotice,
  Notice,
  PresenceNotice,
  RoomNotice,
  RoomQuestion,
  RoomWord,
  TransientNotice,
} from './ports/bus.ts';
export type { Clock } from './ports/clock.ts';
export { noHooks, type Hooks, type Verdict } from './ports/hooks.ts';
export type { Language } from './ports/language.ts';
export { type ForbiddenWords, forbiddenWords } from './messages/forbidden-words.ts';
export type {
  Avatars,
  FileKind,
  FileReaders,
  Objects,
  Picture,
  StoredFile,
  UploadGrant,
} from './ports/objects.ts';
export { isLoggedOut } from './presence/logged-out.ts';
export type { CustomStatus, Presence, UserStatus } from './ports/presence.ts';
export type { Random } from './ports/random.ts';
export type { RoomGroup, RoomMessage, Rooms, Said, Visitor } from './ports/rooms.ts';
export { createRoomFlow, type Priority, type RoomFlow } from './rooms/flow.ts';
export { dismissedNotice, isTip, visitorTip, withCount } from './rooms/tips.ts';
export { type GuestCommand, guestUseCases, roomSettings } from './rooms/use-cases.ts';
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
export { isOnceKey, isTopic, scopeOf } from './keys.ts';
export { ROOM_DEFAULTS, type AppSettings, type RoomSettings } from './app-settings.ts';
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
  SYSTEM_CONVERSATION,
  type LogRef,
} from './conversations/conversation-id.ts';
export { aboutSeq, asTold, isMeantFor } from './messages/audience.ts';
export { tinyIDOf } from './tiny-id.ts';
export { groupLog } from './conversations/conversation-id.ts';
export { inboxLog } from './keys.ts';
export { inboxPos } from './sync/inbox-range.ts';
export { memberGroups, readMembership } from './groups/read-groups.ts';
export { runDueTimers } from './timers/due-timers.ts';
export { readHead } from './sync/read-head.ts';
export { profilesSince } from './profiles/people-told.ts';
export { readProfiles } from './profiles/read-profiles.ts';
export { conversationEventOf, inboxEventOf } from './records.ts';
export { isInOneOf } from './uploads/conversation-readers.ts';
