import type { Platform } from '@sterna/protocol';

/** Which platforms exclude one another, and how many instances each may have at once (0: as many as the server bears). */
export interface LoginPolicy {
  mode: 'single' | 'dual' | 'triple' | 'multi';
  instances: { web: number; other: number };
}

/** The published values of KICKED_OUT. */
export type KickType = 'multipleAccount' | 'multipleDevice' | 'userSigExpired' | 'REST_API_Kick';

/** A live session as the policy looks at it. */
export interface LiveSession {
  instanceID: string;
  epoch: number;
  platform: Platform;
}

/** A mini program runs the web SDK and counts as web, as it does upstream. */
type DeviceClass = 'web' | 'phone' | 'tablet' | 'desktop';

const CLASS: Record<Platform, DeviceClass> = {
  web: 'web',
  miniprogram: 'web',
  android: 'phone',
  ios: 'phone',
  ipad: 'tablet',
  windows: 'desktop',
  mac: 'desktop',
  linux: 'desktop',
};

/** Whether two different platforms shut one another out under the policy. */
function exclusive(mode: LoginPolicy['mode'], one: Platform, other: Platform): boolean {
  const [a, b] = [CLASS[one], CLASS[other]];
  switch (mode) {
    case 'single':
      return true;
    case 'dual': // one native terminal beside the web
      return (a === 'web') === (b === 'web');
    case 'triple': // one mobile, one desktop, the web
      return a === b || (a !== 'web' && b !== 'web' && (a === 'desktop') === (b === 'desktop'));
    case 'multi':
      return false;
  }
}

/** Web and mini program share one pool of instances; every other platform has its own. */
function samePool(one: Platform, other: Platform): boolean {
  return one === other || (CLASS[one] === 'web' && CLASS[other] === 'web');
}

/**
 * Which sessions a newcomer ends: the oldest beyond its own platform's instances (`multipleAccount`),
 * and all of the platforms that the policy shuts out (`multipleDevice`). Of two logins the later always lives.
 */
export function evictedBy(
  newcomer: LiveSession,
  live: readonly LiveSession[],
  policy: LoginPolicy,
  most: number,
): { instanceID: string; epoch: number; reason: KickType }[] {
  const others = live
    .filter((session) => session.instanceID !== newcomer.instanceID)
    .sort((a, b) => a.epoch - b.epoch);
  const pool = others.filter((session) => samePool(session.platform, newcomer.platform));
  const configured = CLASS[newcomer.platform] === 'web' ? policy.instances.web : policy.instances.other;
  const instances = configured === 0 ? most : configured;
  const tooMany = pool.slice(0, Math.max(0, pool.length - (instances - 1)));
  const shutOut = others.filter(
    (session) =>
      !samePool(session.platform, newcomer.platform) &&
      exclusive(policy.mode, session.platform, newcomer.platform),
  );
  const staying = others.filter((session) => !tooMany.includes(session) && !shutOut.includes(session));
  const beyondMost = staying.slice(0, Math.max(0, staying.length - (most - 1)));
  const reasons = [
    ...tooMany.map((session) => ({ session, reason: 'multipleAccount' as const })),
    ...[...shutOut, ...beyondMost].map((session) => ({ session, reason: 'multipleDevice' as const })),
  ];
  return reasons.map(({ session, reason }) => ({
    instanceID: session.instanceID,
    epoch: session.epoch,
    reason,
  }));
}
