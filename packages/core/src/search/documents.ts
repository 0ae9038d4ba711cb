import type { MessageEvent, Profile, StoredElement } from '@sterna/protocol';
import type { MessageDocument, Named } from '../ports/search.ts';
import type { Group, Member } from '../records.ts';
import { wordsOf } from './words.ts';

/** What people see of an element as text. What programs put beside it (a custom message's data) is none. */
function textOf(element: StoredElement): string {
  switch (element.type) {
    case 'TIMTextElem':
      return element.payload.text;
    case 'TIMCustomElem':
    case 'TIMLocationElem':
      return element.payload.description;
    case 'TIMFileElem':
      return element.payload.fileName;
    case 'TIMRelayElem':
      return [element.payload.title, ...element.payload.abstractList].join('\n');
    case 'TIMFaceElem':
    case 'TIMImageElem':
    case 'TIMSoundElem':
    case 'TIMVideoFileElem':
    case 'TIMGroupTipElem':
    case 'TIMGroupSystemNoticeElem':
      return '';
  }
}

/** The message as it is to be found; undefined for what is not: recalled ones, and those that nobody wrote. */
export function documentOf(log: string, event: MessageEvent): MessageDocument | undefined {
  const [first] = event.elements;
  if (first === undefined || event.recalled !== undefined) return undefined;
  if (first.type === 'TIMGroupTipElem' || first.type === 'TIMGroupSystemNoticeElem') return undefined;
  const { seq, timeMs, from, receivers } = event;
  const words = wordsOf(event.elements.map(textOf).join('\n'));
  const targeted = receivers && { readers: [from, ...receivers] };
  return { log, seq, timeMs, from, type: first.type, words, ...targeted };
}

export const userWords = (userID: string, { nick = '' }: Pick<Profile, 'nick'>): string[] =>
  wordsOf(`${userID}\n${nick}`);

export const groupWords = ({ groupID, name }: Pick<Group, 'groupID' | 'name'>): string[] =>
  wordsOf(`${groupID}\n${name}`);

export const memberWords = (userID: string, { nameCard = '' }: Pick<Member, 'nameCard'>): string[] =>
  wordsOf(`${userID}\n${nameCard}`);

export const namedUser = (app: number, userID: string, profile: Profile): Named => ({
  kind: 'user',
  app,
  within: '',
  id: userID,
  words: userWords(userID, profile),
});
