import { useState } from 'react';
import styles from './Avatar.module.css';
import { cx } from './cx.ts';
import { faceOf, initialsOf } from './face.ts';
import { Icon, type IconName } from './Icon.tsx';

export interface AvatarProps {
  id: string;
  name: string;
  url: string;
  size?: 'small' | 'compact' | 'medium' | 'large' | 'huge';
  /** Groups have corners, people are round. */
  shape?: 'person' | 'group';
  icon?: IconName;
}

/** A face: the picture where there is one that loads, else initials on the colour of the ID. */
export function Avatar({ id, name, url, size = 'medium', shape = 'person', icon }: AvatarProps) {
  const [brokenURL, setBrokenURL] = useState('');
  const showsPicture = isPictureURL(url) && url !== brokenURL;
  return (
    <span
      className={cx(styles.avatar, styles[size], styles[shape], styles[`face${faceOf(id)}`])}
      aria-hidden="true"
    >
      {showsPicture ? (
        <img
          className={styles.picture}
          src={url}
          alt=""
          draggable={false}
          referrerPolicy="no-referrer"
          onError={() => setBrokenURL(url)}
        />
      ) : icon === undefined ? (
        initialsOf(name)
      ) : (
        <Icon name={icon} size={size === 'huge' ? 44 : 20} />
      )}
    </span>
  );
}

/** Addresses come from other people: only pictures are followed. What an `<img>` shows runs no script, SVG included. */
export function isPictureURL(url: string): boolean {
  return isWebURL(url) || /^data:image\//iu.test(url);
}

export function isWebURL(url: string): boolean {
  return /^https?:\/\//iu.test(url);
}
