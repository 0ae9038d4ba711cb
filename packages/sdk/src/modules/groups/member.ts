import type { GroupMemberInfo } from '@sterna/protocol';
import { seconds } from '../../seconds.ts';
import type { GroupMember } from '../../types/group.ts';
import { listOfFields } from '../custom-fields.ts';

/** A member as applications see it. */
export function memberOf({
  joinTimeMs,
  muteUntilMs,
  custom,
  marks,
  ...fields
}: GroupMemberInfo): GroupMember {
  return Object.assign({ nick: '', avatar: '', nameCard: '' }, fields, {
    joinTime: seconds(joinTimeMs),
    lastSendMsgTime: 0,
    muteUntil: seconds(muteUntilMs),
    memberCustomField: listOfFields(custom),
    ...(marks && { markList: marks }),
  });
}
