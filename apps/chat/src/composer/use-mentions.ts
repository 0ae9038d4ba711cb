import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useClient, useMyID } from '../chat-client/hooks.tsx';
import { communityOf, targetOf } from '../chat-client/published-values.ts';
import { useLanguage } from '../i18n/language.tsx';
import {
  completed,
  type Mentionable,
  mentionables,
  mentionAt,
  mentionsIn,
  type MentionQuery,
  offered,
} from './mention.ts';

export interface Mentions {
  /** Who is offered now; empty while no name is typed. */
  offered: readonly Mentionable[];
  active: number;
  pick(one: Mentionable): void;
  /** Says whether the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean;
  /** The text or the caret changed. */
  look(): void;
  /** Those named in a text that is to be sent. */
  namedIn(text: string): readonly string[];
  reset(): void;
}

export interface MentionsOptions {
  conversationID: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onText(text: string): void;
}

/** Names after an @, in groups: the members are read when the first one is typed. */
export function useMentions({ conversationID, field, onText }: MentionsOptions): Mentions {
  const { t } = useLanguage();
  const { listMembers } = useClient();
  const myID = useMyID();
  const target = targetOf(conversationID);
  // Those who read a topic are the members of its community.
  const groupID = communityOf(target.id) ?? target.id;
  const [typed, setTyped] = useState<MentionQuery>();
  const [active, setActive] = useState(0);
  const [members, setMembers] = useState<readonly Mentionable[]>([]);
  const chosen = useRef(new Map<string, string>());
  const isTyping = typed !== undefined && target.kind === 'group';
  useEffect(() => {
    if (!isTyping) return;
    listMembers(groupID).then(
      (list) => setMembers(mentionables(list, { myID, everybody: t.mentions.everybody })),
      // Without the list a name is still text.
      () => setMembers([]),
    );
  }, [isTyping, listMembers, groupID, myID, t]);
  const list = isTyping ? offered(members, typed.query) : [];

  const pick = (one: Mentionable): void => {
    const element = field.current;
    if (element === null || typed === undefined) return;
    const next = completed(element.value, typed, one.name);
    chosen.current.set(one.userID, one.name);
    onText(next.text);
    setTyped(undefined);
    // The caret can only be set once the new text is on the page.
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(next.caret, next.caret);
    });
  };

  return {
    offered: list,
    active: Math.min(active, Math.max(0, list.length - 1)),
    pick,
    onKeyDown: (event) => {
      if (list.length === 0 || event.nativeEvent.isComposing) return false;
      const current = Math.min(active, list.length - 1);
      const one = list[current];
      if (event.key === 'Escape') setTyped(undefined);
      else if (event.key === 'ArrowDown') setActive((current + 1) % list.length);
      else if (event.key === 'ArrowUp') setActive((current + list.length - 1) % list.length);
      else if ((event.key === 'Enter' || event.key === 'Tab') && one !== undefined) pick(one);
      else return false;
      event.preventDefault();
      return true;
    },
    look: () => {
      const element = field.current;
      if (element === null || target.kind !== 'group') return;
      setTyped(mentionAt(element.value, element.selectionStart));
      setActive(0);
    },
    namedIn: (text) => mentionsIn(text, chosen.current),
    reset: () => {
      chosen.current.clear();
      setTyped(undefined);
    },
  };
}
