/** What the host's documentation says of itself; tests may choose an older host. */
export const LIMITS = {
  /** Sockets at once, since base library 1.7.0. */
  sockets: 5,
  /** Before it, and on some devices still. */
  socketsOnOldHosts: 2,
  /** Out of sight for longer than this, a program's sockets are cut and its requests fail. */
  hiddenSocketMs: 5_000,
  /** Where the call names no time of its own. */
  connectMs: 60_000,
  storageBytes: 10 * 1024 * 1024,
  storageKeyBytes: 1024 * 1024,
  mainPackageBytes: 2 * 1024 * 1024,
  /** Not written down anywhere: far above what people type, below what a loop makes. */
  sendsPerSecond: 200,
} as const;

/** What differs between hosts, devices and days; a seed chooses. */
export interface HostHabits {
  sockets: number;
  /** From going out of sight to the sockets being cut; at most `LIMITS.hiddenSocketMs`. */
  killAfterMs: number;
  /** Whether the program is told of it. */
  killTells: boolean;
  /** From going out of sight to the program standing still; Infinity where it goes on. */
  freezeAfterMs: number;
  /** What a timer does that fell due in between: runs at once, or goes on with the time that it had left. */
  thaw: 'overdue' | 'goOn';
  /** Whether timers run before the program hears that it is shown. */
  timersBeforeShow: boolean;
  /** What a dead socket answers to `send`. */
  deadSend: 'fail' | 'succeed' | 'silence';
  /** How a socket that is closed while it connects behaves: it goes, or the call changes nothing. */
  closeWhileConnecting: 'closes' | 'ignored';
  /** From a close to its event. */
  closeMs: number;
  /** Whether that event comes. */
  closeTells: boolean;
  /** A call into the host takes this long at most; overlapping calls may arrive in another order. */
  bridgeMs: number;
}

/** A host that behaves as well as the documentation allows. */
export const KIND_HOST: HostHabits = {
  sockets: LIMITS.sockets,
  killAfterMs: LIMITS.hiddenSocketMs,
  killTells: true,
  freezeAfterMs: Infinity,
  thaw: 'overdue',
  timersBeforeShow: false,
  deadSend: 'fail',
  closeWhileConnecting: 'closes',
  closeMs: 20,
  closeTells: true,
  bridgeMs: 2,
};
