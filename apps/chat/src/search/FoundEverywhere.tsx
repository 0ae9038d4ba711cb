import { openConversation, openSearch } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import type { FoundIn } from '../chat-client/search.ts';
import { Avatar } from '../design/Avatar.tsx';
import { authorName } from '../conversation/author-name.ts';
import { useSubject } from '../conversation/subject.ts';
import { useLanguage } from '../i18n/language.tsx';
import { FoundEnd } from './FoundEnd.tsx';
import styles from './FoundEverywhere.module.css';
import { FoundMessage } from './FoundMessage.tsx';
import { FoundText } from './FoundText.tsx';
import { useFound } from './use-found.ts';
import { useShowFound } from './use-show-found.ts';

/** The messages of all conversations that say what was typed, below the conversations of that name. */
export function FoundEverywhere({ typed, onPick }: { typed: string; onPick(): void }) {
  const { t } = useLanguage();
  const found = useFound(typed, undefined);
  if (found.state === 'idle') return null;
  return (
    <section className={styles.section} aria-label={t.search.messages}>
      <h3 className={styles.heading}>{t.search.messages}</h3>
      <ul aria-busy={found.state === 'searching'}>
        {found.found.map((one) => (
          <Row key={one.conversationID} found={one} keywords={found.keywords} typed={typed} onPick={onPick} />
        ))}
      </ul>
      <FoundEnd found={found} typed={typed} />
    </section>
  );
}

interface RowProps {
  found: FoundIn;
  keywords: readonly string[];
  typed: string;
  onPick(): void;
}

function Row({ found, keywords, typed, onPick }: RowProps) {
  const { t } = useLanguage();
  const { conversationID, count } = found;
  const { kind, targetID, title, avatar } = useSubject(conversationID);
  const showFound = useShowFound();
  const people = useChat((state) => state.people);
  const me = useChat((state) => state.me);
  // Only where it is the one message of its conversation is it told.
  const [item] = found.items;
  const onClick = (): void => {
    if (item !== undefined) {
      onPick();
      showFound(item);
      return;
    }
    openConversation(conversationID);
    openSearch(conversationID, typed.trim());
  };
  return (
    <FoundMessage
      face={
        <Avatar
          id={targetID}
          name={title}
          url={avatar}
          size="compact"
          shape={kind === 'c2c' ? 'person' : 'group'}
        />
      }
      title={title}
      timeMs={item?.timeMs ?? 0}
      onClick={onClick}
    >
      {item === undefined ? (
        <span className={styles.count}>{t.search.count(count)}</span>
      ) : (
        <>
          {(item.mine || kind === 'group') && (
            <span>{item.mine ? t.app.you : authorName({ people, me }, item)}: </span>
          )}
          <FoundText item={item} keywords={keywords} />
        </>
      )}
    </FoundMessage>
  );
}
