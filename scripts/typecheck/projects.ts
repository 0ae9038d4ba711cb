/** A TypeScript configuration to check. */
export type Project = {
  config: string;
  /** The folder it judges; the sources of others that it reads are held to their own configuration. */
  judges?: string;
};

/** The wide ones serve the editor; the narrow ones hold sources to the platform that they may know. */
export const PROJECTS: readonly Project[] = [
  { config: 'tsconfig.json' },
  { config: 'tsconfig.platform-free.json' },
  { config: 'packages/sdk/tsconfig.json' },
  { config: 'packages/sdk/tsconfig.es2018.json', judges: 'packages/sdk/' },
  { config: 'packages/sdk-wx/tsconfig.json' },
  { config: 'apps/chat/tsconfig.json' },
  { config: 'tests/tsconfig.json' },
  { config: 'tests/mini-program/tsconfig.json', judges: 'tests/mini-program/' },
  { config: 'bench/tsconfig.json' },
];
