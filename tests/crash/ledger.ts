/** What became of one send, as the sender knows it. */
type Fate = { name: 'acked'; seq: number } | { name: 'unknown' } | { name: 'refused' };

interface Entry {
  conversation: string;
  text: string;
  fate: Fate;
}

/** One message as a reader found it. */
export interface Found {
  seq: number;
  clientID: string | undefined;
  from: string;
  text: string;
}

/** Keeps, outside of the server, what every sender was told, and holds what readers find against it. */
export interface Ledger {
  sent(sender: string, clientID: string, conversation: string, text: string): void;
  acked(sender: string, clientID: string, seq: number): void;
  refused(sender: string, clientID: string): void;
  /** Sends that were neither acked nor refused, newest first. */
  unknown(): { sender: string; clientID: string; conversation: string; text: string }[];
  /**
   * Takes the next messages of a conversation, in the order of the read. Throws at the first that is out of order, there twice,
   * altered, never sent, or told to have failed.
   */
  found(conversation: string, messages: readonly Found[]): void;
  /** What was acked and is not in what has been found. Call it when every conversation has been read to its end. */
  lost(): string[];
  readonly counts: { acked: number; unknown: number; refused: number; found: number };
  /** How far a conversation has been read. */
  readTo(conversation: string): number;
}

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>();
  const places = new Map<string, number>();
  const readTo = new Map<string, number>();
  const counts = { acked: 0, unknown: 0, refused: 0, found: 0 };
  const keyOf = (sender: string, clientID: string): string => `${sender} ${clientID}`;

  function entryOf(sender: string, clientID: string): Entry {
    const entry = entries.get(keyOf(sender, clientID));
    if (entry === undefined) throw new Error(`nobody sent ${keyOf(sender, clientID)}`);
    return entry;
  }

  function become(sender: string, clientID: string, fate: Fate): void {
    const entry = entryOf(sender, clientID);
    if (entry.fate.name === 'acked') {
      if (fate.name === 'acked' && fate.seq === entry.fate.seq) return;
      throw new Error(
        `${keyOf(sender, clientID)} was acked with ${entry.fate.seq}, then ${JSON.stringify(fate)}`,
      );
    }
    counts[entry.fate.name] -= 1;
    counts[fate.name] += 1;
    entry.fate = fate;
  }

  function take(conversation: string, message: Found): void {
    const expected = (readTo.get(conversation) ?? 0) + 1;
    if (message.seq !== expected)
      throw new Error(`${conversation}: ${message.seq} where ${expected} should be`);
    readTo.set(conversation, message.seq);
    // Notices of the group have no sender's ID.
    if (message.clientID === undefined) return;
    const key = keyOf(message.from, message.clientID);
    const entry = entryOf(message.from, message.clientID);
    const before = places.get(key);
    if (before !== undefined)
      throw new Error(`${key} is in the history twice, at ${before} and ${message.seq}`);
    places.set(key, message.seq);
    counts.found += 1;
    if (entry.conversation !== conversation)
      throw new Error(`${key} is in ${conversation}, not in ${entry.conversation}`);
    if (entry.text !== message.text) throw new Error(`${key} reads "${message.text}", not "${entry.text}"`);
    if (entry.fate.name === 'refused') throw new Error(`${key} was refused, and is in the history`);
    if (entry.fate.name === 'acked' && entry.fate.seq !== message.seq) {
      throw new Error(`${key} was acked with ${entry.fate.seq}, and is at ${message.seq}`);
    }
  }

  return {
    sent(sender, clientID, conversation, text) {
      const key = keyOf(sender, clientID);
      const again = entries.get(key);
      if (again !== undefined) {
        if (again.text !== text || again.conversation !== conversation)
          throw new Error(`${key} is sent again, altered`);
        return;
      }
      entries.set(key, { conversation, text, fate: { name: 'unknown' } });
      counts.unknown += 1;
    },
    acked(sender, clientID, seq) {
      const place = places.get(keyOf(sender, clientID));
      if (place !== undefined && place !== seq) {
        throw new Error(`${keyOf(sender, clientID)} was found at ${place}, and is acked with ${seq}`);
      }
      become(sender, clientID, { name: 'acked', seq });
    },
    refused: (sender, clientID) => become(sender, clientID, { name: 'refused' }),
    unknown: () =>
      [...entries].toReversed().flatMap(([key, { conversation, text, fate }]) => {
        const [sender = '', clientID = ''] = key.split(' ');
        return fate.name === 'unknown' ? [{ sender, clientID, conversation, text }] : [];
      }),
    found(conversation, messages) {
      for (const message of messages) take(conversation, message);
    },
    lost: () =>
      [...entries].flatMap(([key, { fate, conversation }]) => {
        if (fate.name !== 'acked' || places.has(key)) return [];
        return [`${key} was acked with ${fate.seq} and is not in ${conversation}`];
      }),
    counts,
    readTo: (conversation) => readTo.get(conversation) ?? 0,
  };
}
