import type { Credentials, Person } from './state.ts';

/** What a server in development mode offers, so that a newcomer needs no signature of their own. */
export interface ServerAccounts {
  /** The demo users; `undefined` when the server is in production and the route does not exist. */
  demoUsers(): Promise<readonly Person[] | undefined>;
  signatureFor(userID: string): Promise<Credentials>;
}

/** The published code of a network that is not there. */
const UNREACHED = 2800;

export function createServerAccounts(fetchPage: typeof fetch): ServerAccounts {
  const getJSON = async (path: string): Promise<unknown> => {
    const response = await fetchPage(path, { headers: { accept: 'application/json' } });
    const isJSON = response.headers.get('content-type')?.includes('application/json') ?? false;
    const body: unknown = isJSON ? await response.json() : undefined;
    // In production the path may answer with the page itself.
    if (!response.ok || !isJSON)
      throw new Error(stringOr(asObject(body)['error']) || `the server answered ${response.status}`);
    return body;
  };
  return {
    demoUsers: async () => {
      try {
        return readUsers(await getJSON('./demo-users.json'));
      } catch {
        return undefined;
      }
    },
    signatureFor: async (userID) => {
      const body = await getJSON(`/dev/usersig?userID=${encodeURIComponent(userID)}`).catch(
        (error: unknown) => {
          // A browser's own words for a request that came to nothing are none for people.
          throw error instanceof TypeError ? Object.assign(error, { code: UNREACHED }) : error;
        },
      );
      const credentials = readCredentials({ ...asObject(body), userID });
      if (credentials === undefined) throw new Error('the server answered without a signature');
      return credentials;
    },
  };
}

/** Credentials out of anything that was stored or received; `undefined` when they are not whole. */
export function readCredentials(value: unknown): Credentials | undefined {
  const { SDKAppID, userID, userSig } = asObject(value);
  if (typeof SDKAppID !== 'number' || typeof userID !== 'string' || typeof userSig !== 'string')
    return undefined;
  return userID === '' || userSig === '' ? undefined : { SDKAppID, userID, userSig };
}

function readUsers(body: unknown): Person[] {
  const { users } = asObject(body);
  if (!Array.isArray(users)) throw new Error('the server named no demo users');
  return users.flatMap((user) => {
    const { userID, nick, avatar } = asObject(user);
    if (typeof userID !== 'string') return [];
    return [{ userID, nick: stringOr(nick), avatar: stringOr(avatar), signature: '' }];
  });
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function stringOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
