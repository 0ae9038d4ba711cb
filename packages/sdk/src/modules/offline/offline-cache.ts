import { ImError, sdkError } from '../../errors.ts';
import { ANYBODY } from '../../facade.ts';
import { CACHE_READ_MS, CACHE_WRITE_MS } from '../../limits.ts';
import { property } from '../../messages/values.ts';
import type { Cabinet } from '../../platform/cabinet.ts';
import { createTimer } from '../../platform/timer.ts';
import * as SDK_ERRORS from '../../sdk-errors.ts';
import type { EngineContext, EngineModule, EngineModuleFactory } from '../engine-module.ts';
import { keptText, restoreKept } from './kept-state.ts';

/** What may be read of what was kept, while nobody is logged in. */
const READING = /^(log|destroy|joinGroup|quitGroup)|^get(Conversation|Message)List$/;

/** The codes of the server's refusals of a login begin here; those of this side are smaller. */
const REFUSED = 6000;

/** After each of these what is held may be something else. */
const CHANGES = [
  'sdkStateReady',
  'onConversationListUpdated',
  'onMessageReceived',
  'onMessageModified',
  'onMessageRevoked',
  'onGroupListUpdated',
] as const;

/** Keeps what the device holds of one user, where the application asks for it with `offlineCache`. */
export function createOfflineCache(cabinet: Cabinet): EngineModuleFactory {
  return (context) => (context.options.offlineCache ? offlineCache(context, cabinet) : { methods: {} });
}

function offlineCache(context: EngineContext, cabinet: Cabinet): EngineModule {
  const { conversations, emit, gate, groups, logger, on, options, profiles, session, sync, timers } = context;
  const name = `sterna.${Number(options.SDKAppID)}`;
  const timer = createTimer(timers);
  /** What the device has, as far as it is known. */
  let text: string | undefined;
  /** Whose state the stores hold although nobody is logged in. */
  let shownTo: string | undefined;
  /** One call at a time, so that a removal is the last word. */
  let turn: Promise<unknown> = Promise.resolve();
  /** Counts what ended a login under way: what is read meanwhile is too late. */
  let ends = 0;

  /** Without storage the SDK does without: nobody waits for it, and a failure is for the log. */
  function inTurn<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
    const mine = turn.then(run).catch((error: unknown) => {
      logger.debug('Nothing is kept', { cause: String(error) });
      return undefined;
    });
    turn = mine;
    return mine;
  }

  function save(): void {
    if (!session().isReady) return;
    const next = keptText(context, session().userID);
    if (next === undefined || next === text) return;
    text = next;
    void inTurn(() => cabinet.write(name, next));
  }

  function forget(): void {
    ends += 1;
    timer.stop();
    text = undefined;
    void inTurn(() => cabinet.remove(name));
  }

  function read(): Promise<string | undefined> {
    return new Promise((resolve) => {
      const cancel = timers.setTimer(CACHE_READ_MS, () => resolve(undefined));
      void inTurn(() => cabinet.read(name)).then((found) => {
        cancel();
        resolve(found);
      });
    });
  }

  /** Fills the stores, which are empty unless an earlier attempt of this user has left it there. */
  function show(userID: string): void {
    if (text === undefined || shownTo === userID) return;
    // Of another user, perhaps: they are not to lie here any longer.
    if (!restoreKept(context, userID, text)) return forget();
    shownTo = userID;
    gate.open = READING;
    emit('onConversationListUpdated', conversations.list());
  }

  async function restore(userID: string): Promise<void> {
    const mine = ends;
    if (text === undefined) text = await read();
    if (mine !== ends) throw sdkError(SDK_ERRORS.notLoggedIn, 'the session ended');
    if (session().userID) return;
    if (shownTo && shownTo !== userID) {
      for (const store of [sync, conversations, groups, profiles]) store.clear();
      shownTo = undefined;
    }
    show(userID);
  }

  for (const event of CHANGES)
    on(event, () => {
      if (session().isReady) timer.ensure(CACHE_WRITE_MS, save);
    });
  // Others ended this session, from elsewhere: what it held is not to stay on this device.
  on('kickedOut', ({ data }) => {
    if (data.type !== 'userSigExpired') forget();
  });

  return {
    methods: {},
    onLogin: () => void (gate.open = ANYBODY),
    onLogout() {
      timer.stop();
      gate.open = ANYBODY;
      shownTo = undefined;
    },
    wrap: (methods) => ({
      ...methods,
      async login(account) {
        const userID = String(property(account, 'userID'));
        const current = session().userID;
        if (current && current !== userID) forget();
        else if (!current) await restore(userID);
        try {
          return await methods.login(account);
        } catch (error) {
          // The server's own no: whatever is kept, this is not the one to show it to.
          if (error instanceof ImError && error.code >= REFUSED) forget();
          else if (!session().userID) show(userID);
          throw error;
        }
      },
      logout() {
        forget();
        return methods.logout();
      },
      destroy() {
        forget();
        return methods.destroy();
      },
    }),
  };
}
