/** Every bound of what the app keeps, by name. */
export const LIMITS = {
  /** Messages of one open conversation; past it the app asks for no older ones. */
  timelineMessages: 10_000,
  /** A conversation that is left with more than this is read again when it is next opened. */
  closedTimelineMessages: 300,
  /** Conversations whose messages stay at hand after they were left. */
  timelines: 8,
  /** Pages read on opening in search of the first unread message: some two hundred messages. */
  pagesToFirstUnread: 14,
  people: 2_000,
  peoplePerRequest: 100,
  /** Messages of a live room that are kept, and rows of it on the page. */
  liveMessages: 200,
  audienceEveryMs: 10_000,
  membersPerPage: 100,
  /** Tips that arrive within this time lead to one reading of the group they tell about. */
  groupReloadMs: 300,
  /** The published numbers of people whose presence is shown, in all and asked for at once. */
  presence: 200,
  presenceAtOnce: 100,
  /** A nick, and a line about oneself. */
  profileTextBytes: 500,
  friendRemarkBytes: 96,
  friendGroupNameBytes: 30,
  drafts: 50,
  /** The SDK tells of its list twenty times a second at most. */
  listAfterAnswerMs: 100,
  /** Texts that a reload brings back; of more than these the oldest are on the page only. */
  unsentTexts: 200,
  toasts: 3,
  toastMs: 6_000,
  /** Messages of which reactions and receipts are kept; what is loaded again is asked for again. */
  messagesWithExtras: 5_000,
  /** The published numbers of messages in one request. */
  reactionsPerRequest: 20,
  receiptsPerRequest: 30,
  /** Pages of people that a list shows at most: who read a message, or reacted. */
  peoplePages: 10,
  selectedMessages: 30,
  forwardTargets: 10,
  /** Quoted messages that are not on the page, of which it is known what became of them. */
  quotedMessages: 500,
  /** How much of a quoted message goes along with its answer. */
  quoteCharacters: 120,
  /** Members that are offered while a name is typed. */
  membersOffered: 6,
  membersPagesSearched: 10,
  mentions: 30,
  /** The published time in which a sender may take a message back. */
  recallMs: 120_000,
  spotlightMs: 2_000,
  /** The published numbers of words in one search, and of bytes in a word: a character has four at most. */
  keywords: 5,
  keywordCharacters: 32,
  foundPerPage: 20,
  /** Nothing is looked for while somebody types. */
  searchPauseMs: 250,
  /** One says once in this time that one is writing; it is believed a little longer. */
  typingEveryMs: 3_000,
  typingShownMs: 5_000,
  /** Files that are sent with one choice. */
  attachments: 10,
  /** The published limits of a file by its kind; a picture that is larger goes as a file. */
  imageBytes: 20 * 1024 * 1024,
  /** The server opens none of more. */
  imagePixels: 64_000_000,
  fileBytes: 100 * 1024 * 1024,
  recordingMs: 10 * 60_000,
  /** Of a longer recording no waveform is drawn: it would have to be fetched and decoded whole. */
  waveformBytes: 8 * 1024 * 1024,
  /** The published limit of a text message's body, in bytes of UTF-8. */
  textBytes: 12 * 1024,
} as const;
