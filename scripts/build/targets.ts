/** One bundle: the workspace whose `build` script makes it, and what it is made from. */
export type Target = {
  name: string;
  folder: string;
  /** Other folders whose files decide whether the bundle is still good. */
  sources: readonly string[];
};

const PROTOCOL = 'packages/protocol/src';
const SDK = 'packages/sdk/src';
const SDK_SCRIPTS = 'packages/sdk/scripts';

/** In the order of building: what a later one is made of comes first. Each leaves its result in `<folder>/dist`. */
export const TARGETS: readonly Target[] = [
  { name: 'SDK', folder: 'packages/sdk', sources: [PROTOCOL] },
  { name: 'SDK for mini programs', folder: 'packages/sdk-wx', sources: [SDK, SDK_SCRIPTS, PROTOCOL] },
  { name: 'chat app', folder: 'apps/chat', sources: [SDK, PROTOCOL] },
];
