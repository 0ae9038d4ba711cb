import { useEffect } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { EVERYBODY } from '../chat-client/published-values.ts';
import { en } from '../i18n/en.ts';
import { zh } from '../i18n/zh.ts';
import { cx } from '../design/cx.ts';
import { type MentionedName, splitMentions } from './mention-text.ts';
import { splitLinks } from './message-text.ts';
import styles from './MessageText.module.css';

/** What somebody wrote: text, links and names, whatever it looks like. */
export function MessageText({ text, mentions = [] }: { text: string; mentions?: readonly string[] }) {
  return (
    <span className={styles.text} dir="auto">
      {splitLinks(text).map((part, index) =>
        part.href === undefined ? (
          mentions.length === 0 ? (
            part.text
          ) : (
            // The parts of one text never move: their place is their name.
            <MentioningText key={`${index}-text`} text={part.text} mentions={mentions} />
          )
        ) : (
          <a
            key={`${index}-${part.href}`}
            className={styles.link}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}

function MentioningText({ text, mentions }: { text: string; mentions: readonly string[] }) {
  return splitMentions(text, useMentionedNames(mentions)).map((part, index) =>
    part.names === undefined ? (
      part.text
    ) : (
      <span key={`${index}-${part.text}`} className={cx(styles.mention, part.names === 'me' && styles.me)}>
        {part.text}
      </span>
    ),
  );
}

/** The names that those mentioned may stand under: the writer's application may speak the other language. */
function useMentionedNames(mentions: readonly string[]): MentionedName[] {
  const { ensurePeople } = useClient();
  const myID = useMyID();
  const people = useChat((state) => state.people);
  const me = useChat((state) => state.me);
  const cards = useChat((state) => state.members?.members);
  useEffect(() => ensurePeople(mentions.filter((id) => id !== EVERYBODY)), [ensurePeople, mentions]);
  return mentions.flatMap((id) => {
    if (id === EVERYBODY) return [en, zh].map((words) => ({ name: words.mentions.everybody, isMe: true }));
    const isMe = id === myID;
    const nick = (isMe ? me?.nick : undefined) ?? people.get(id)?.nick ?? '';
    const card = cards?.find(({ userID }) => userID === id)?.nameCard ?? '';
    return [card, nick, id].map((name) => ({ name, isMe }));
  });
}
