import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { FriendRequest } from '../chat-client/state.ts';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './FriendRequests.module.css';

/** Who would like to be a contact, and whom I have asked. */
export function FriendRequests() {
  const { t } = useLanguage();
  const requests = useChat((state) => state.friendRequests);
  if (requests.length === 0) return null;
  return (
    <section aria-labelledby="friend-requests">
      <h3 id="friend-requests" className={styles.heading}>
        {t.requests.title}
      </h3>
      <ul className={styles.list}>
        {requests.map((request) => (
          <Request key={`${request.isMine} ${request.userID}`} request={request} />
        ))}
      </ul>
    </section>
  );
}

function Request({ request }: { request: FriendRequest }) {
  const { t } = useLanguage();
  const { answerFriendRequest } = useClient();
  const { userID, name, avatar, wording, isMine } = request;
  const accept = useAction(() => answerFriendRequest(request, true));
  const refuse = useAction(() => answerFriendRequest(request, false));
  const isBusy = accept.pending || refuse.pending;
  return (
    <li className={styles.request}>
      <Avatar id={userID} name={name} url={avatar} />
      <div className={styles.words}>
        <p className={styles.name} dir="auto">
          {name}
        </p>
        <p className={styles.line} dir="auto">
          {isMine ? t.requests.waiting : wording === '' ? t.requests.wants : `“${wording}”`}
        </p>
        <div className={styles.buttons}>
          {!isMine && (
            <Button look="primary" busy={accept.pending} disabled={isBusy} onClick={accept.run}>
              {t.requests.accept}
            </Button>
          )}
          <Button busy={refuse.pending} disabled={isBusy} onClick={refuse.run}>
            {isMine ? t.requests.forget : t.requests.decline}
          </Button>
        </div>
        <FormError failure={accept.failure ?? refuse.failure} />
      </div>
    </li>
  );
}
