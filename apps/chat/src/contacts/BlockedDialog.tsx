import { useChat, useClient } from '../chat-client/hooks.tsx';
import { Avatar } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './BlockedDialog.module.css';
import { useContactName } from './contact-name.ts';

/** Whom I do not want to hear of. */
export function BlockedDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const blocked = useChat((state) => state.blocked);
  return (
    <Dialog title={t.contacts.blocked} onClose={onClose}>
      {blocked.size === 0 ? (
        <p className={styles.nobody}>{t.contacts.blockedNone}</p>
      ) : (
        <ul className={styles.list}>
          {[...blocked].map((userID) => (
            <BlockedRow key={userID} userID={userID} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function BlockedRow({ userID }: { userID: string }) {
  const { t } = useLanguage();
  const { unblock } = useClient();
  const name = useContactName(userID);
  const avatar = useChat((state) => state.people.get(userID)?.avatar ?? '');
  const { run, pending, failure } = useAction(() => unblock(userID));
  return (
    <li>
      <div className={styles.row}>
        <Avatar id={userID} name={name} url={avatar} />
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <Button busy={pending} onClick={run}>
          {t.contacts.unblock}
        </Button>
      </div>
      <FormError failure={failure} />
    </li>
  );
}
