import { createContext, type ReactNode, use, useEffect, useSyncExternalStore } from 'react';
import type { ChatClient } from './chat-client.ts';
import type { ChatState, Person } from './state.ts';

const ClientContext = createContext<ChatClient | undefined>(undefined);

export function ChatClientProvider({ client, children }: { client: ChatClient; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

export function useClient(): ChatClient {
  const client = use(ClientContext);
  if (client === undefined) throw new Error('useClient outside of ChatClientProvider');
  return client;
}

/** Watches one part of the state. `select` has to return what the state holds, not something new each time. */
export function useChat<Part>(select: (state: ChatState) => Part): Part {
  const { store } = useClient();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** The signed-in user's ID; empty while nobody is. */
export function useMyID(): string {
  return useChat((state) => ('userID' in state.session ? state.session.userID : ''));
}

/** A person by ID, asked for when not known yet. */
export function usePerson(userID: string): Person | undefined {
  const { ensurePeople } = useClient();
  useEffect(() => ensurePeople([userID]), [ensurePeople, userID]);
  return useChat((state) => state.people.get(userID));
}

export function nameOf(people: ReadonlyMap<string, Person>, userID: string): string {
  return people.get(userID)?.nick || userID;
}
