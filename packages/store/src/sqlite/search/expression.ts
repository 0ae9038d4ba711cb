import type { MessageDocument, MessageQuery, Named, NamedQuery, Phrases } from '@sterna/core';

/** An ID as a word of its own: letters and digits alone, whatever it holds. */
const word = (letter: string, id: string): string => letter + Buffer.from(id).toString('hex');

const logTag = (log: number): string => `l${log}`;
const senderTag = (userID: string): string => word('s', userID);
const typeTag = (type: string): string => word('t', type);
const appTag = (app: number): string => `a${app}`;
const withinTag = (groupID: string): string => word('w', groupID);

/** What a block of one log's messages can be found by beside its words. */
export function blockTags(log: number, messages: readonly Pick<MessageDocument, 'from' | 'type'>[]): string {
  const senders = new Set(messages.map(({ from }) => senderTag(from)));
  const types = new Set(messages.map(({ type }) => typeTag(type)));
  return [logTag(log), ...senders, ...types].join(' ');
}

/** What somebody, or a group, can be found by beside its words. */
export const namedTags = ({ kind, app, within }: Named): string =>
  [kind, appTag(app), withinTag(within)].join(' ');

export function messageExpression(query: MessageQuery, logs: readonly number[]): string {
  return all([
    wordsExpression(query),
    tags(logs.map(logTag)),
    tags(query.senders.map(senderTag)),
    tags(query.types.map(typeTag)),
  ]);
}

export function namedExpression(query: NamedQuery): string {
  const within = query.kind === 'member' ? query.within.map(withinTag) : [];
  return all([wordsExpression(query), tags([query.kind]), tags([appTag(query.app)]), tags(within)]);
}

/** Words hold letters, marks and digits only, so that quoting them is safe. */
function wordsExpression({ phrases, all: every }: Phrases): string {
  if (phrases.length === 0) return '';
  const quoted = phrases.map((phrase) => `"${phrase.join(' ')}" *`);
  return `words : (${quoted.join(every ? ' AND ' : ' OR ')})`;
}

function tags(names: readonly string[]): string {
  return names.length === 0 ? '' : `tags : (${names.join(' OR ')})`;
}

function all(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' AND ');
}
