import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { acceptanceOf } from './acceptance.ts';
import { commands } from './commands/index.ts';

/** Values that a schema may accept, and neighbours of them that it may not: made from the schema, without the code under test. */
function near(schema: v.GenericSchema): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: aimed(schema) }, { weight: 1, arbitrary: fc.jsonValue() });
}

const TEXTS = fc.oneof(fc.constantFrom('C2Cbob', '1', 'é', ''), fc.string({ maxLength: 70 }));
const NUMBERS = fc.oneof(fc.nat(100), fc.constantFrom(0, 1, -1, 0.5, 2 ** 53, 50));

function aimed(schema: v.GenericSchema): fc.Arbitrary<unknown> {
  const parts = schema as unknown as {
    type: string;
    literal: unknown;
    options: readonly (v.GenericSchema & string)[];
    item: v.GenericSchema;
    wrapped: v.GenericSchema;
    entries: Record<string, v.GenericSchema>;
    value: v.GenericSchema;
  };
  switch (parts.type) {
    case 'string':
      return TEXTS;
    case 'number':
      return NUMBERS;
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(parts.literal);
    case 'picklist':
      return fc.constantFrom(...parts.options);
    case 'variant':
      return fc.oneof(...parts.options.map(near));
    case 'array':
      return fc.array(near(parts.item), { maxLength: 3 });
    case 'record':
      return fc.dictionary(TEXTS, near(parts.value), { maxKeys: 2 });
    case 'object':
    case 'loose_object':
      return object(parts.entries);
    default:
      return fc.jsonValue();
  }
}

function object(entries: Record<string, v.GenericSchema>): fc.Arbitrary<unknown> {
  const wrapped = (schema: v.GenericSchema) =>
    schema.type === 'optional' ? (schema as unknown as { wrapped: v.GenericSchema }).wrapped : schema;
  const names = Object.keys(entries).filter((name) => entries[name]?.type !== 'optional');
  const model = Object.fromEntries(Object.entries(entries).map(([name, one]) => [name, near(wrapped(one))]));
  const members = fc.record(model, { requiredKeys: names });
  return fc.oneof(
    { weight: 12, arbitrary: members },
    { weight: 1, arbitrary: members.map((value) => ({ ...value, unnamed: 1 })) },
    { weight: 1, arbitrary: members.map((value) => Object.fromEntries(Object.entries(value).slice(1))) },
  );
}

describe.each([...commands.values()].map(({ name, request }) => ({ name, request })))(
  '$name',
  ({ request }) => {
    test('what is passed at once is what the schema accepts, and gives back as it is', () => {
      const accepts = acceptanceOf(request);
      fc.assert(
        fc.property(near(request), (made) => {
          const value: unknown = JSON.parse(JSON.stringify(made));
          if (!accepts(value)) return;
          const parsed = v.safeParse(request, value);
          expect(parsed.success).toBe(true);
          expect(parsed.output).toStrictEqual(value);
        }),
        { numRuns: 100 },
      );
    });
  },
);

const TEXT = { type: 'TIMTextElem', payload: { text: 'hello' } };
const SEND = { conversationID: 'C2Cbob', clientID: '1700000000-1', elements: [TEXT] };
const accepts = acceptanceOf(commands.get('message.send')?.request ?? v.never());

test.each([
  ['a text', SEND, true],
  ['with what may be there', { ...SEND, priority: 'High', atUsers: ['ann'], cloudCustomData: '{}' }, true],
  ['two elements', { ...SEND, elements: [TEXT, TEXT] }, true],
  ['no elements', { ...SEND, elements: [] }, false],
  ['a member too many', { ...SEND, other: 1 }, false],
  ['one too many inside', { ...SEND, elements: [{ ...TEXT, other: 1 }] }, false],
  ['a member missing', { clientID: '1-1', elements: [TEXT] }, false],
  ['an ID that is no ID', { ...SEND, clientID: 'é' }, false],
  [
    'a text too long',
    { ...SEND, elements: [{ type: 'TIMTextElem', payload: { text: 'é'.repeat(6145) } }] },
    false,
  ],
  ['an unknown type', { ...SEND, elements: [{ type: 'Other', payload: {} }] }, false],
  ['an array for an object', [SEND], false],
  ['nothing', null, false],
])('message.send: %s', (_, value, expected) => {
  expect(accepts(value)).toBe(expected);
});
