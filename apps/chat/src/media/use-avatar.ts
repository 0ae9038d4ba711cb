import { useState } from 'react';
import type { NewAvatar } from '../chat-client/avatar.ts';
import type { SquarePicture } from './square-picture.ts';

/** The picture of a face that is being edited. */
export interface ChosenAvatar {
  /** What the page shows: of a picture that is not uploaded yet, the picture itself. */
  url: string;
  /** What is to be saved; undefined while nothing is other than before. */
  change: NewAvatar | undefined;
  /** Takes another picture, or none. */
  choose(picture: SquarePicture | undefined): void;
}

export function useAvatar(before: string): ChosenAvatar {
  const [chosen, setChosen] = useState<{ picture: SquarePicture | undefined }>();
  if (chosen === undefined)
    return { url: before, change: undefined, choose: (picture) => setChosen({ picture }) };
  const { url = '', file = '' } = chosen.picture ?? {};
  return {
    url,
    change: file === before ? undefined : file,
    choose: (picture) => setChosen({ picture }),
  };
}
