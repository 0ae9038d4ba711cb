import { LIMITS } from './limits.ts';
import { field, listField, numberField, parseJson, stringField } from './payload-fields.ts';
import { addressOf, MESSAGE_TYPE } from './published-values.ts';
import type { ChatState, Credentials } from './state.ts';
import type { Tim, TimMessage } from './tim.ts';

export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

type Drafts = ChatState['drafts'];

/** What one user wrote in this tab and the server does not have. The tab's storage has it too, so a reload loses nothing. */
export interface Unsent {
  /** Takes up what this user left here. Messages begin as not sent, whatever they were waiting for. */
  begin(tim: Tim, account: Pick<Credentials, 'SDKAppID' | 'userID'>): Drafts;
  /** Nobody is signed in: what is kept stays until its writer is back. */
  end(): void;
  /** What is kept goes too. */
  forget(): void;
  keepDrafts(drafts: Drafts): void;
  add(key: string, message: TimMessage): void;
  /** The SDK's own object: it changes it in place, and `resendMessage` needs it. */
  get(key: string): TimMessage | undefined;
  of(conversationID: string): readonly (readonly [key: string, message: TimMessage])[];
  all(): readonly { message: TimMessage; isUnderWay: boolean }[];
  /** It is not under way any more, and not on the server. */
  rest(key: string): void;
  /** These are on the server, or nobody wants them any more. */
  drop(keys: readonly string[]): void;
  isEmpty(): boolean;
}

/** `changed` hears of every message that comes, goes, or is not under way any more. */
export function createUnsent(storage: TabStorage, changed: (how: 'came' | 'went') => void): Unsent {
  const messages = new Map<string, TimMessage>();
  const underWay = new Set<string>();
  let drafts: Drafts = {};
  let place: string | undefined;

  const save = (): void => {
    if (place === undefined) return;
    const texts = [...messages.values()].filter(({ type }) => type === MESSAGE_TYPE.text).map(toStored);
    try {
      if (texts.length === 0 && Object.keys(drafts).length === 0) storage.removeItem(place);
      else storage.setItem(place, JSON.stringify({ drafts, texts: texts.slice(-LIMITS.unsentTexts) }));
    } catch {
      // The storage is full, or not allowed: it is on the page still, and leaving the page asks first.
    }
  };
  const end = (): void => {
    place = undefined;
    messages.clear();
    underWay.clear();
    drafts = {};
  };

  return {
    begin: (tim, { SDKAppID, userID }) => {
      const next = `sterna.unsent.${SDKAppID}.${userID}`;
      if (place === next) {
        // Copies: the last session's answers may still come, and are not about this one's attempts.
        for (const [key, message] of messages) messages.set(key, { ...message, status: 'fail' });
        underWay.clear();
        changed('came');
        return drafts;
      }
      end();
      place = next;
      const stored = parseJson(storage.getItem(next) ?? '');
      drafts = draftsOf(stored);
      for (const text of listField(stored, 'texts')) {
        const message = fromStored(tim, text);
        if (message !== undefined) messages.set(message.ID, { ...message, from: userID });
      }
      changed('came');
      return drafts;
    },
    end,
    forget: () => {
      if (place !== undefined) storage.removeItem(place);
      end();
    },
    keepDrafts: (next) => {
      drafts = next;
      save();
    },
    add: (key, message) => {
      messages.set(key, message);
      underWay.add(key);
      save();
      changed('came');
    },
    get: (key) => messages.get(key),
    of: (conversationID) => [...messages].filter(([, message]) => message.conversationID === conversationID),
    all: () => [...messages].map(([key, message]) => ({ message, isUnderWay: underWay.has(key) })),
    rest: (key) => {
      if (underWay.delete(key)) changed('came');
    },
    drop: (keys) => {
      const gone = keys.filter((key) => messages.delete(key));
      if (gone.length === 0) return;
      for (const key of gone) underWay.delete(key);
      save();
      changed('went');
    },
    isEmpty: () => messages.size === 0,
  };
}

/** What stands in a conversation as not sent; what is still under way is not among it. */
export function failedIn(unsent: Pick<Unsent, 'of'>, conversationID: string): string[] {
  return unsent.of(conversationID).flatMap(([key, { status }]) => (status === 'fail' ? [key] : []));
}

/** The words, and what makes the second attempt the same message as the first: the server stores one of them. */
function toStored(message: TimMessage) {
  const { ID, conversationID, payload, atUserList, cloudCustomData, time, clientTime, random } = message;
  const text = stringField(payload, 'text');
  return { ID, conversationID, text, atUserList, cloudCustomData, time, clientTime, random };
}

function fromStored(tim: Tim, stored: unknown): TimMessage | undefined {
  const [ID, conversationID] = [stringField(stored, 'ID'), stringField(stored, 'conversationID')];
  const text = stringField(stored, 'text');
  if (ID === '' || conversationID === '' || text === '') return undefined;
  const options = { ...addressOf(conversationID), cloudCustomData: stringField(stored, 'cloudCustomData') };
  const atUserList = listField(stored, 'atUserList').filter((userID) => typeof userID === 'string');
  const message =
    atUserList.length === 0
      ? tim.createTextMessage({ ...options, payload: { text } })
      : tim.createTextAtMessage({ ...options, payload: { text, atUserList } });
  return Object.assign(message, {
    ID,
    time: numberField(stored, 'time'),
    clientTime: numberField(stored, 'clientTime'),
    random: numberField(stored, 'random'),
    status: 'fail',
  });
}

function draftsOf(stored: unknown): Drafts {
  const kept = field(stored, 'drafts');
  if (typeof kept !== 'object' || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, text]): [string, string][] =>
      typeof text === 'string' ? [[id, text]] : [],
    ),
  );
}
