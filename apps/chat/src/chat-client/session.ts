import type { Context } from './context.ts';
import { failureOf } from './context.ts';
import { readCredentials, type ServerAccounts } from './server-accounts.ts';
import { type ChatState, type Credentials, type KickReason, NOTHING_LOADED } from './state.ts';
import type { Tim } from './tim.ts';
import type { TabStorage, Unsent } from './unsent.ts';

export interface SessionActions {
  /** Takes up the session of this tab, or signs in the user named in the address of a development page. */
  restore(userInAddress: string | undefined): Promise<void>;
  signIn(credentials: Credentials): Promise<void>;
  /** Signs in with a signature that the server in development mode hands out. */
  signInAs(userID: string): Promise<void>;
  /** Whoever waits for the connection is not kept waiting: it is tried now. */
  reconnect(): Promise<void>;
  /** After a kick: the same user, here again. */
  signInAgain(): Promise<void>;
  /** After a kick: back to the sign-in page. */
  leave(): void;
  signOut(): Promise<void>;
}

export interface SessionDeps {
  context: Context;
  accounts: ServerAccounts;
  storage: TabStorage;
  unsent: Pick<Unsent, 'begin' | 'end' | 'forget'>;
  /** Makes the SDK instance of this app and listens to it. */
  connect(SDKAppID: number): Tim;
}

const STORAGE_KEY = 'sterna.session';

export function createSessionActions(deps: SessionDeps): SessionActions {
  const { context, accounts, storage, unsent } = deps;
  const { store } = context;
  let last: Credentials | undefined;
  let leaving: Promise<unknown> = Promise.resolve();

  const signIn = async (credentials: Credentials): Promise<void> => {
    const { SDKAppID, userID, userSig } = credentials;
    // What was being written outlives a kick, for the one who wrote it.
    const isSameUser = last?.userID === userID;
    last = credentials;
    store.update((state) => ({
      ...state,
      ...NOTHING_LOADED,
      drafts: isSameUser ? state.drafts : {},
      session: { name: 'signingIn', userID },
    }));
    try {
      await leaving;
      const tim = deps.connect(SDKAppID);
      const drafts = unsent.begin(tim, credentials);
      store.update((state) => ({ ...state, drafts }));
      await tim.login({ userID, userSig });
      storage.setItem(STORAGE_KEY, JSON.stringify(credentials));
      store.update((state) => activate(state, credentials));
    } catch (error) {
      storage.removeItem(STORAGE_KEY);
      store.update((state) =>
        state.session.name === 'kicked'
          ? state
          : { ...state, session: { name: 'signedOut', failure: failureOf(error) } },
      );
    }
  };

  const signInAs = async (userID: string): Promise<void> => {
    store.update((state) => ({ ...state, session: { name: 'signingIn', userID } }));
    let credentials: Credentials;
    try {
      credentials = await accounts.signatureFor(userID);
    } catch (error) {
      store.update((state) => ({ ...state, session: { name: 'signedOut', failure: failureOf(error) } }));
      return;
    }
    await signIn(credentials);
  };

  const leave = (): void => {
    last = undefined;
    unsent.end();
    storage.removeItem(STORAGE_KEY);
    store.update((state) => ({
      ...state,
      ...NOTHING_LOADED,
      session: { name: 'signedOut', failure: undefined },
    }));
  };

  return {
    restore: async (userInAddress) => {
      const demoUsers = await accounts.demoUsers();
      store.update((state) => ({ ...state, demoUsers }));
      const stored = readCredentials(parse(storage.getItem(STORAGE_KEY)));
      if (userInAddress !== undefined && demoUsers !== undefined && stored?.userID !== userInAddress) {
        await signInAs(userInAddress);
      } else if (stored !== undefined) {
        await (demoUsers === undefined ? signIn(stored) : signInAs(stored.userID));
      } else {
        store.update((state) => ({ ...state, session: { name: 'signedOut', failure: undefined } }));
      }
    },
    signIn,
    signInAs,
    reconnect: async () => {
      if (last === undefined || store.get().session.name !== 'active') return;
      try {
        // The SDK is logged in, and takes this as a wish.
        await context.tim().login({ userID: last.userID, userSig: last.userSig });
      } catch {
        // The session ended meanwhile, and the page says so.
      }
    },
    signInAgain: async () => {
      if (last === undefined) leave();
      else await (store.get().demoUsers === undefined ? signIn(last) : signInAs(last.userID));
    },
    leave,
    signOut: async () => {
      const tim = context.tim();
      unsent.forget();
      leave();
      // A logout that fails needs no words: the server forgets the session when the connection is gone.
      leaving = Promise.allSettled([tim.logout()]);
      await leaving;
    },
  };
}

export function kickReasonOf(type: string): KickReason {
  if (type === 'multipleAccount' || type === 'multipleDevice' || type === 'userSigExpired') return type;
  return 'administrator';
}

/** `SDK_READY` may come before `login()` has resolved: what it set is kept. */
function activate(state: ChatState, { SDKAppID, userID }: Credentials): ChatState {
  if (state.session.name === 'active' || state.session.name === 'kicked') return state;
  return { ...state, session: { name: 'active', userID, SDKAppID, synced: false } };
}

function parse(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
