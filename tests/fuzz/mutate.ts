import type { SeededRandom } from '@sterna/core/testing';
import { CORPUS } from './corpus.ts';

/** One text frame to send, and what was done to it. */
export interface FuzzFrame {
  kind: string;
  text: string;
}

type Tree = null | boolean | number | string | Tree[] | { [name: string]: Tree };
type Mutation = (frame: [number, string, Tree], random: SeededRandom) => string;

/** What has broken parsers and programs before, as values. */
const ODD_VALUES: [Tree, ...Tree[]] = [
  null,
  true,
  -1,
  0.5,
  2 ** 53,
  -(2 ** 53),
  1e308,
  -0,
  '',
  ' ',
  '0',
  'null',
  '__proto__',
  'constructor',
  '\0',
  '\ud800',
  '\udfff\ud800',
  '‮abc',
  '👨‍👩‍👧‍👦',
  "'; DROP TABLE records; --",
  '%00%2e%2e%2f',
  '../../etc/passwd',
  'C2C',
  'GROUP',
  '@TIM#SYSTEM',
  'C2C\n',
  [],
  {},
  [[]],
  [null],
  { length: 2 ** 31 },
];

/** The same as JSON text that no value makes. */
const ODD_TEXTS: [string, ...string[]] = [
  '1e999',
  '-1e999',
  '9007199254740993',
  '1E+400',
  '0.1e-400',
  '01',
  'NaN',
  'Infinity',
  'undefined',
  '\u0000',
  '"\u0001"',
  '"\\ud800"',
  '"\\u0000"',
  '"\\x41"',
  '"unterminated',
  '{"a":1,"a":2}',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"\\u005f_proto__":{"polluted":true}}',
  '{"toJSON":1,"then":1}',
  '[1,]',
  '{,}',
  '/* */1',
];

/** Fields that a client may not decide. */
const FOREIGN_FIELDS = [
  'role',
  'isAdmin',
  'seq',
  'pos',
  'timeMs',
  'from',
  'app',
  'SDKAppID',
  'epoch',
  'ownerID',
  'countable',
];

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  untouched: (frame) => JSON.stringify(frame),
  oddValue: (frame, random) => withLeaf(frame, random, JSON.stringify(random.pick(ODD_VALUES))),
  oddText: (frame, random) => withLeaf(frame, random, random.pick(ODD_TEXTS)),
  foreignField([id, name, body], random) {
    const extra = Object.fromEntries(FOREIGN_FIELDS.map((field) => [field, random.pick(ODD_VALUES)]));
    return JSON.stringify([id, name, { ...Object(body), ...extra }]);
  },
  missingField([id, name, body], random) {
    const names = typeof body === 'object' && body !== null ? Object.keys(body) : [];
    const left = names.filter(() => random.chance(0.5));
    return JSON.stringify([
      id,
      name,
      Object.fromEntries(left.map((field) => [field, Reflect.get(Object(body), field)])),
    ]);
  },
  deep(frame, random) {
    const depth = random.pick([125, 129, 400, 5000]);
    const open = random.chance(0.5) ? ['[', ']'] : ['{"a":', '}'];
    const inner = open[0] === '[' ? '' : '1';
    return withLeaf(frame, random, `${open[0]?.repeat(depth)}${inner}${open[1]?.repeat(depth)}`);
  },
  wide: (frame, random) => {
    const count = random.pick([500, 1001, 4000]);
    const members = Array.from({ length: count }, (_, index) => `"k${index}":0`);
    return withLeaf(
      frame,
      random,
      random.chance(0.5) ? `{${members.join(',')}}` : `[${'0,'.repeat(count)}0]`,
    );
  },
  long: (frame, random) =>
    withLeaf(
      frame,
      random,
      JSON.stringify(random.pick(['x', '你', '🐦', '\\', '"']).repeat(random.below(14_000))),
    ),
  id: ([, name, body], random) =>
    `[${random.pick(['0', '-1', '1.5', '"1"', 'null', '9007199254740993', '1e308', '[]'])},${JSON.stringify([name, body]).slice(1)}`,
  command: ([id, , body], random) =>
    JSON.stringify([
      id,
      random.pick([
        '',
        '__proto__',
        'constructor',
        'toString',
        'message',
        'session.login',
        'x'.repeat(65),
        'message.send\0',
      ]),
      body,
    ]),
  shape: ([id, name, body], random) =>
    JSON.stringify(
      random.pick<unknown>([
        [id],
        [id, name],
        [id, name, body, body],
        { id, name, body },
        [[id, name, body]],
        id,
        name,
        null,
      ]),
    ),
  bytes(frame, random) {
    const text = JSON.stringify(frame).split('');
    for (let change = 1 + random.below(4); change > 0; change--) {
      text[random.below(text.length)] = String.fromCharCode(random.below(random.pick([0x80, 0x800, 0xffff])));
    }
    return text.join('');
  },
  cut: (frame, random) => JSON.stringify(frame).slice(0, random.below(JSON.stringify(frame).length)),
  splice(frame, random) {
    const [one, other] = [JSON.stringify(frame), JSON.stringify([1, ...random.pick(REQUESTS)])];
    return one.slice(0, random.below(one.length)) + other.slice(random.below(other.length));
  },
  noise: (_, random) =>
    Array.from({ length: random.below(300) }, () => String.fromCharCode(random.below(0xffff))).join(''),
};

const [firstRequest = ['session.ping', {}], ...otherRequests] = CORPUS as unknown as [string, Tree][];
const REQUESTS: [[string, Tree], ...[string, Tree][]] = [firstRequest, ...otherRequests];
/** The ways a frame can be changed. */
export const KINDS = Object.keys(MUTATIONS);

const [firstKind = 'untouched', ...otherKinds] = KINDS;

/** A frame of the corpus, or a login, changed in one of the ways above. The same random stream gives the same frames. */
export function fuzzFrame(id: number, random: SeededRandom, login?: Tree): FuzzFrame {
  const kind = random.pick([firstKind, ...otherKinds]);
  const [name, body] =
    login !== undefined && random.chance(0.7) ? ['session.login', login] : random.pick(REQUESTS);
  const text = MUTATIONS[kind]?.([id, name, body], random) ?? '';
  return { kind, text: text.toWellFormed() };
}

/** The frame as text with one value, somewhere in its body, replaced by any text. */
function withLeaf(frame: [number, string, Tree], random: SeededRandom, text: string): string {
  const mark = '\u0001mark\u0001';
  const [id, name, body] = frame;
  const marked = JSON.stringify([id, name, markLeaf(structuredClone(body), random, mark)]);
  return marked.replace(JSON.stringify(mark), () => text);
}

function markLeaf(tree: Tree, random: SeededRandom, mark: string): Tree {
  if (typeof tree !== 'object' || tree === null || random.chance(0.1)) return mark;
  const [first, ...others] = Object.keys(tree);
  if (first === undefined) return mark;
  const name = random.pick([first, ...others]);
  if (Array.isArray(tree)) tree[Number(name)] = markLeaf(tree[Number(name)] ?? null, random, mark);
  else tree[name] = markLeaf(tree[name] ?? null, random, mark);
  return tree;
}
