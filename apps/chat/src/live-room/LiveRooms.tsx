import { formatRoute, openConversation } from '../app/route.ts';
import { useChat } from '../chat-client/hooks.tsx';
import { conversationIDOf, GROUP_TYPE } from '../chat-client/published-values.ts';
import { Avatar } from '../design/Avatar.tsx';
import { cx } from '../design/cx.ts';
import { useLanguage } from '../i18n/language.tsx';
import { LiveSign } from './LiveSign.tsx';
import styles from './LiveRooms.module.css';

/** The live rooms that one is in, which are no conversations of the list. */
export function LiveRooms({ openID }: { openID: string | undefined }) {
  const { t } = useLanguage();
  const groups = useChat((state) => state.groups);
  const rooms = [...groups.values()].filter(({ type }) => type === GROUP_TYPE.liveRoom);
  if (rooms.length === 0) return null;
  return (
    <ul className={styles.rooms} aria-label={t.liveRoom.rooms}>
      {rooms.map(({ groupID, name, avatar }) => {
        const conversationID = conversationIDOf('group', groupID);
        const isOpen = conversationID === openID;
        return (
          <li key={groupID}>
            <a
              className={cx(styles.room, isOpen && styles.open)}
              href={formatRoute({ conversationID })}
              aria-current={isOpen ? 'page' : undefined}
              data-row=""
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                event.preventDefault();
                openConversation(conversationID);
              }}
            >
              <Avatar id={groupID} name={name || groupID} url={avatar} size="compact" shape="group" />
              <span className={styles.title} dir="auto">
                {name || groupID}
              </span>
              <LiveSign />
            </a>
          </li>
        );
      })}
    </ul>
  );
}
