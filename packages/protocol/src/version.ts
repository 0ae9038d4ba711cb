/**
 * The protocol's version, sent in the first frame. A server accepts this and every older one that the history names.
 *
 * History, newest first:
 * - 1: the first version.
 */
export const PROTOCOL_VERSION = 1;
