import { type FormEvent, useId, useState } from 'react';
import { useClient } from '../chat-client/hooks.tsx';
import type { GroupItem } from '../chat-client/state.ts';
import { Button } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Field, FormError } from '../design/Field.tsx';
import { useAction } from '../design/use-action.ts';
import { useLanguage } from '../i18n/language.tsx';
import { bytesOf, NAME_CARD_BYTES } from './user-ids.ts';

/** The name that I go by in one group. */
export function NameCardDialog({ group, onClose }: { group: GroupItem; onClose(): void }) {
  const { t } = useLanguage();
  const { setMyNameCard } = useClient();
  const formID = useId();
  const [card, setCard] = useState(group.myNameCard);
  const isTooLong = bytesOf(card.trim()) > NAME_CARD_BYTES;
  const { run, pending, failure } = useAction(async () => {
    await setMyNameCard(group.groupID, card.trim());
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isTooLong) run();
  };
  return (
    <Dialog
      title={t.groups.nameCard}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t.app.cancel}</Button>
          <Button look="primary" type="submit" form={formID} busy={pending} disabled={isTooLong}>
            {t.app.save}
          </Button>
        </>
      }
    >
      <form id={formID} onSubmit={submit}>
        <Field
          label={t.groups.nameCard}
          hint={t.groups.nameCardHint}
          error={isTooLong ? t.groups.nameHint(NAME_CARD_BYTES) : undefined}
          value={card}
          onChange={setCard}
          autofocus
        />
      </form>
      <FormError failure={failure} />
    </Dialog>
  );
}
