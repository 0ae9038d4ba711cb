import type { ResourceLimits } from 'node:worker_threads';

/**
 * Of a thread that only answers small messages. Left to itself its young generation grows to 64 MB of what is garbage already, and
 * the service is to take a hundred bodies of any length at once within 300 MB.
 */
export const THREAD_LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 4 };
