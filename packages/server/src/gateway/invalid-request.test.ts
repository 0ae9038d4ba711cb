import { commands, LIMITS } from '@sterna/protocol';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { invalidRequest } from './invalid-request.ts';

const message = { conversationID: 'C2Cbob', clientID: '1', elements: [text('hello')] };

function text(body: unknown) {
  return { type: 'TIMTextElem', payload: { text: body } };
}

test.each<[string, string, unknown, [number, string]]>([
  [
    'a text of too many characters',
    'message.send',
    { ...message, elements: [text('x'.repeat(LIMITS.messageBytes + 1))] },
    [80002, 'The message is too long: elements.0.payload.text is longer than 12288 bytes'],
  ],
  [
    'a text of too many bytes',
    'message.send',
    { ...message, elements: [text('字'.repeat(5_000))] },
    [80002, 'The message is too long: elements.0.payload.text is longer than 12288 bytes'],
  ],
  [
    'a value of another type',
    'message.send',
    { ...message, conversationID: 7 },
    [10004, 'A parameter is not valid: conversationID must be a string'],
  ],
  ['a missing key', 'conversation.read', {}, [10004, 'A parameter is not valid: conversationID is missing']],
  ['no object at all', 'message.send', 5, [10004, 'A parameter is not valid: the body must be an object']],
  [
    'an empty ID',
    'message.send',
    { ...message, conversationID: '' },
    [10004, 'A parameter is not valid: conversationID is empty'],
  ],
  [
    'an ID with a line break',
    'message.send',
    { ...message, conversationID: 'C2C\n' },
    [10004, 'A parameter is not valid: conversationID has characters that are not allowed there'],
  ],
  [
    'too many entries',
    'message.send',
    { ...message, elements: Array.from({ length: LIMITS.elements + 1 }, () => text('x')) },
    [10004, 'A parameter is not valid: elements has more than 10 entries'],
  ],
  [
    'a value that is none of those allowed',
    'message.send',
    { ...message, priority: 'Urgent' },
    [10004, 'A parameter is not valid: priority must be "High" or "Normal" or "Low" or "Lowest"'],
  ],
  [
    'a groupID that is none',
    'group.join',
    { groupID: 'ä' },
    [10015, 'The groupID is malformed: groupID has characters that are not allowed there'],
  ],
  [
    'a name of a group that is too long',
    'group.update',
    { groupID: 'g', changes: { name: 'x'.repeat(LIMITS.groupNameBytes + 1) } },
    [8502, 'The group name is empty or too long: changes.name is longer than 100 bytes'],
  ],
  [
    'a name of a group that is no text',
    'group.update',
    { groupID: 'g', changes: { name: 7 } },
    [10004, 'A parameter is not valid: changes.name must be a string'],
  ],
  [
    'a custom field that is called as a field is',
    'group.update',
    { groupID: 'g', changes: { custom: { name: 'x'.repeat(LIMITS.groupCustomValueBytes + 1) } } },
    [10004, 'A parameter is not valid: changes.custom.name is longer than 512 bytes'],
  ],
])('%s is told in a sentence', (_, name, body, [code, sentence]) => {
  const schema = commands.get(name)?.request;
  if (!schema) throw new Error('no such command');
  const { issues = [] } = v.safeParse(schema, body);
  expect(invalidRequest(name, issues)).toMatchObject({ code, message: sentence });
});
