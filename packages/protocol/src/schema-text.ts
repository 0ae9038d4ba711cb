import type * as v from 'valibot';
import { commands } from './commands/index.ts';
import { conversationSnapshot } from './commands/conversation.ts';
import { groupInfo, groupMember } from './commands/group-info.ts';
import { cursor, syncPage } from './commands/session.ts';
import { messageElement, storedElement } from './elements.ts';
import { conversationEvent, inboxEvent, messageEvent, profile } from './events.ts';
import { conversationRange, inboxRange, pushes } from './frame.ts';
import * as ids from './ids.ts';
import { platform, userStatus } from './user-status.ts';

/** Schemas that are spoken of by name; each is described once, on its own. */
export const NAMED: Readonly<Record<string, v.GenericSchema>> = {
  conversationRange,
  inboxRange,
  conversationEvent,
  inboxEvent,
  messageEvent,
  messageElement,
  storedElement,
  conversationSnapshot,
  syncPage,
  cursor,
  groupInfo,
  groupMember,
  profile,
  userStatus,
  platform,
  userID: ids.userID,
  groupID: ids.groupID,
  conversationID: ids.conversationID,
  clientID: ids.clientID,
  instanceID: ids.instanceID,
  count: ids.count,
};

const NAME_OF = new Map<unknown, string>(Object.entries(NAMED).map(([name, schema]) => [schema, name]));

/** A schema or an action of one, as far as it can be described without running it. */
interface Described {
  readonly kind?: string;
  readonly type: string;
  readonly [detail: string]: unknown;
}

/**
 * A schema as text, in one order: the same for the same wire, whatever the code looks like. Named schemas inside it show as their names.
 * The protocol's hash and its documentation are made of it.
 */
export function schemaText(schema: v.GenericSchema): string {
  return whole(schema as unknown as Described);
}

function describe(schema: Described): string {
  return NAME_OF.get(schema) ?? whole(schema);
}

function whole(schema: Described): string {
  const { pipe } = schema;
  if (Array.isArray(pipe)) {
    const [base, ...actions] = pipe as Described[];
    const rules = actions.map(rule).filter((text) => text !== '');
    return `${base === undefined ? '' : shape(base)}${rules.length > 0 ? ` {${rules.join(', ')}}` : ''}`;
  }
  return shape(schema);
}

/** A rule that is a function of ours shows as its message: the bound is named there. */
function rule(action: Described): string {
  if (action.type === 'check') return typeof action['message'] === 'string' ? action['message'] : 'check';
  const { requirement } = action;
  if (requirement instanceof RegExp) return `matches ${requirement.source}`;
  return typeof requirement === 'number' ? `${action.type} ${requirement}` : action.type;
}

function shape(schema: Described): string {
  switch (schema.type) {
    case 'object':
    case 'loose_object':
      return object(schema['entries'] as Record<string, Described>, schema.type === 'loose_object');
    case 'array':
      return `[${describe(schema['item'] as Described)}]`;
    case 'tuple':
      return `[${(schema['items'] as Described[]).map(describe).join(', ')}]`;
    case 'optional':
      return `${describe(schema['wrapped'] as Described)}?`;
    case 'literal':
      return JSON.stringify(schema['literal']);
    case 'picklist':
      return (schema['options'] as string[]).map((option) => JSON.stringify(option)).join(' | ');
    case 'variant':
      return (schema['options'] as Described[]).map(describe).join(' | ');
    case 'record':
      return `{ [${describe(schema['key'] as Described)}]: ${describe(schema['value'] as Described)} }`;
    default:
      return schema.type;
  }
}

function object(entries: Record<string, Described>, isLoose: boolean): string {
  const fields = Object.entries(entries).map(([name, field]) =>
    field.type === 'optional'
      ? `${name}?: ${describe(field['wrapped'] as Described)}`
      : `${name}: ${describe(field)}`,
  );
  return `{ ${[...fields, ...(isLoose ? ['…'] : [])].join(', ')} }`;
}

/** Everything that crosses the wire, a line each. */
export function protocolText(): string {
  const lines: string[] = [];
  for (const { name, request, reply } of commands.values()) {
    lines.push(`${name} request ${schemaText(request)}`, `${name} reply ${schemaText(reply)}`);
  }
  for (const [name, body] of Object.entries(pushes)) lines.push(`push ${name} ${schemaText(body)}`);
  for (const [name, schema] of Object.entries(NAMED)) lines.push(`${name} ${schemaText(schema)}`);
  return lines.join('\n');
}
