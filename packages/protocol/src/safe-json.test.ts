import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMemberName, JsonRefusal, parseJson } from './safe-json.ts';
import { LIMITS } from './limits.ts';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const members = (count: number): string =>
  `{${Array.from({ length: count }, (_, index) => `"k${index}":0`).join(',')}}`;

describe('parseJson', () => {
  test.each<[string, string]>([
    ['an empty text', ''],
    ['half a frame', '[1,"message.send",{"a":'],
    ['two values', '1 2'],
    ['a comment', '[1] // x'],
    ['NUL', '\0'],
    ['a bare word', 'undefined'],
    ['NaN', '[NaN]'],
    ['a number past the largest', '[1e999]'],
    ['a number past the smallest', '{"a":[-1e309]}'],
    ['__proto__', '{"__proto__":{"isAdmin":true}}'],
    ['__proto__ deep inside', '[1,"x",{"a":[{"__proto__":1}]}]'],
    ['an escaped __proto__', String.raw`{"\u005f_proto__":1}`],
    ['constructor', '{"constructor":{"x":1}}'],
    ['prototype', '{"prototype":{"x":1}}'],
    ['a repeated name', '{"a":1,"a":2}'],
    ['a repeated name, once escaped', String.raw`{"a":1,"\u0061":2}`],
    ['a repeated name in an inner object', '[{"b":{"a":1,"c":2,"a":3}}]'],
    ['a repeated name beside colons in strings', '{"a":"x:y","a":"::"}'],
    ['a repeated name after an escaped quote', String.raw`{"a":"\":","a":"\\"}`],
    ['one level too many', nested(LIMITS.jsonDepth + 1)],
    ['one member too many', members(LIMITS.jsonKeys + 1)],
    ['thousands of levels', nested(30_000)],
    ['levels of objects', '{"a":'.repeat(LIMITS.jsonDepth + 1) + '1' + '}'.repeat(LIMITS.jsonDepth + 1)],
  ])('refuses %s', (_, text) => {
    expect(() => parseJson(text)).toThrow(JsonRefusal);
  });

  test.each<[string, string]>([
    ['the deepest allowed', nested(LIMITS.jsonDepth)],
    ['the most members allowed', members(LIMITS.jsonKeys)],
    ['a large finite number', '1e308'],
    ['colons inside strings', String.raw`{"a":"http://b:8/\\","c\":d":[":",{"e":"\\\":"}]}`],
    ['names of Object.prototype that are harmless', '{"toString":1,"hasOwnProperty":2}'],
    ['a lone surrogate', String.raw`["\ud800"]`],
    ['the same name in different objects', '[{"a":1},{"a":1},{"b":{"a":1}}]'],
  ])('accepts %s', (_, text) => {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('names its reason and code, and repeats nothing of the text', () => {
    const read = (): unknown => parseJson('{"userSig":"canary-of-a-secret"');
    expect(read).toThrow(expect.objectContaining({ reason: 'badJson', code: 60003 }));
    expect(read).not.toThrow(/canary/);
  });

  test('narrower bounds hold as well', () => {
    expect(() => parseJson('[[1]]', { depth: 1, keys: 10 })).toThrow('more than 1 levels');
    expect(() => parseJson('{"a":1,"b":2}', { depth: 9, keys: 1 })).toThrow('more than 1 members');
  });

  test('agrees with the engine on every JSON value within the bounds', () => {
    const name = fc.string().filter((text) => isMemberName(text));
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 6, withCrossShrink: true },
        fc.jsonValue({ maxDepth: 0 }),
        fc.array(tie('value'), { maxLength: 5 }),
        fc.dictionary(name, tie('value'), { maxKeys: 5 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1), (original, indent) => {
        const text = JSON.stringify(original, undefined, indent);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { seed: 20261123, numRuns: 2000 },
    );
  });

  test('finds a repeated name wherever it stands', () => {
    const inner = fc.dictionary(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.oneof(fc.string({ unit: 'binary' }), fc.integer()),
      {
        minKeys: 1,
        maxKeys: 6,
      },
    );
    fc.assert(
      fc.property(inner, fc.nat(), fc.string({ unit: 'binary' }), (object, pick, value) => {
        const names = Object.keys(object);
        const again = `${JSON.stringify(names[pick % names.length])}:${JSON.stringify(value)}`;
        const text = `[{"outer":${JSON.stringify(object).slice(0, -1)},${again}}}]`;
        expect(() => parseJson(text)).toThrow(JsonRefusal);
      }),
      { seed: 20261123, numRuns: 2000 },
    );
  });

  test('leaves Object.prototype alone', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).toSorted();
    expect(() => parseJson('{"__proto__":{"polluted":1}}')).toThrow(JsonRefusal);
    expect(() => parseJson('{"constructor":{"prototype":{"polluted":1}}}')).toThrow(JsonRefusal);
    expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(before);
  });
});
