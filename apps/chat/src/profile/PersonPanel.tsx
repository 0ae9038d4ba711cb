import { useEffect } from 'react';
import { stepBack } from '../app/route.ts';
import { useClient, usePerson } from '../chat-client/hooks.tsx';
import { CopyField } from '../design/CopyField.tsx';
import { Facts } from '../design/Facts.tsx';
import { Panel, PanelHead } from '../design/Panel.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './PersonPanel.module.css';

export function PersonPanel({ userID }: { userID: string }) {
  const { t } = useLanguage();
  const { findPerson } = useClient();
  const person = usePerson(userID);
  useEffect(() => {
    // What is known is shown; a fresh look that fails changes nothing.
    findPerson(userID).catch(() => undefined);
  }, [findPerson, userID]);
  return (
    <Panel title={t.profile.details} onClose={stepBack}>
      <PanelHead id={userID} name={person?.nick || userID} avatar={person?.avatar ?? ''} shape="person" />
      <div className={styles.facts}>
        <CopyField label={t.profile.userID} value={userID} />
        <Facts facts={[{ label: t.profile.about, value: person?.signature ?? '' }]} />
      </div>
    </Panel>
  );
}
