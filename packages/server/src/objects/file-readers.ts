import { type FileReaders, isInOneOf, type Store } from '@sterna/core';
import type { ObjectService } from '@sterna/objects';

type Service = Pick<ObjectService, 'conversationsOf' | 'isAvatar' | 'isKeyOf' | 'issueReaderToken' | 'offer'>;

/** Conversations that are looked at in one step, and at most: a file that was passed on more often is read by those of the first. */
const PAGE = 200;
const PAGES = 50;

/** Looks downloads up in the conversations, as they are now. */
export function createFileReaders(given: {
  service: Service;
  store: Store;
  /** When what is made now runs out. */
  endMs: () => number;
}): FileReaders {
  const { service, store, endMs } = given;

  async function mayRead(app: number, userID: string, key: string): Promise<boolean> {
    if (service.isKeyOf(String(app), userID, key)) return true;
    // Whoever is logged in sees the faces of others.
    if (await service.isAvatar(String(app), key)) return true;
    let after = '';
    for (let page = 0; page < PAGES; page += 1) {
      const logs = await service.conversationsOf(key, after, PAGE);
      if (await isInOneOf({ store }, { app, userID }, logs)) return true;
      if (logs.length < PAGE) return false;
      after = logs.at(-1) ?? after;
    }
    return false;
  }

  let links: { of: string; pattern: RegExp } | undefined;
  /** The address is known once the service listens. */
  function patternOf(publicURL: string): RegExp {
    if (links?.of !== publicURL) {
      const signed = `(${RegExp.escape(publicURL)}/[^\\s"?]+\\?expires=\\d+&signature=[\\w-]+)`;
      links = { of: publicURL, pattern: new RegExp(`${signed}(?:&reader=[\\w-]+\\.[\\w-]+)?`, 'g') };
    }
    return links.pattern;
  }

  return {
    mayRead,
    linksFor(app, userID, text) {
      const { publicURL } = service.offer;
      if (!text.includes(publicURL)) return text;
      const reader = service.issueReaderToken(String(app), userID, endMs());
      return text.replace(patternOf(publicURL), `$1&reader=${reader}`);
    },
  };
}
