import { useState } from 'react';
import { IconButton } from '../design/Button.tsx';
import type { MenuAnchor } from '../design/Menu.tsx';
import { useLanguage } from '../i18n/language.tsx';
import { EmojiPicker } from './EmojiPicker.tsx';

export function EmojiButton({ onPick }: { onPick(emoji: string): void }) {
  const { t } = useLanguage();
  const [anchor, setAnchor] = useState<MenuAnchor>();
  return (
    <>
      <IconButton
        icon="smile"
        label={t.composer.emoji}
        aria-haspopup="dialog"
        aria-expanded={anchor !== undefined}
        onClick={(event) => setAnchor(event.currentTarget.getBoundingClientRect())}
      />
      {anchor !== undefined && (
        <EmojiPicker
          anchor={anchor}
          label={t.composer.emoji}
          onPick={onPick}
          onClose={() => setAnchor(undefined)}
        />
      )}
    </>
  );
}
