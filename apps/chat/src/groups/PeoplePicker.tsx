import { useChat, useMyID } from '../chat-client/hooks.tsx';
import { CONVERSATION_TYPE } from '../chat-client/published-values.ts';
import type { ChatState } from '../chat-client/state.ts';
import { PersonButton } from '../conversations/PersonButton.tsx';
import { Field } from '../design/Field.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { parseUserIDs, toggleUserID } from './user-ids.ts';
import styles from './PeoplePicker.module.css';

export interface PeoplePickerProps {
  /** The IDs as typed: the list of faces writes into the same text. */
  value: string;
  onChange(value: string): void;
  /** Who is not offered, being there already. */
  without?: ReadonlySet<string>;
}

interface Candidate {
  userID: string;
  nick: string;
  avatar: string;
}

/** People to bring into a group: type their IDs, or pick from those one knows. */
export function PeoplePicker({ value, onChange, without = new Set() }: PeoplePickerProps) {
  const { t } = useLanguage();
  const myID = useMyID();
  const conversations = useChat((state) => state.conversations);
  const demoUsers = useChat((state) => state.demoUsers);
  const chosen = new Set(parseUserIDs(value));
  const candidates = candidatesFrom(conversations, demoUsers).filter(
    ({ userID }) => userID !== myID && !without.has(userID),
  );
  return (
    <div className={styles.picker}>
      <Field label={t.groups.invite} hint={t.groups.inviteHint} value={value} onChange={onChange} />
      {candidates.length > 0 && (
        <ul className={styles.people}>
          {candidates.map(({ userID, nick, avatar }) => (
            <li key={userID}>
              <PersonButton
                userID={userID}
                name={nick}
                avatar={avatar}
                chosen={chosen.has(userID)}
                onClick={() => onChange(toggleUserID(value, userID))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function candidatesFrom(
  conversations: ChatState['conversations'],
  demoUsers: ChatState['demoUsers'],
): Candidate[] {
  const byID = new Map<string, Candidate>();
  for (const { id, targetID, title, avatar } of conversations) {
    if (!id.startsWith(CONVERSATION_TYPE.c2c)) continue;
    byID.set(targetID, { userID: targetID, nick: title === targetID ? '' : title, avatar });
  }
  for (const { userID, nick, avatar } of demoUsers ?? []) {
    if (!byID.has(userID)) byID.set(userID, { userID, nick, avatar });
  }
  return [...byID.values()];
}
