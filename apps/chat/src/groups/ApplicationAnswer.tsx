import { useChat, useClient } from '../chat-client/hooks.tsx';
import type { MessageItem } from '../chat-client/message-item.ts';
import { stringField } from '../chat-client/payload-fields.ts';
import type { Application } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { useAction } from '../design/use-action.ts';
import { FormError } from '../design/Field.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './ApplicationAnswer.module.css';

/** System notices that ask for an answer: somebody wants to join, or was invited. */
const ASKING: ReadonlySet<number> = new Set([1, 23]);

/** Under a notice that somebody wants to join: yes or no, while nobody has answered. */
export function ApplicationAnswer({ item }: { item: MessageItem }) {
  const { tip, source } = item;
  const asks = tip !== undefined && ASKING.has(tip.operation);
  const applicant = stringField(source.payload, 'applicant');
  const application = useChat((state) =>
    state.applications.find(({ groupID, userID }) => groupID === tip?.groupID && userID === applicant),
  );
  if (!asks || application === undefined) return null;
  return <AnswerButtons application={application} />;
}

export function AnswerButtons({ application }: { application: Application }) {
  const { t } = useLanguage();
  const { answerApplication } = useClient();
  const approve = useAction(() => answerApplication(application, true));
  const refuse = useAction(() => answerApplication(application, false));
  const isBusy = approve.pending || refuse.pending;
  return (
    <div className={styles.answer}>
      {application.note !== '' && <p className={styles.note}>“{application.note}”</p>}
      <div className={styles.buttons}>
        <Button look="primary" busy={approve.pending} disabled={isBusy} onClick={approve.run}>
          {t.applications.approve}
        </Button>
        <Button busy={refuse.pending} disabled={isBusy} onClick={refuse.run}>
          {t.applications.refuse}
        </Button>
      </div>
      <FormError failure={approve.failure ?? refuse.failure} />
    </div>
  );
}
