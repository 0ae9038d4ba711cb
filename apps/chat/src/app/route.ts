import { useSyncExternalStore } from 'react';

/** Where the reader is: the address keeps it, so reload, back and a shared link all work. */
export interface Route {
  conversationID: string | undefined;
  /** The panel with the details of a person or group is open. */
  details: boolean;
  /** The people one knows stand in the place of the conversations. */
  contacts: boolean;
}

const CHANGED = 'sterna:route';
/** No conversation's ID: those begin with their kind. */
const CONTACTS = 'contacts';

export function parseRoute(hash: string): Route {
  const [, encoded = '', panel] = hash.split('/');
  if (encoded === CONTACTS) return { ...LIST, contacts: true };
  const conversationID = decode(encoded);
  return { conversationID, details: conversationID !== undefined && panel === 'details', contacts: false };
}

const LIST: Route = { conversationID: undefined, details: false, contacts: false };

export function formatRoute({ conversationID, details, contacts }: Route): string {
  if (contacts) return `#/${CONTACTS}`;
  if (conversationID === undefined) return '#/';
  return `#/${encodeURIComponent(conversationID)}${details ? '/details' : ''}`;
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

export function openDetails(conversationID: string): void {
  go({ ...LIST, conversationID, details: true }, 'push');
}

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
  go({ ...LIST, conversationID: route.details ? route.conversationID : undefined }, 'replace');
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
