import type { GroupType, MemberRole, MessageEvent } from '@sterna/protocol';
import type { Actor } from '../actor.ts';

/** Somebody in a live room. */
export interface Visitor {
  userID: string;
  role: MemberRole;
  joinTimeMs: number;
  nick?: string;
  avatar?: string;
}

/** What a node has to know of a room to speak of it. */
export interface RoomGroup {
  groupID: string;
  name: string;
  type: GroupType;
}

/** Without a visitor it is a guest's. */
export interface Entrance {
  visitor?: Visitor;
  /** Refuses whoever may not be there any more: asked by the node once it hears of all that happens to the room from then on. */
  requireWelcome(): Promise<void>;
}

/** What is said in a live room, before it has its number. */
export type RoomMessage = Omit<MessageEvent, 't' | 'seq' | 'timeMs' | 'countable' | 'uncounted'>;

/** `seq` is a time, made unique: it only ever grows, though nothing is stored. */
export interface Said {
  seq: number;
  timeMs: number;
  duplicate?: true;
}

/**
 * Live rooms: who is in them, and what was said last, is in the memory of the nodes alone. Membership is a session's, and ends
 * with it. What is said may be lost, and is dropped where it is too much; nobody is told anything twice on one node.
 */
export interface Rooms {
  /**
   * Does what a session asks about where it is, one thing after the other in the order of the asking: so none overtakes another
   * that is not answered yet. Refused with `tooFrequent` where too many wait.
   */
  inTurn<Answer>(actor: Actor, work: () => Promise<Answer>): Promise<Answer>;
  /** Takes the actor's session in; out of the oldest of its rooms, if it is in too many. */
  enter(actor: Actor, group: RoomGroup, how: Entrance): Promise<{ isNew: boolean }>;
  /** Whether the session was there. */
  leave(actor: Actor, groupID: string): boolean;
  isIn(actor: Actor, groupID: string): boolean;
  /** Refused with `notInRoom` for a session that is not. */
  say(actor: Actor, groupID: string, message: RoomMessage): Said;
  /** How many listen, on all nodes. */
  count(app: number, groupID: string): Promise<number>;
  /** The newest of those who are there, the latest first; guests are not named. */
  visitors(app: number, groupID: string): Promise<Visitor[]>;
}
