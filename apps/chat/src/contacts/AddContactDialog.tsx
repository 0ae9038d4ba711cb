import { type FormEvent, useId, useState } from 'react';
import { useChat, useClient, useMyID } from '../chat-client/hooks.tsx';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { PersonButton } from '../conversations/PersonButton.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './AddContactDialog.module.css';
import { contactName } from './contact-name.ts';

export interface AddContactDialogProps {
  /** Somebody who is known already: then only a word to them is asked for. */
  userID?: string;
  onClose(): void;
}

export function AddContactDialog({ userID: given, onClose }: AddContactDialogProps) {
  const { t } = useLanguage();
  const { addFriend } = useClient();
  const myID = useMyID();
  const formID = useId();
  const [typed, setTyped] = useState(given ?? '');
  const [wording, setWording] = useState('');
  const wanted = typed.trim();
  const name = useChat((state) => contactName(state, wanted));
  const isKnown = useChat((state) => state.friends.has(wanted));
  const error =
    wanted !== '' && wanted === myID ? t.newChat.notYourself : isKnown ? t.contacts.already(name) : undefined;
  const { run, pending, failure } = useAction(async () => {
    await addFriend(wanted, wording.trim());
    onClose();
  });
  const canAdd = wanted !== '' && error === undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (canAdd) run();
  };
  return (
    <Dialog
      title={given === undefined ? t.contacts.add : `${t.contacts.add}: ${name}`}
      onClose={onClose}
      actions={
        <Button look="primary" type="submit" form={formID} busy={pending} disabled={!canAdd}>
          {t.contacts.addConfirm}
        </Button>
      }
    >
      <form id={formID} className={styles.form} onSubmit={submit}>
        {given === undefined && (
          <Field
            label={t.newChat.label}
            hint={t.contacts.addHint}
            error={error}
            value={typed}
            onChange={setTyped}
            maxLength={32}
            autofocus
          />
        )}
        <Field
          label={t.contacts.wording}
          hint={t.contacts.wordingHint}
          value={wording}
          onChange={setWording}
          maxLength={80}
          autofocus={given !== undefined}
        />
      </form>
      <FormError failure={failure} />
      {given === undefined && <Suggestions onPick={setTyped} />}
    </Dialog>
  );
}

/** On a development server, who else there is. */
function Suggestions({ onPick }: { onPick(userID: string): void }) {
  const { t } = useLanguage();
  const id = useId();
  const myID = useMyID();
  const demoUsers = useChat((state) => state.demoUsers);
  const friends = useChat((state) => state.friends);
  const others = (demoUsers ?? []).filter(({ userID }) => userID !== myID && !friends.has(userID));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={styles.heading}>
        {t.conversations.suggestions}
      </h3>
      <ul className={styles.people}>
        {others.map(({ userID, nick, avatar }) => (
          <li key={userID}>
            <PersonButton userID={userID} name={nick} avatar={avatar} onClick={() => onPick(userID)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
