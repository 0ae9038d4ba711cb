/** Who is connected, as far as this node knows. Presence may lag or be lost: nothing durable rests on it. */
export interface Presence {
  onlineMembers(app: number, groupID: string): number;
}
