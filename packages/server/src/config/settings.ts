import * as v from 'valibot';
import { ROOM_DEFAULTS } from '@sterna/core';
import { LIMITS } from '@sterna/protocol';
import { weaknessOf } from './secrets.ts';

/** The sentence of a rule: what the value must be. The name of the setting is put before it. */
const must = (what: string) => `must be ${what}`;

const whole = (from: number, to: number, what = '') => {
  const message = must(`a whole number from ${from} to ${to}${what && `, ${what}`}`);
  return v.pipe(v.number(message), v.integer(message), v.minValue(from, message), v.maxValue(to, message));
};

const LINK_DAYS = must('a number from 0.042 (an hour) to 36500');
const filled = (what: string) => v.pipe(v.string(must(what)), v.nonEmpty(must(what)));

const url = (what: string, schemes: readonly string[]) =>
  v.pipe(
    v.string(must(what)),
    v.check((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), must(what)),
  );

/** Of a scheme that is no network's the URL standard makes no origin: applications' own pages and mini programs send such. */
const APP_ORIGIN = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[a-z0-9._-]*(?::\d+)?$/;

/** Exactly what browsers and applications send: scheme, host and port, in lower case, with nothing after them. */
const origin = v.pipe(
  v.string(must('an origin, say "https://chat.example.com"')),
  v.check(
    (text) =>
      APP_ORIGIN.test(text) || (URL.canParse(text) && new URL(text).origin === text && text !== 'null'),
    must(
      'an origin, say "https://chat.example.com": lower case, no default port, no path, no slash at the end',
    ),
  ),
);

/** The COS SDKs sign the path from the root on: there is no room for one in front of it. */
const objectsURL = v.pipe(
  v.string(must('a text')),
  v.check(
    (text) => /^https?:\/\/[^/?#]+\/?$/.test(text) && URL.canParse(text),
    must('a URL that begins with http:// or https:// and has no path, say "https://files.example.com"'),
  ),
);

const SDKAppID = whole(1, 0xff_ff_ff_ff);

const secretKey = v.pipe(
  v.string(must('a text')),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const weakness = dataset.typed ? weaknessOf(dataset.value) : undefined;
    if (weakness !== undefined) {
      addIssue({ message: `${weakness}: make one, say with \`openssl rand -hex 32\`` });
    }
  }),
);

/** The published form of a custom field's name: what it is of, and a few letters. */
const customFields = (prefix: 'Tag_Profile_Custom_' | 'Tag_SNS_Custom_', max: number) => {
  const name = v.pipe(
    v.string(must('a text')),
    v.regex(new RegExp(`^${prefix}[A-Za-z]{1,8}$`), must(`"${prefix}" and 1 to 8 letters`)),
  );
  const list = v.pipe(
    v.array(name, must('a list of field names')),
    v.maxLength(max, `may name at most ${max} fields`),
  );
  return v.optional(list, []);
};

/** Words that texts may not say. */
const forbiddenWords = v.optional(
  v.strictObject({
    words: v.pipe(
      v.array(filled('a word'), must('a list of words')),
      v.maxLength(5_000, 'may name at most 5000 words'),
    ),
    /** Whether a text that says one is refused with 80001, or has it struck out. */
    action: v.optional(v.picklist(['refuse', 'replace'], must('"refuse" or "replace"')), 'refuse'),
  }),
);

/** Who is asked for translations, or for what a recording says. */
const provider = v.strictObject({
  url: url('a URL that begins with http:// or https://', ['http:', 'https:']),
  /** Sent as a bearer token. */
  token: v.optional(filled('a text')),
  timeoutSeconds: v.optional(whole(1, 60), 10),
});

const instances = v.optional(
  v.strictObject({
    web: v.optional(whole(0, LIMITS.sessionsPerUser), 1),
    other: v.optional(whole(0, LIMITS.sessionsPerUser), 1),
  }),
  {},
);

const loginPolicy = v.optional(
  v.picklist(['single', 'dual', 'triple', 'multi'], must('"single", "dual", "triple" or "multi"')),
  'dual',
);

const liveRooms = v.optional(
  v.strictObject({
    /** What is said beyond this in one room is dropped, the least important first. */
    messagesPerSecond: v.optional(whole(1, 10_000), ROOM_DEFAULTS.messagesPerSecond),
    /** Whoever says too much is told so, rather than that it was said. */
    refusesExcess: v.optional(v.boolean(must('true or false')), ROOM_DEFAULTS.refusesExcess),
    /** Whether anybody may listen, without a login. */
    guests: v.optional(v.boolean(must('true or false')), ROOM_DEFAULTS.guests),
    /** How many rooms a session may be in: for one more it leaves the oldest. */
    joined: v.optional(whole(1, LIMITS.roomsJoined), ROOM_DEFAULTS.joined),
    /** How many of the newest messages somebody who comes in is shown. */
    history: v.optional(whole(0, LIMITS.roomHistoryMost), ROOM_DEFAULTS.history),
  }),
  {},
);

/** One app: who may sign in, and by which rules. */
export const appConfiguration = v.strictObject({
  SDKAppID,
  /** Every key that is valid now; two while one is being replaced. */
  secretKeys: v.pipe(
    v.array(secretKey, must('a list of texts')),
    v.minLength(1, 'must name at least one key'),
    v.maxLength(5, 'may name at most 5 keys'),
  ),
  loginPolicy,
  instances,
  recallWindowSeconds: v.optional(whole(0, 7 * 24 * 3600), LIMITS.recallWindowMs / 1000),
  profileCustomFields: customFields('Tag_Profile_Custom_', LIMITS.profileCustomFields),
  friendCustomFields: customFields('Tag_SNS_Custom_', LIMITS.friendCustomFields),
  /** What a blocked user sends looks to them as if it had been sent, rather than refused. */
  hidesBlocks: v.optional(v.boolean(must('true or false')), false),
  /** One-to-one, only friends may write to each other. */
  friendsOnly: v.optional(v.boolean(must('true or false')), false),
  invitationsNeedConsent: v.optional(v.boolean(must('true or false')), false),
  forbiddenWords,
  allowedOrigins: v.optional(v.array(origin, must('a list of origins')), []),
  liveRooms,
});

const limits = v.optional(
  v.strictObject({
    /** All sockets of this process. */
    connections: v.optional(whole(1, 1_000_000), 50_000),
    /** Sockets that have not logged in yet. */
    strangers: v.optional(whole(1, 1_000_000), 5_000),
    strangersPerAddress: v.optional(whole(1, 1_000_000), 1_000),
    /** New sockets a second from one address, after a burst of ten times as many. */
    connectsPerSecond: v.optional(whole(1, 100_000), 200),
    /** Requests a second of one session in the long run, and at once. */
    requestsPerSecond: v.optional(whole(1, 1_000_000), 100),
    requestBurst: v.optional(whole(1, 1_000_000), 500),
    /** Sockets in live rooms without a login. */
    guests: v.optional(whole(0, 1_000_000), 10_000),
    /** Failed logins a minute for one account from one address; ten times as many for the address. */
    loginFailuresPerMinute: v.optional(whole(1, 10_000), 10),
  }),
  {},
);

const GIB = 1024 ** 3;

/** The service that keeps the files of messages, on a port of its own. */
export const objectsConfiguration = v.strictObject({
  port: whole(0, 65_535, '0 for any free one'),
  /** Where clients reach the object service, when that is not this host and port. */
  publicURL: v.optional(objectsURL),
  /** How long the link in a message opens its file from when the message was read; parts of a day are hours. */
  linkDays: v.optional(
    v.pipe(v.number(LINK_DAYS), v.minValue(0.041, LINK_DAYS), v.maxValue(36_500, LINK_DAYS)),
    365,
  ),
  /** Who may download: whoever has a link of a message, or only who is in a conversation that names the file. */
  readers: v.optional(v.picklist(['link', 'members'], must('"link" or "members"')), 'link'),
  /** What one user may keep. */
  userBytes: v.optional(whole(0, Number.MAX_SAFE_INTEGER), 10 * GIB),
  /** What uploads leave free on the disk: the messages live there too. */
  diskReserveBytes: v.optional(whole(0, Number.MAX_SAFE_INTEGER), GIB),
});

/** The configuration file, and what the environment is brought into. Unknown names are refused: a typo must not pass for a default. */
export const configuration = v.strictObject({
  host: v.optional(filled('a host name or an address'), '127.0.0.1'),
  port: v.optional(whole(0, 65_535, '0 for any free one'), 8080),
  data: v.optional(filled('a folder'), './data'),
  databaseURL: v.optional(url('a URL that begins with postgres://', ['postgres:', 'postgresql:'])),
  natsURL: v.optional(url('a URL that begins with nats:// or tls://', ['nats:', 'tls:'])),
  objects: v.optional(objectsConfiguration),
  metrics: v.optional(
    v.strictObject({
      host: v.optional(filled('a host name or an address'), '127.0.0.1'),
      port: whole(0, 65_535, '0 for any free one'),
    }),
  ),
  /** Both ways of asking are in `docs/operations.md`. */
  translation: v.optional(provider),
  transcription: v.optional(provider),
  trustedProxies: v.optional(
    v.array(
      v.pipe(
        v.string(must('an address')),
        v.regex(/^[0-9a-f.:]+(\/\d{1,3})?$/i, must('an address or a range, say "10.0.0.0/8"')),
      ),
      must('a list of addresses'),
    ),
    [],
  ),
  allowedOrigins: v.optional(v.array(origin, must('a list of origins')), []),
  logLevel: v.optional(
    v.picklist(
      ['debug', 'info', 'warn', 'error', 'silent'],
      must('"debug", "info", "warn", "error" or "silent"'),
    ),
  ),
  /** Whole addresses in the log, rather than shortened ones. */
  logAddresses: v.optional(v.boolean(must('true or false')), false),
  drainSeconds: v.optional(whole(0, 600), 10),
  /** Whether messages and names are put into a full-text index. */
  search: v.optional(v.boolean(must('true or false')), true),
  limits,
  apps: v.optional(
    v.pipe(
      v.array(appConfiguration, must('a list of apps')),
      v.check(
        (apps) => new Set(apps.map((app) => app.SDKAppID)).size === apps.length,
        'names one SDKAppID twice',
      ),
    ),
    [],
  ),
});

export type Provider = v.InferOutput<typeof provider>;
export type Configuration = v.InferOutput<typeof configuration>;
export type AppConfiguration = Configuration['apps'][number];
export type LogLevel = NonNullable<Configuration['logLevel']>;

/** What the server is built from. In development no app is configured: the demo app takes the place, and the development routes exist. */
export interface Settings extends Configuration {
  readonly mode: 'development' | 'production';
}
