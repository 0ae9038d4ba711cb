import { useCallback, useEffect, useRef, useState } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { conversationIDOf, ROLE } from '../chat-client/published-values.ts';
import type { ChatState, GroupItem } from '../chat-client/state.ts';
import { Icon } from '../design/Icon.tsx';
import type { MenuAnchor } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { LiveRow } from './LiveRow.tsx';
import styles from './LiveStream.module.css';
import { SpeakerMenu } from './SpeakerMenu.tsx';
import { useFollow } from './use-follow.ts';
import { useFramed } from './use-framed.ts';

const NONE: readonly MessageItem[] = [];

/** What is said in a live room, as it runs past: the newest messages, and no more than can be read. */
export function LiveStream({ group }: { group: GroupItem }) {
  const { t } = useLanguage();
  const { groupID, name, ownerID, myRole } = group;
  const conversationID = conversationIDOf('group', groupID);
  const { loadFirst, watchAudience } = useClient();
  const myID = useMyID();
  const scrollerRef = useRef<HTMLDivElement>(null);
  const hasTimeline = useChat((state) => state.timelines[conversationID] !== undefined);
  const items = useFramed(
    useCallback((state: ChatState) => state.timelines[conversationID]?.items ?? NONE, [conversationID]),
  );
  const { shown, isFollowing, unseen, onScroll, follow } = useFollow(scrollerRef, items);
  const [asked, setAsked] = useState<{ item: MessageItem; anchor: MenuAnchor }>();
  const leads = myRole === ROLE.owner || myRole === ROLE.admin;
  useEffect(() => {
    // What was said just before one came in is there once one has.
    if (hasTimeline) void loadFirst(conversationID);
  }, [hasTimeline, loadFirst, conversationID]);
  useEffect(() => watchAudience(groupID), [watchAudience, groupID]);
  const ask = useCallback((item: MessageItem, element: Element) => {
    setAsked({ item, anchor: element.getBoundingClientRect() });
  }, []);
  const close = useCallback(() => setAsked(undefined), []);
  return (
    <div className={styles.window}>
      <div
        ref={scrollerRef}
        className={styles.scroller}
        role="log"
        // Read out as fast as it comes it would be noise.
        aria-live="off"
        aria-label={t.liveRoom.stream(name || groupID)}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        {shown.length === 0 ? (
          <p className={styles.quiet}>{t.liveRoom.quiet}</p>
        ) : (
          <ol className={styles.rows}>
            {shown.map((item) => (
              <LiveRow
                key={item.key}
                item={item}
                isHost={item.from === ownerID}
                onName={leads && item.from !== ownerID && item.from !== myID ? ask : undefined}
              />
            ))}
          </ol>
        )}
      </div>
      {!isFollowing && (
        <button type="button" className={styles.follow} onClick={follow}>
          <Icon name="down" size={18} />
          {unseen > 0 ? t.liveRoom.unseen(unseen) : t.liveRoom.follow}
        </button>
      )}
      {asked !== undefined && (
        <SpeakerMenu group={group} item={asked.item} anchor={asked.anchor} onClose={close} />
      )}
    </div>
  );
}
