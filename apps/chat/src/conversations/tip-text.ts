import { ACCEPT, CANCEL, REJECT, TIMEOUT } from '../chat-client/invitation.ts';
import type { MessageItem, Tip } from '../chat-client/message-item.ts';
import type { Words } from '../i18n/en.ts';

/** How many people a line names before it counts the rest. */
const NAMED = 3;

export interface TipNames {
  t: Words;
  /** The name to show for a user: "You" for oneself. */
  name(userID: string): string;
  /** The same inside of a sentence: "you". */
  nameInside(userID: string): string;
}

/** A group tip, a system notice or a step of an invitation in one line. */
export function tipText(tip: Tip, names: TipNames): string {
  switch (tip.source) {
    case 'group':
      return groupTip(tip, names);
    case 'system':
      return systemNotice(tip, names);
    case 'invitation':
      return invitationStep(tip, names);
  }
}

function invitationStep({ operation, operatorID, userIDs }: Tip, { t, name, nameInside }: TipNames): string {
  const by = name(operatorID) || t.tips.someone;
  switch (operation) {
    case ACCEPT:
      return t.invitations.accepted(by);
    case REJECT:
      return t.invitations.declined(by);
    case CANCEL:
      return t.invitations.cancelled(by);
    case TIMEOUT:
      return t.invitations.unanswered(nameList(userIDs, t, name) || t.tips.someone);
    default:
      return t.invitations.sent(by, nameList(userIDs, t, nameInside));
  }
}

/** A message that was taken back: by its sender, or by an admin of the group. */
export function recalledText(
  { from, recalledBy, mine, senderName }: Pick<MessageItem, 'from' | 'recalledBy' | 'mine' | 'senderName'>,
  { t, name, nameInside }: TipNames,
): string {
  if (recalledBy !== '' && recalledBy !== from)
    return t.message.recalledOf(name(recalledBy), mine ? nameInside(from) : senderName || name(from));
  return mine ? t.message.recalledByYou : t.message.recalled(senderName || name(from));
}

function groupTip(tip: Tip, names: TipNames): string {
  const { t, name } = names;
  const by = name(tip.operatorID) || t.tips.someone;
  const who = nameList(tip.userIDs, t, name) || by;
  const whom = nameList(tip.userIDs, t, names.nameInside) || by;
  const invited = tip.userIDs.length > 0 && !tip.userIDs.includes(tip.operatorID) && tip.operatorID !== '';
  switch (tip.operation) {
    case 1:
      return invited ? t.tips.invited(by, whom) : t.tips.joined(who);
    case 2:
      return t.tips.left(who);
    case 3:
      return t.tips.removed(by, whom);
    case 4:
      return t.tips.madeAdmin(who);
    case 5:
      return t.tips.noLongerAdmin(who);
    case 6:
      return profileChange(tip.changes, by, names);
    case 7:
      if (tip.muteSeconds === undefined) return t.tips.memberChanged(who);
      return tip.muteSeconds === 0 ? t.tips.unmuted(by, whom) : t.tips.muted(by, whom);
    default:
      return t.tips.other(tip.groupName || t.tips.thisGroup);
  }
}

function profileChange(changes: Tip['changes'], by: string, { t, name }: TipNames): string {
  const { groupName, notification, introduction, ownerID, muteAllMembers } = changes;
  if (groupName !== undefined) return t.tips.renamed(by, groupName);
  if (ownerID !== undefined) return t.tips.owner(name(ownerID));
  if (notification !== undefined) return t.tips.notice(by, notification);
  if (introduction !== undefined) return t.tips.introduction(by);
  if (muteAllMembers !== undefined)
    return muteAllMembers === 'true' ? t.tips.muteAll(by) : t.tips.unmuteAll(by);
  if (changes['avatar'] !== undefined || changes['faceUrl'] !== undefined) return t.tips.picture(by);
  return t.tips.changed(by);
}

function systemNotice(tip: Tip, { t, name }: TipNames): string {
  const group = tip.groupName || tip.groupID || t.tips.thisGroup;
  const by = name(tip.operatorID) || t.tips.someone;
  switch (tip.operation) {
    case 1:
      return t.tips.applied(by, group);
    case 2:
      return t.tips.accepted(group);
    case 3:
      return t.tips.rejected(group);
    case 4:
      return t.tips.youRemoved(group);
    case 5:
      return t.tips.dismissed(group);
    case 6:
      return t.tips.youCreated(group);
    case 7:
      return t.tips.youInvited(by, group);
    case 8:
      return t.tips.youLeft(group);
    case 9:
      return t.tips.youAdmin(group);
    case 10:
      return t.tips.youNotAdmin(group);
    case 23:
      return t.tips.invitationToApprove(by, nameList(tip.userIDs, t, name), group);
    default:
      return t.tips.other(group);
  }
}

function nameList(userIDs: readonly string[], t: Words, name: TipNames['name']): string {
  const named = userIDs.slice(0, NAMED).map(name).join(t.tips.listJoin);
  return userIDs.length > NAMED ? t.tips.andOthers(named, userIDs.length - NAMED) : named;
}

/** Everyone a tip speaks of, so that their names can be asked for. */
export function peopleIn(tip: Tip): string[] {
  return [tip.operatorID, ...tip.userIDs.slice(0, NAMED), tip.changes['ownerID'] ?? ''].filter(
    (id) => id !== '',
  );
}
