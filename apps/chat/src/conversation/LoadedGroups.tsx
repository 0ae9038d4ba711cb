import { Spinner } from '../design/Button.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { FormError } from '../design/Field.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { type PeopleGroup, PeopleGroups } from './PeopleGroups.tsx';
import { useLoaded } from './use-loaded.ts';

export interface LoadedGroupsProps {
  title: string;
  load(): Promise<readonly PeopleGroup[]>;
  onClose(): void;
}

/** A window of people that are asked for when it opens. */
export function LoadedGroups({ title, load, onClose }: LoadedGroupsProps) {
  const { t } = useLanguage();
  const loaded = useLoaded(load);
  return (
    <Dialog title={title} onClose={onClose}>
      {loaded.state === 'ready' && <PeopleGroups groups={loaded.value} />}
      {loaded.state === 'loading' && (
        <div role="status">
          <Spinner />
          <span className="visually-hidden">{t.app.loading}</span>
        </div>
      )}
      <FormError failure={loaded.state === 'failed' ? loaded.failure : undefined} />
    </Dialog>
  );
}
