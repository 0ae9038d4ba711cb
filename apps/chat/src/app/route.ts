import { useSyncExternalStore } from 'react';
import { communityOf, conversationIDOf, isConversationID } from '../chat-client/published-values.ts';

/** Where the reader is: the address keeps it, so reload, back and a shared link all work. */
export interface Route {
  conversationID: string | undefined;
  /** The panel with the details of a person or group is open. */
  details: boolean;
  /** What is looked for in the conversation, while its search is open: nothing yet where it is empty. */
  search: string | undefined;
  /** The people one knows stand in the place of the conversations. */
  contacts: boolean;
}

const CHANGED = 'sterna:route';
/** No conversation's ID: those begin with their kind. */
const CONTACTS = 'contacts';

export function parseRoute(hash: string): Route {
  const [, encoded = '', panel, words = ''] = hash.split('/');
  if (encoded === CONTACTS) return { ...LIST, contacts: true };
  const conversationID = decode(encoded);
  if (conversationID === undefined || !isConversationID(conversationID)) return LIST;
  const search = panel === 'search' ? (decode(words) ?? '') : undefined;
  return { ...LIST, conversationID, details: panel === 'details', search };
}

const LIST: Route = { conversationID: undefined, details: false, search: undefined, contacts: false };

export function formatRoute(route: Partial<Route>): string {
  const { conversationID, details, search, contacts } = { ...LIST, ...route };
  if (contacts) return `#/${CONTACTS}`;
  if (conversationID === undefined) return '#/';
  const place = `#/${encodeURIComponent(conversationID)}`;
  if (search !== undefined) return `${place}/search/${encodeURIComponent(search)}`;
  return details ? `${place}/details` : place;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return parseRoute(hash);
}

/** From the list a chat is a step forward; from one chat to the next it is not, so that "back" is the list. */
export function openConversation(conversationID: string): void {
  const { conversationID: before } = parseRoute(location.hash);
  go({ ...LIST, conversationID }, before === undefined ? 'push' : 'replace');
}

/** A topic lies below its community: from there it is a step forward. */
export function openTopic(conversationID: string): void {
  const { conversationID: before } = parseRoute(location.hash);
  const isForward = before === undefined || before === parentOf(conversationID);
  go({ ...LIST, conversationID }, isForward ? 'push' : 'replace');
}

function parentOf(conversationID: string | undefined): string | undefined {
  const groupID = conversationID === undefined ? undefined : communityOf(conversationID);
  return groupID === undefined ? undefined : conversationIDOf('group', groupID);
}

export function openDetails(conversationID: string): void {
  go({ ...LIST, conversationID, details: true }, isBeside(parseRoute(location.hash)) ? 'replace' : 'push');
}

/** The search of a conversation takes the place of its details. */
export function openSearch(conversationID: string, words = ''): void {
  go({ ...LIST, conversationID, search: words }, isBeside(parseRoute(location.hash)) ? 'replace' : 'push');
}

/** Something stands beside the conversation. */
const isBeside = ({ details, search }: Route): boolean => details || search !== undefined;

export function openContacts(): void {
  go({ ...LIST, contacts: true }, 'push');
}

/** One step back where this page made it, else to the place that lies above in the order of things. */
export function stepBack(): void {
  const route = parseRoute(location.hash);
  if (cameFromHere(history.state)) {
    history.back();
    return;
  }
  const { conversationID } = route;
  go({ ...LIST, conversationID: isBeside(route) ? conversationID : parentOf(conversationID) }, 'replace');
}

export function goHome(): void {
  go(LIST, 'replace');
}

/** Whoever signs in next begins at the list, and is not who the address of a development page names. */
export function forgetPlace(): void {
  history.replaceState(null, '', `${location.pathname}#/`);
  window.dispatchEvent(new Event(CHANGED));
}

function go(route: Route, how: 'push' | 'replace'): void {
  const address = `${location.pathname}${location.search}${formatRoute(route)}`;
  if (how === 'push') history.pushState({ sterna: true }, '', address);
  else history.replaceState(history.state, '', address);
  window.dispatchEvent(new Event(CHANGED));
}

function cameFromHere(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'sterna' in state;
}

function subscribe(listener: () => void): () => void {
  const names = ['hashchange', 'popstate', CHANGED];
  for (const name of names) window.addEventListener(name, listener);
  return () => {
    for (const name of names) window.removeEventListener(name, listener);
  };
}

function decode(encoded: string): string | undefined {
  try {
    return encoded === '' ? undefined : decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
