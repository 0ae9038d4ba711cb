/** Links of before that are remembered as they are now: a server with more faces than these verifies some again. */
const REMEMBERED = 10_000;

/**
 * Changes links in JSON that is on its way out. Avatars are copied into messages, tips and lists with the address that the service
 * had; here, where all of them pass, is the one place that misses none. Only fields that hold an avatar are looked at, so nothing
 * that users wrote changes.
 */
export function createPresentLinks(given: {
  /** What every link has in it. */
  mark: string;
  /** Known once the service listens. */
  address: () => string;
  renew: (url: string) => string;
}): (json: string) => string {
  const { mark, address, renew } = given;
  const renewed = new Map<string, string>();
  let moved: { to: string; pattern: RegExp } | undefined;
  let last = { json: '', present: '' };

  /** Only links of another address: where the service has not moved, nothing is replaced. */
  function patternFor(to: string): RegExp {
    if (moved?.to !== to) {
      const link = `(?!${RegExp.escape(to)}/)https?://[^"\\\\]+?${RegExp.escape(mark)}[\\w-]+`;
      moved = { to, pattern: new RegExp(`("(?:avatar|faceUrl)":")(${link})(?=")`, 'g') };
      renewed.clear();
    }
    return moved.pattern;
  }

  function presentOf(url: string): string {
    const known = renewed.get(url);
    if (known !== undefined) return known;
    const present = renew(url);
    if (renewed.size >= REMEMBERED) renewed.clear();
    renewed.set(url, present);
    return present;
  }

  /** A look at each link's beginning, as most servers never move. */
  function leadsElsewhere(json: string): boolean {
    const here = `${address()}/`;
    for (let at = json.indexOf(mark); at !== -1; at = json.indexOf(mark, at + mark.length)) {
      if (!json.startsWith(here, json.lastIndexOf('"', at) + 1)) return true;
    }
    return false;
  }

  return (json) => {
    // A push to many is the same text for each of them.
    if (json === last.json) return last.present;
    const present = leadsElsewhere(json)
      ? json.replace(patternFor(address()), (_, field: string, url: string) => field + presentOf(url))
      : json;
    last = { json, present };
    return present;
  };
}
