/**
 * Every bound of the protocol and the domain, once. Sizes are bytes of UTF-8 unless the name says otherwise.
 * Values are those of the published service where it names one.
 */
export const LIMITS = {
  // frames
  frameBytes: 64 * 1024,
  loginFrameBytes: 48 * 1024,
  /** Merged messages inside of merged ones take five levels each. */
  jsonDepth: 128,
  /** As many as a frame full of short merged messages has. */
  jsonKeys: 4000,
  /** Bytes that may wait for one socket before it is closed as a slow reader. */
  socketQueueBytes: 1024 * 1024,
  /** Requests of one session that may be unanswered at once. */
  requestsInFlight: 256,

  // time
  loginDeadlineMs: 10_000,
  /** The server pings a silent client every half of this. A hidden tab answers pings though its timers sleep. */
  idleMs: 90_000,
  heartbeatMs: 25_000,
  sweepMs: 5_000,
  requestDeadlineMs: 15_000,
  /** How long the outbox retries a send across lost connections before it fails. */
  sendDeadlineMs: 60_000,

  // identifiers
  userIDBytes: 32,
  groupIDBytes: 48,
  topicIDBytes: 96,
  conversationIDBytes: 128,
  clientIDBytes: 64,
  instanceIDBytes: 64,
  userSigBytes: 4096,

  // messages
  messageBytes: 12 * 1024,
  elements: 10,
  cloudCustomDataBytes: 4096,
  /** As JSON: what the services that wake phones take. */
  offlinePushBytes: 4096,
  atUsers: 30,
  receivers: 50,
  historyPage: 15,
  historyPageMax: 100,
  syncPage: 200,
  recallWindowMs: 120_000,
  recallReasonBytes: 256,
  messagesDeleted: 50,
  receiptsSent: 30,
  readMembersPage: 100,
  extensionKeyBytes: 100,
  extensionValueBytes: 1024,
  extensionsSet: 20,
  extensionsOfMessage: 300,
  reactionKinds: 10,
  reactionUsers: 100,
  reactionsRead: 20,
  reactionUsersShown: 10,

  mergedMessages: 300,
  /** A merged message whose list is kept apart. */
  mergerBytes: 1024 * 1024,
  /** Other lists kept apart that a message names, or its list, or theirs. */
  mergersInside: 100,
  mergerKeyLength: 64,
  /** One part of such a list: with its envelope, a frame. */
  mergerPartBytes: 48 * 1024,
  /** Such a list that no message uses by then is collected. */
  mergerUnsentMs: 24 * 3600 * 1000,
  textsTranslated: 20,
  languageBytes: 16,

  // conversations
  conversationsListed: 500,
  /** Unread messages of one conversation handed over with a fresh login; older ones come by history. */
  backlogPerConversation: 15,
  conversationsDeleted: 100,
  conversationCustomDataBytes: 256,
  conversationsAtOnce: 100,
  conversationsPinned: 50,
  conversationGroups: 20,
  conversationGroupNameBytes: 32,
  conversationsInGroup: 1000,
  usersMuted: 30,

  // groups
  groupNameBytes: 100,
  groupIntroductionBytes: 240,
  groupNotificationBytes: 300,
  avatarBytes: 500,
  /** Of the picture, where it is a file of this server: everybody who sees the user or the group loads it. */
  avatarFileBytes: 1024 * 1024,
  groupMembersAdded: 500,
  groupMembersPage: 100,
  /** Lists of members that one session goes through by number at a time: of more, each page is counted up to. */
  memberListsWalked: 8,
  groupsJoined: 1000,
  groupMembersRead: 50,
  /** Stays of one user in one group whose messages can still be read when they are over: of more, the newest. */
  pastMemberships: 100,
  groupCustomFields: 20,
  groupCustomValueBytes: 512,
  memberCustomFields: 5,
  memberCustomValueBytes: 64,
  /** Waiting in one group for its admins; who comes after is told so. Of all groups of an admin the newest so many are listed. */
  groupApplications: 100,
  /** Waiting for one user to agree: whom more want is over the limit. */
  groupInvitations: 100,
  pinnedMessages: 10,
  attributes: 16,
  attributeKeyBytes: 32,
  attributeValueBytes: 4096,
  attributesBytes: 16 * 1024,
  /** Changes, and readings, of attributes by one connection, at once and then in so long; and calls upon counters, of either kind. */
  attributeChanges: 10,
  attributeReadings: 20,
  counterCalls: 20,
  groupCallsMs: 5_000,
  counters: 20,
  counterKeyBytes: 128,
  nameCardBytes: 50,
  applyMessageBytes: 300,

  // live rooms
  /** Messages of one room a second; what is too much is dropped, the least important first. */
  roomMessagesPerSecond: 40,
  /** Tips of coming and going in one room a second. */
  roomTipsPerSecond: 5,
  /** The newest messages, which somebody who comes in is shown. */
  roomHistory: 20,
  roomHistoryMost: 50,
  /** Rooms that one session may be in where the app allows several. */
  roomsJoined: 20,
  roomsOwned: 50,
  roomAdmins: 5,
  /** The newest of those in a room are listed. */
  roomMembersListed: 1000,
  roomMarkKinds: 10,
  roomMarkLeast: 1000,
  roomMembersMarked: 500,
  roomBansPage: 100,
  /** Somebody whose connection breaks for no longer than this has not left. */
  roomGraceMs: 10_000,
  /** How often nodes say how many are in a room with them; one that said nothing for so many times as long is forgotten. */
  roomBeatMs: 10_000,
  roomBeatsMissed: 3,

  // topics
  /** Of one community. */
  topics: 200,
  /** With all communities of one user: those with the newest messages are handed over with a login. */
  topicsSynced: 500,
  topicNameBytes: 100,
  topicCustomDataBytes: 3000,

  // profiles
  nickBytes: 500,
  selfSignatureBytes: 500,
  locationBytes: 16,
  profilesRead: 100,
  /** What a list of users may hold as a name: longer than any userID, so that one that is too long fails alone. */
  namedUserBytes: 256,
  profileCustomFields: 20,
  profileCustomValueBytes: 500,
  /** How many others a change of a profile is pushed to. */
  peopleTold: 1000,
  /** A device that is back is told of changes from so long before it last heard of a server: clocks differ, and commits take their time. */
  profilesToldAgainMs: 60_000,

  // relations
  blacklist: 1000,
  friends: 3000,
  friendsPage: 100,
  friendsChanged: 100,
  friendsChecked: 1000,
  friendApplications: 100,
  friendRemarkBytes: 96,
  friendWordingBytes: 256,
  friendGroups: 32,
  friendGroupNameBytes: 30,
  friendCustomFields: 20,
  friendCustomValueBytes: 500,
  following: 5000,
  followsChanged: 20,
  followsPage: 500,
  followsRead: 100,

  // search
  searchKeywords: 5,
  searchKeywordBytes: 128,
  searchSenders: 5,
  searchTypes: 16,
  searchGroups: 50,
  searchPage: 100,
  /** The newest so many that the index names are looked at: what is counted is at most this, in all conversations together. */
  searchHits: 5_000,
  searchCursorMs: 120_000,
  /** Searches for messages by one connection, at once and in each second. */
  searchesPerSecond: 2,
  // signaling
  inviteIDBytes: 64,
  invitees: 100,
  /** A week: a device that logs in later than this after an invitation without a timeout is not told of it. */
  invitationTimeoutS: 7 * 24 * 3600,
  invitationsListed: 100,
  /** How often the store is asked which timers come next: more often than the shortest of them lasts. */
  timerLookMs: 500,
  /** Timers that one look takes; those beyond wait for the next. */
  timersTaken: 500,

  // files
  fileNameBytes: 1024,
  objectKeyBytes: 850,

  // presence
  customStatusBytes: 100,
  statusesRead: 500,
  /** Readings of statuses by one connection, at once and then in so long. */
  statusReadings: 20,
  statusReadingsMs: 5_000,
  statusesSubscribedAtOnce: 100,
  statusesSubscribed: 200,
  /** A connection that breaks for no longer than this does not make its user show as offline. */
  statusGraceMs: 10_000,
  /** After its start a server waits so long for devices to come back: longer than the longest pause between two attempts of the SDK. */
  statusReturnMs: 30_000,
  /** How long other nodes have to say whether a user is with them. */
  statusAskMs: 200,
  /** How often nodes are asked again of whom they have said something: one that died says nothing. */
  statusRefreshMs: 60_000,

  // sessions
  sessionsPerUser: 100,
  /** The newest notices of a user; older ones are not shown any more, and unread no longer. */
  systemNoticesKept: 100,
  /** Those that are older when their user logs in fall out too. */
  systemNoticesKeptMs: 7 * 24 * 3600 * 1000,
} as const;
