import { useRef, useState } from 'react';
import { Avatar, type AvatarProps } from '../design/Avatar.tsx';
import { Button } from '../design/Button.tsx';
import { useLanguage } from '../i18n/language.tsx';
import styles from './AvatarPicker.module.css';
import { squarePicture } from './square-picture.ts';
import type { ChosenAvatar } from './use-avatar.ts';

export interface AvatarPickerProps extends Pick<AvatarProps, 'id' | 'name' | 'shape'> {
  chosen: ChosenAvatar;
}

/** A face with the picture that it is to have, which is uploaded once it is saved. */
export function AvatarPicker({ chosen, ...face }: AvatarPickerProps) {
  const { t } = useLanguage();
  const input = useRef<HTMLInputElement>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    squarePicture(file).then(
      (picture) => {
        setUnreadable(false);
        chosen.choose(picture);
      },
      () => setUnreadable(true),
    );
  };
  return (
    <div className={styles.picker}>
      <Avatar {...face} url={chosen.url} size="huge" />
      <div className={styles.buttons}>
        <Button onClick={() => input.current?.click()}>{t.profile.choosePicture}</Button>
        {chosen.url !== '' && (
          <Button
            onClick={() => {
              setUnreadable(false);
              chosen.choose(undefined);
            }}
          >
            {t.profile.removePicture}
          </Button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        tabIndex={-1}
        aria-label={t.profile.choosePicture}
        onChange={({ currentTarget }) => {
          take(currentTarget.files?.[0]);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      <p role="alert" className={styles.error}>
        {isUnreadable && t.profile.pictureUnreadable}
      </p>
    </div>
  );
}
