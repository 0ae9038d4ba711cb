import { useClient } from '../chat-client/hooks.tsx';
import type { ClosedRoom } from '../chat-client/state.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { useTold } from '../design/use-told.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './RoomEnd.module.css';

/** In the place of a live room that one is not in: why, and a way back where there may be one. */
export function RoomEnd({ groupID, room }: { groupID: string; room: ClosedRoom }) {
  const { t } = useLanguage();
  const { visitLiveRoom } = useClient();
  const told = useTold();
  return (
    <div className={styles.end} role="status">
      <Avatar id={groupID} name={room.name || groupID} url={room.avatar} size="huge" shape="group" />
      <p className={styles.why}>{t.liveRoom.closed[room.why]}</p>
      {room.why !== 'ended' && (
        <Button onClick={() => told(visitLiveRoom(groupID))}>{t.liveRoom.comeIn}</Button>
      )}
    </div>
  );
}
