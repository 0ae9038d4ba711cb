import { type FormEvent, useId, useState } from 'react';
import { openConversation } from '../app/route.ts';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { conversationIDOf } from '../chat-client/published-values.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import styles from './NewChatDialog.module.css';
import { PersonButton } from './PersonButton.tsx';

export function NewChatDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { findPerson } = useClient();
  const myID = useMyID();
  const demoUsers = useChat((state) => state.demoUsers);
  const formID = useId();
  const [userID, setUserID] = useState('');
  const [missing, setMissing] = useState<string>();
  const wanted = userID.trim();
  const error =
    wanted !== '' && wanted === myID
      ? t.newChat.notYourself
      : missing !== undefined && missing === wanted
        ? t.newChat.noSuchUser(missing)
        : undefined;
  const others = (demoUsers ?? []).filter((user) => user.userID !== myID);

  const start = (id: string): void => {
    onClose();
    openConversation(conversationIDOf('c2c', id));
  };
  const { run, pending, failure } = useAction(async () => {
    if ((await findPerson(wanted)) === undefined) setMissing(wanted);
    else start(wanted);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (wanted !== '' && wanted !== myID) run();
  };
  return (
    <Dialog
      title={t.newChat.title}
      onClose={onClose}
      actions={
        <Button
          look="primary"
          type="submit"
          form={formID}
          busy={pending}
          disabled={wanted === '' || wanted === myID}
        >
          {t.newChat.start}
        </Button>
      }
    >
      <form id={formID} onSubmit={submit}>
        <Field
          label={t.newChat.label}
          hint={t.newChat.hint}
          error={error}
          value={userID}
          onChange={setUserID}
          maxLength={32}
          autofocus
        />
      </form>
      <FormError failure={failure} />
      {others.length > 0 && (
        <section aria-labelledby={`${formID}-people`}>
          <h3 id={`${formID}-people`} className={styles.heading}>
            {t.conversations.suggestions}
          </h3>
          <ul className={styles.people}>
            {others.map((user) => (
              <li key={user.userID}>
                <PersonButton
                  userID={user.userID}
                  name={user.nick}
                  avatar={user.avatar}
                  onClick={() => start(user.userID)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
