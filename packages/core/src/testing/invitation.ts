import { ACTION, type Signal } from '../signaling/signal.ts';

/** Ann's invitation of Ben, which lasts half a minute. */
export const invitation: Signal = {
  inviteID: 'i',
  actionType: ACTION.invite,
  inviter: 'ann',
  inviteeList: ['ben'],
  groupID: '',
  data: 'call me',
  timeout: 30,
};
