import type { DownstreamItem, PushBody, PushName } from '@sterna/protocol';
import { ImError } from '../errors.ts';
import type { Requests } from './requests.ts';

/** `ITEM` of the protocol, held equal by a test: the table lives beside the schemas, which are not shipped. */
export const ITEM_KIND = { reply: 0, refusal: 1, push: 2 } as const;

/** A push with the body of its name. */
export type Push = { [Name in PushName]: { name: Name; body: PushBody<Name> } }[PushName];

/** Gives each item of a frame to whom it is for, in their order. Kinds of a newer server are passed over. */
export function createFrameReader(
  requests: Requests,
  onPush: (push: Push) => void,
): (items: unknown) => void {
  return (items) => {
    if (!Array.isArray(items)) return;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the decoder: the server speaks this protocol
    for (const item of items as DownstreamItem[]) {
      switch (item[0]) {
        case ITEM_KIND.reply:
          requests.reply(item[1], item[2]);
          break;
        case ITEM_KIND.refusal:
          requests.refusal(item[1], new ImError(item[2], item[3], item[4]));
          break;
        case ITEM_KIND.push:
          // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- name and body of one item belong together
          onPush({ name: item[1], body: item[2] } as Push);
          break;
      }
    }
  };
}
