import { type KeyboardEvent, type RefObject, useState } from 'react';
import { stepBack } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { focusRow, moveRowFocus } from '../conversations/row-focus.ts';
import { SearchBox } from '../conversations/SearchBox.tsx';
import { authorName } from '../conversation/author-name.ts';
import { useSubject } from '../conversation/subject.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Panel } from '../design/Panel.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { FoundEnd } from './FoundEnd.tsx';
import { FoundMessage } from './FoundMessage.tsx';
import { FoundText } from './FoundText.tsx';
import styles from './SearchPanel.module.css';
import { useFound } from './use-found.ts';
import { useShowFound } from './use-show-found.ts';

export interface SearchPanelProps {
  conversationID: string;
  /** What it begins with. */
  words: string;
  fieldRef: RefObject<HTMLInputElement | null>;
}

/** The messages of one conversation that say what is typed, the newest first. */
export function SearchPanel({ conversationID, words, fieldRef }: SearchPanelProps) {
  const { t } = useLanguage();
  const { title } = useSubject(conversationID);
  const [typed, setTyped] = useState(words);
  const found = useFound(typed, conversationID);
  const [shownID, setShownID] = useState('');
  const showFound = useShowFound();
  const items = found.found.flatMap((one) => one.items);
  const show = (item: MessageItem | undefined): void => {
    if (item === undefined) return;
    setShownID(item.id);
    showFound(item);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (moveRowFocus(event)) fieldRef.current?.focus();
  };
  return (
    <div className={styles.panel} role="presentation" onKeyDown={onKeyDown}>
      <Panel title={t.search.in(title)} onClose={stepBack}>
        <div className={styles.content}>
          <div className={styles.field}>
            <SearchBox
              inputRef={fieldRef}
              label={t.search.field(title)}
              value={typed}
              onChange={setTyped}
              onDown={(input) => focusRow(input.closest(`.${styles.panel}`), 0)}
              onEnter={() => show(items[0])}
              onLeave={stepBack}
            />
            <p className={styles.count} role="status">
              {found.state === 'idle' && t.search.hint}
              {found.total > 0 && t.search.found(found.total)}
            </p>
          </div>
          <ul className={styles.list} aria-busy={found.state === 'searching'}>
            {items.map((item) => (
              <Row
                key={item.id}
                item={item}
                keywords={found.keywords}
                isShown={item.id === shownID}
                onClick={() => show(item)}
              />
            ))}
          </ul>
          <FoundEnd found={found} typed={typed} />
        </div>
      </Panel>
    </div>
  );
}

interface RowProps {
  item: MessageItem;
  keywords: readonly string[];
  isShown: boolean;
  onClick(): void;
}

function Row({ item, keywords, isShown, onClick }: RowProps) {
  const people = useChat((state) => state.people);
  const me = useChat((state) => state.me);
  const author = authorName({ people, me }, item);
  const avatar = (item.mine ? me?.avatar : item.senderAvatar) ?? '';
  return (
    <FoundMessage
      face={<Avatar id={item.from} name={author} url={avatar} size="compact" />}
      title={author}
      timeMs={item.timeMs}
      isShown={isShown}
      onClick={onClick}
    >
      <FoundText item={item} keywords={keywords} />
    </FoundMessage>
  );
}
