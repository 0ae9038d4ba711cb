import { parseLog } from '../conversations/conversation-id.ts';
import type { CoreDeps } from '../deps.ts';
import { KINDS } from '../groups/kinds.ts';
import { keys } from '../keys.ts';
import { decode } from '../records.ts';

/** Whether the user is in one of these conversations now. Of live rooms nobody has a list: whoever is logged in may enter one. */
export async function isInOneOf(
  { store }: Pick<CoreDeps, 'store'>,
  { app, userID }: { app: number; userID: string },
  logs: readonly string[],
): Promise<boolean> {
  const groups: string[] = [];
  for (const log of logs) {
    const ref = parseLog(log);
    if (ref.app !== app) continue;
    if (ref.kind === 'c2c' && ref.users.includes(userID)) return true;
    if (ref.kind === 'group') groups.push(log);
  }
  const records = await store.get(groups.flatMap((log) => [keys.member(log, userID), keys.group(log)]));
  return groups.some((_, position) => {
    const [member, group] = [records[2 * position], decode.group(records[2 * position + 1])];
    return member !== undefined || (group !== undefined && !KINDS[group.type].stored);
  });
}
