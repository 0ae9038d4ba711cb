import { durableAcks, honestFailures, oneMessageEach, readAnything } from './checks/acks.ts';
import { exactlyOnce, honestCursors } from './checks/delivery.ts';
import { blockedReachNobody, keptIsKept } from './checks/blacklist.ts';
import { blockedAreNoFriends, onlyFriendsWrite } from './checks/friends.ts';
import { deletedIsGone } from './checks/deletions.ts';
import { editsConverge } from './checks/edits.ts';
import { everythingEnds } from './checks/liveness.ts';
import { recalledIsGone } from './checks/recalls.ts';
import { oneOutcomeEach, ringsAgree, timeoutsOnTime } from './checks/invitations.ts';
import { onlyMembersSee } from './checks/membership.ts';
import { honestRooms } from './checks/rooms.ts';
import { noHoles, oneOrder, realTimeOrder, timeAlongOrder } from './checks/order.ts';
import { peersHaveRead } from './checks/peer-reading.ts';
import { receiptsAreTrue } from './checks/receipts.ts';
import { exactKicks } from './checks/sessions.ts';
import { silencedSayNothing } from './checks/silence.ts';
import { topicsAreThere } from './checks/topics.ts';
import { exactUnread } from './checks/unread.ts';
import { convergence, monotonicViews } from './checks/views.ts';
import type { Line, Violation } from './history.ts';
import { Model } from './model.ts';

/** How much a history had in it: a clean verdict over nothing is none. */
export interface Counts {
  sends: number;
  acked: number;
  refused: number;
  unknown: number;
  handed: number;
  read: number;
  recalled: number;
  edited: number;
  deleted: number;
  cleared: number;
  receipts: number;
  readByPeer: number;
}

export interface Verdict {
  violations: readonly Violation[];
  counts: Counts;
}

const CHECKS = [
  readAnything,
  durableAcks,
  honestFailures,
  oneMessageEach,
  oneOrder,
  noHoles,
  realTimeOrder,
  exactlyOnce,
  monotonicViews,
  honestCursors,
  convergence,
  exactUnread,
  recalledIsGone,
  editsConverge,
  deletedIsGone,
  receiptsAreTrue,
  peersHaveRead,
  exactKicks,
  onlyMembersSee,
  silencedSayNothing,
  topicsAreThere,
  blockedReachNobody,
  keptIsKept,
  onlyFriendsWrite,
  blockedAreNoFriends,
  timeAlongOrder,
  oneOutcomeEach,
  timeoutsOnTime,
  ringsAgree,
  honestRooms,
  everythingEnds,
];

/** Judges one history. An empty list of violations means: something happened, and every promise held. */
export function check(lines: readonly Line[]): Verdict {
  const model = new Model(lines);
  return { violations: CHECKS.flatMap((run) => run(model)), counts: countsOf(model) };
}

function countsOf(model: Model): Counts {
  const sends = model.sends();
  const ended = (op: 'ok' | 'fail' | 'info') => sends.filter((call) => call.end?.op === op).length;
  return {
    sends: sends.length,
    acked: ended('ok'),
    refused: ended('fail'),
    unknown: ended('info'),
    handed: model.sightings.filter((sighting) => sighting.how === 'deliver').length,
    read: model.sightings.filter((sighting) => sighting.how === 'history' || sighting.how === 'final').length,
    recalled: model.recalls.size,
    edited: model.edits.size,
    deleted: model.gone.filter(({ seqs }) => seqs.length > 0).length,
    cleared: model.gone.filter(({ through }) => through > 0).length,
    receipts: model.counted.length,
    readByPeer: model.sightings.filter(({ seen }) => seen.peerRead).length,
  };
}
