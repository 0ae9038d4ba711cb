import { JOIN_OPTION } from '../chat-client/published-values.ts';
import type { GroupItem } from '../chat-client/state.ts';
import type { GroupChanges } from '../chat-client/tim.ts';
import { bytesOf, GROUP_NAME_BYTES, INTRODUCTION_BYTES, NOTIFICATION_BYTES } from './user-ids.ts';

/** A group's own texts, and who may join it, as they are being changed. */
export interface GroupForm {
  name: string;
  introduction: string;
  notification: string;
  joinOption: string;
}

type LimitedField = 'name' | 'introduction' | 'notification';

const LIMITED: readonly [LimitedField, number][] = [
  ['name', GROUP_NAME_BYTES],
  ['introduction', INTRODUCTION_BYTES],
  ['notification', NOTIFICATION_BYTES],
];

export function tooLong(form: GroupForm): LimitedField[] {
  return LIMITED.flatMap(([name, bytes]) => (bytesOf(form[name].trim()) > bytes ? [name] : []));
}

/** Only what is other than before: each change is told to everybody in the group. */
export function changesOf(group: GroupItem, form: GroupForm): GroupChanges {
  const name = form.name.trim();
  const introduction = form.introduction.trim();
  const notification = form.notification.trim();
  const joinOption = Object.values(JOIN_OPTION).find((option) => option === form.joinOption);
  return {
    ...(name !== group.name && { name }),
    ...(introduction !== group.introduction && { introduction }),
    ...(notification !== group.notification && { notification }),
    ...(joinOption !== undefined && joinOption !== group.joinOption && { joinOption }),
  };
}
