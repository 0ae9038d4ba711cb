import type { EngineContext } from '../engine-module.ts';
import type { Held } from './conversation-store.ts';

/** The peer has read up to a number: the messages that are held say so, and the application is told. */
export function readByPeer({ outlet, session }: EngineContext, held: Held, seq: number): void {
  if (seq <= held.peerReadSeq) return;
  held.peerReadSeq = seq;
  for (const [number, message] of held.window.bySeq) {
    if (number > seq || message.flow === 'in' || message.isPeerRead) continue;
    message.isPeerRead = true;
    outlet.add('onMessageReadByPeer', message);
  }
  const { lastMessage } = held.view;
  if (lastMessage.fromAccount === session().userID && lastMessage.lastSequence <= seq)
    lastMessage.isPeerRead = true;
  outlet.conversationsChanged();
}
