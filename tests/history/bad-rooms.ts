import type { InvokeLine, Line, Seen, Where } from './history.ts';
import { type BadHistory, ends, find } from './tampering.ts';

const ROOM = 'room:live';

/** The story, and beside it a live room: ben comes in, ann says one thing there and is refused with another, ben hears and leaves. */
export function withRoom(
  lines: Line[],
  told: { heard?: Partial<Seen>[]; after?: boolean; stays?: boolean } = {},
): Line[] {
  const ann = whereOf(lines, 'a2');
  const ben = whereOf(lines, 'b1');
  const seen: Seen = { conv: ROOM, seq: 9, id: 'r1', from: 'ann', body: 'live', timeS: 1 };
  const { heard = [{}], after = false, stays = true } = told;
  const hearing: Line = {
    t: 0,
    op: 'heard',
    ...ben,
    messages: heard.map((change) => ({ ...seen, ...change })),
  };
  const leaving = [invoke(9004, 'leaveRoom', ben), ends(9004, 'ok')];
  const heal = lines.findIndex((line) => line.op === 'heal');
  return [
    ...lines.slice(0, heal),
    ...(stays ? [invoke(9001, 'enterRoom', ben), ends(9001, 'ok')] : []),
    invoke(9002, 'say', ann, 'live'),
    ends(9002, 'ok'),
    invoke(9003, 'say', ann, 'rude'),
    ends(9003, 'fail', 10017),
    ...(after ? [...leaving, hearing] : [hearing, ...leaving]),
    ...lines.slice(heal),
  ];
}

function whereOf(lines: Line[], device: string): Where {
  const { user, session } = find(lines, 'invoke', (line) => line.device === device);
  return { device, user, session };
}

const invoke = (call: number, name: InvokeLine['name'], where: Where, body?: string): Line => ({
  t: 0,
  op: 'invoke',
  call,
  name,
  conv: ROOM,
  ...where,
  ...(body !== undefined && { body }),
});

/** What may go wrong in live rooms. */
export const BAD_ROOMS: readonly BadHistory[] = [
  {
    name: 'a room carries what nobody said',
    check: 'C19',
    tamper: (lines) => withRoom(lines, { heard: [{ body: 'made up' }] }),
  },
  {
    name: 'a room carries what was refused',
    check: 'C19',
    tamper: (lines) => withRoom(lines, { heard: [{ body: 'rude' }] }),
  },
  {
    name: 'a room says who did not speak',
    check: 'C19',
    tamper: (lines) => withRoom(lines, { heard: [{ from: 'cas' }] }),
  },
  {
    name: 'a room tells a session twice',
    check: 'C19',
    tamper: (lines) => withRoom(lines, { heard: [{}, { id: 'r2' }] }),
  },
  {
    name: 'a room speaks to somebody who has left',
    check: 'C19',
    tamper: (lines) => withRoom(lines, { after: true }),
  },
  {
    name: 'a room speaks to somebody who never came in',
    check: 'C19',
    tamper: (lines) => withRoom(lines, { stays: false }),
  },
];
