import { EVENT, TSignaling, TYPES } from '../src/constants.ts';
import { PROMISE_METHODS, SYNC_METHODS } from '../src/methods.ts';
import { ADDITIONS, METHOD_NOTES, STATIC_NAMES } from './notes.ts';
import type { PublishedAPI } from './published-api.ts';
import { CHAT_DIFFERENCES, TIM_DIFFERENCES } from './typing-differences.ts';

/** What one build was found to have, by looking. */
export interface Build {
  readonly methods: ReadonlySet<string>;
  /** Values of `EVENT` that it emits. */
  readonly events: ReadonlySet<string>;
}

export interface Findings {
  /** `tim-js`: the page is about what it does. */
  readonly browser: Build;
  /** The others, as a sentence names them. */
  readonly others: Readonly<Record<string, Build>>;
}

/** Markers between which `docs/compatibility.md` holds what this module makes. */
const MARKS = { begin: '<!-- generated from packages/sdk: begin -->', end: '<!-- generated: end -->' };

/** The page with its generated part made anew. */
export function withTables(page: string, published: PublishedAPI, found: Findings): string {
  const begin = page.indexOf(MARKS.begin);
  const end = page.indexOf(MARKS.end);
  if (begin === -1 || end < begin) throw new Error('docs/compatibility.md has lost its markers');
  return `${page.slice(0, begin)}${MARKS.begin}\n\n${sections(published, found).join('\n\n')}\n\n${page.slice(end)}`;
}

function sections(published: PublishedAPI, found: Findings): string[] {
  const names = publishedNames(published);
  const states = new Map(names.map((name) => [name, methodState(name, found)]));
  const events = Object.entries(EVENT).map(
    ([name, value]) => [name, value, eventState(value, found)] as const,
  );
  return [
    '## Counts',
    table(
      ['of the published API', 'names', ...STATES],
      [
        ['methods', ...counts([...states.values()])],
        ['events', ...counts(events.map(([, , state]) => state))],
        ['constants', ...counts(Object.keys(TYPES).map(() => SAME))],
        ['signaling names', ...counts(Object.keys(TSignaling).map(() => SAME))],
      ],
    ),
    '## The default export',
    table(
      ['name', 'since', 'state', 'why'],
      STATIC_NAMES.map(([name, ...rest]) => [`\`${name}\``, ...rest]),
    ),
    '## Methods',
    ...domains(names).flatMap(([domain, members]) => [
      `### ${domain}`,
      table(
        ['method', 'since', 'state', 'why'],
        members.map((name) => {
          const { state, why } = states.get(name) ?? SAME;
          return [`\`${name}\``, since(published, 'methods', name), state, why];
        }),
      ),
    ]),
    '## Events',
    table(
      ['event', 'value', 'since', 'state', 'why'],
      events.map(([name, value, { state, why }]) => [
        `\`${name}\``,
        `\`${value}\``,
        since(published, 'EVENT', name),
        state,
        why,
      ]),
    ),
    '## Constants',
    'All are the same, `TIM.TYPES` and `TIM.TSignaling`.',
    constants(published, 'TYPES', TYPES),
    constants(published, 'TSignaling', TSignaling),
    '## Typings',
    'Ours can stand in for the published ones but for these. What is `any` there has a type here.',
    ...differences('`tim-js-sdk@2.27.6`', TIM_DIFFERENCES),
    ...differences('`@tencentcloud/chat@3.6.6`', CHAT_DIFFERENCES),
    '## Ours alone',
    table(
      ['what', 'for what'],
      Object.entries(ADDITIONS).map(([name, use]) => [`\`${name}\``, use]),
    ),
  ];
}

function differences(
  typings: string,
  groups: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string[] {
  const rows = Object.values(groups).flatMap((group) => Object.entries(group));
  return [
    `### ${typings}`,
    table(
      ['where', 'how ours differ'],
      // A bar of a union would end the cell.
      rows.map(([name, reason]) => [`\`${name}\``, reason.replaceAll('|', '\\|')]),
    ),
  ];
}

const STATES = ['same', 'superset', 'other builds', 'absent'] as const;

interface State {
  readonly state: (typeof STATES)[number];
  readonly why: string;
}

const SAME: State = { state: 'same', why: '' };

function counts(states: readonly State[]): string[] {
  const each = STATES.map((name) => states.filter(({ state }) => state === name).length);
  return [states.length, ...each].map(String);
}

function methodState(name: string, { browser, others }: Findings): State {
  if (!browser.methods.has(name)) {
    const builds = buildsWith(others, ({ methods }) => methods.has(name));
    if (builds !== '') return { state: 'other builds', why: `In ${builds}; here it rejects with 2998` };
    return { state: 'absent', why: absence(name) };
  }
  const note = new Map(Object.entries(METHOD_NOTES)).get(name);
  return note === undefined ? SAME : { state: 'superset', why: note };
}

function eventState(value: string, { browser, others }: Findings): State {
  if (browser.events.has(value)) return SAME;
  const builds = buildsWith(others, ({ events }) => events.has(value));
  return builds === ''
    ? { state: 'absent', why: 'The name is there, it never fires' }
    : { state: 'other builds', why: `In ${builds}; here it never fires` };
}

function buildsWith(others: Findings['others'], has: (build: Build) => boolean): string {
  return Object.entries(others)
    .filter(([, build]) => has(build))
    .map(([what]) => what)
    .join(' and ');
}

function absence(name: string): string {
  const answers = new Map<string, unknown>(Object.entries(SYNC_METHODS));
  if (!answers.has(name)) return 'Not built yet: rejects with 2998';
  const answer = answers.get(name);
  return answer === undefined
    ? 'Not built yet: does nothing'
    : `Not built yet: answers \`${JSON.stringify(answer)}\``;
}

function publishedNames({ builds }: PublishedAPI): string[] {
  return [...new Set(Object.values(builds).flatMap(({ methods }) => methods))].toSorted();
}

/** The domains of the method table; what answers at once is not in it, so its domain is said here. */
const SYNC_DOMAINS: readonly [pattern: RegExp, domain: keyof typeof PROMISE_METHODS][] = [
  [/Signaling|Sync$/, 'signaling'],
  [/Message$/, 'message'],
  [/MessageCount$/, 'conversation'],
];

function domains(names: readonly string[]): [domain: string, members: string[]][] {
  const known = new Map<string, string>(
    Object.entries(PROMISE_METHODS).flatMap(([domain, words]) =>
      words.split(' ').map((name) => [name, domain] as const),
    ),
  );
  const domainOf = (name: string): string =>
    known.get(name) ?? SYNC_DOMAINS.find(([pattern]) => pattern.test(name))?.[1] ?? 'lifecycle';
  return Object.keys(PROMISE_METHODS).map((domain) => [
    domain,
    names.filter((name) => domainOf(name) === domain),
  ]);
}

/** The exact version where a changelog tells it, else the first probed build that has the name. */
function since(
  { builds, introduced }: PublishedAPI,
  kind: 'methods' | 'EVENT' | 'TYPES' | 'TSignaling',
  name: string,
): string {
  const exact = kind === 'TSignaling' ? undefined : introduced[kind][name];
  const has = Object.entries(builds).filter(([, build]) =>
    kind === 'methods' ? build.methods.includes(name) : name in build[kind],
  );
  const first = exact ?? `≤ ${has[0]?.[0] ?? '?'}`;
  const last = Object.keys(builds).at(-1);
  const gone = has.at(-1)?.[0] === last ? '' : `, gone after ${has.at(-1)?.[0] ?? '?'}`;
  return first + gone;
}

function constants(
  published: PublishedAPI,
  kind: 'TYPES' | 'TSignaling',
  values: Readonly<Record<string, string | number>>,
): string {
  return table(
    ['name', 'value', 'since'],
    Object.entries(values).map(([name, value]) => [
      `\`${name}\``,
      `\`${value}\``,
      since(published, kind, name),
    ]),
  );
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
