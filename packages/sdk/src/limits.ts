/**
 * The engine's bounds. Those of the protocol are written out here, because a table with everything in it would be
 * shipped whole for a few numbers; a test holds them equal.
 */

// Of the protocol.
export const FRAME_BYTES = 64 * 1024;
export const MESSAGE_BYTES = 12 * 1024;
export const MERGER_PART_BYTES = 48 * 1024;
export const HEARTBEAT_MS = 25_000;
export const REQUEST_DEADLINE_MS = 15_000;
export const SEND_DEADLINE_MS = 60_000;
export const HISTORY_PAGE = 15;
export const CONVERSATIONS_LISTED = 500;
export const CONVERSATIONS_DELETED = 100;
export const GROUP_MEMBERS_PAGE = 100;
export const PROFILES_READ = 100;
export const FRIENDS_READ = 100;
export const STATUSES_FOLLOWED = 200;
export const STATUSES_FOLLOWED_AT_ONCE = 100;

// Of this side of the wire.
/** A socket that has not opened by then is given up: some phones leave it in CONNECTING for ever. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** From an open socket to the answer to the login; the server gives up after as long. */
export const ACCEPT_TIMEOUT_MS = 10_000;
/** How long `login()` keeps trying where nothing answers. */
export const LOGIN_DEADLINE_MS = 20_000;
/** Where every attempt is refused at once, `login()` says so after this many, and this long: a server restarts in less. */
export const LOGIN_REFUSALS = 3;
export const LOGIN_REFUSED_MS = 6_000;
/** How long a logout waits for the server to say yes; it counts as done here in any case. */
export const LOGOUT_GRACE_MS = 2_000;
/** A chat that takes longer to notice that the network is back feels broken. */
export const BACKOFF_CAP_MS = 20_000;
export const BACKOFF_BASE_MS = 1_000;
/** Silence for this long after something was sent is a reason to ask. */
export const ANSWER_MS = 5_000;
/** A quiet socket must answer within this, one that somebody waits for (a page just shown) sooner. */
export const PROBE_MS = 5_000;
export const WAKE_PROBE_MS = 3_000;
/** A timer this late was throttled or slept through, so what it was to tell is not known. */
export const TIMER_LATE_MS = 5_000;
/** After an errand that failed though the connection stands. */
export const ERRAND_RETRY_MS = 5_000;
/** Requests on the wire at once; the server takes four times as many. */
export const WINDOW = 64;
/** Requests, and messages to be sent, that may wait; the next is refused with 2996. */
export const QUEUE = 1_000;
/** Pushes that overtook others are usually followed by them at once: only then is a gap worth a request. */
export const GAP_GRACE_MS = 150;
/** Stretches of one log that may wait for the gap before them; more are dropped and read again. */
export const RANGES_AHEAD = 64;
/** Logs that are read at once after an absence. */
export const PULLS_AT_ONCE = 4;
/** Ranges of groups that came before the inbox said that they are mine. */
export const ORPHAN_RANGES = 256;
/** After a reading that failed though the connection stands. */
export const PULL_RETRY_MS = 2_000;
/** The cursor may take this much of the login frame; what does not fit comes back as snapshots. */
export const CURSOR_BYTES = 40_000;
/** Messages kept of one conversation besides those that the user paged back to. */
export const MESSAGES_KEPT = 200;
/** Messages kept of one conversation in all. */
export const MESSAGES_HELD = 1_000;
/** Groups of whose attributes the newest known state is remembered; those of others are changed whatever they are. */
export const REVISIONS_HELD = 1_000;
/** Topics that were taken away: an answer that was on its way then comes soon, or not any more. */
export const TOPICS_GONE = 1_000;
/** IDs of messages by which a live room's are known again. */
export const IDS_OF_ROOM = 200;
/** Messages of one conversation that could not be sent and are still shown. */
export const LOCALS_HELD = 100;
/** List events come at once, then at most this often. */
export const LIST_THROTTLE_MS = 50;
/** What the offline cache keeps of one app: the lists, and the newest messages of each conversation. */
export const CACHED_CONVERSATIONS = 100;
export const CACHED_MESSAGES = 20;
/** Mini programs may keep 1 MB under one name; most of these need one byte, none more than three. */
export const CACHED_CHARS = 300_000;
/** What changed is kept after this; together with what changes meanwhile. */
export const CACHE_WRITE_MS = 1_000;
/** A storage that has not answered by then is not waited for. */
export const CACHE_READ_MS = 500;
/** Events that may wait for a loop over them; the next ends it with 2996. */
export const EVENTS_HELD = 1_000;
/** Profiles of others are asked for again after this: long enough for a screen full of messages of one sender. */
export const PROFILE_FRESH_MS = 5_000;
export const PROFILES_HELD = 1_000;
