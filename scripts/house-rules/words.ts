import type { Violation } from './violation.ts';

/** What no tracked text may say, line by line, and why. */
const BANNED: readonly { pattern: RegExp; text: string }[] = [
  {
    pattern: /registry\.[a-z.]*(?:npm|yarn)[a-z]*\.|npmmirror\.|deb\.debian\./,
    text: 'names a registry host: installs use whichever registry the machine is set to',
  },
  {
    pattern: /(?:^|[^\w.])\/(?:work|farm|root|Users\/\w+|home\/\w+)\//,
    text: "names a path of somebody's machine",
  },
  { pattern: /\bsub-?agents?\b/i, text: 'speaks of who wrote it, not of the project' },
  { pattern: /^(?:<{7}|>{7})(?: |$)/, text: 'is an unfinished merge' },
];

/** In code only: checks that are switched off, and what fails on another machine. */
const IN_CODE: readonly { pattern: RegExp; text: string }[] = [
  {
    pattern: /\/[/*]\s*(?:oxlint|eslint)-disable(?!.* -- \S)/,
    text: 'switches a check off without a reason after ` -- `',
  },
  { pattern: /@ts-(?:ignore|nocheck)\b/, text: 'switches the type checker off' },
  { pattern: /@ts-expect-error\s*$/, text: 'expects a type error without saying why' },
  { pattern: /\b(?:it|test|describe)\.(?:only|skip|todo|fails)\b/, text: 'leaves tests out' },
  {
    pattern: /import\.meta\.url\)\.pathname/,
    text: 'takes a URL for a path: a space in it is %20, so use fileURLToPath',
  },
];

/** In the domain: a rule of one kind of group that stands anywhere but in the table of kinds. */
const OF_KINDS = {
  pattern: /'(?:Private|Public|ChatRoom|AVChatRoom|Community)'/,
  text: 'names a kind of group: what kinds differ in stands in groups/kinds.ts',
};

const isDomain = (path: string): boolean =>
  path.startsWith('packages/core/src/') && !/\.test\.ts$|\/testing\/|\/groups\/kinds\.ts$/.test(path);

/** Holds every line of a tracked text against the banned words. */
export function checkWords(path: string, text: string): Violation[] {
  const code = /\.[cm]?[jt]sx?$/.test(path) ? IN_CODE : [];
  const banned = [...BANNED, ...code, ...(isDomain(path) ? [OF_KINDS] : [])];
  return text
    .split('\n')
    .flatMap((line, index) =>
      banned
        .filter(({ pattern }) => pattern.test(line))
        .map((rule) => ({ path, line: index + 1, text: rule.text })),
    );
}
