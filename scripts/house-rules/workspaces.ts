/** A package.json, as far as the rules look at it. */
export type Manifest = {
  name: string;
  license?: string;
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
  peerDependencies: Readonly<Record<string, string>>;
  /** The paths by which others may import it. */
  exports: readonly string[];
  /** The files behind those paths, from the package's folder. */
  doors: readonly string[];
  allowScripts: Readonly<Record<string, boolean>>;
};

export type Workspace = { folder: string; manifest: Manifest };

/** Parses a package.json; what is absent is empty. */
export function parseManifest(text: string): Manifest {
  const json = asRecord(JSON.parse(text));
  const license = json['license'];
  return {
    name: String(json['name']),
    ...(typeof license === 'string' ? { license } : {}),
    dependencies: strings(json['dependencies']),
    devDependencies: strings(json['devDependencies']),
    peerDependencies: strings(json['peerDependencies']),
    exports: exportedPaths(json['exports']),
    doors: exportedFiles(json['exports'] ?? './src/index.ts'),
    allowScripts: Object.fromEntries(
      Object.entries(asRecord(json['allowScripts'])).map(([name, value]) => [name, value === true]),
    ),
  };
}

/** The workspace that a file belongs to, if any. */
export function workspaceOf(path: string, workspaces: readonly Workspace[]): Workspace | undefined {
  return workspaces.find(({ folder }) => path.startsWith(`${folder}/`));
}

/** An `exports` field is a map of paths, a map of conditions for the one path, or that path itself. */
function exportedPaths(field: unknown): string[] {
  if (field === undefined || typeof field === 'string') return ['.'];
  const keys = Object.keys(asRecord(field));
  return keys.some((key) => key.startsWith('.')) ? keys : ['.'];
}

function exportedFiles(field: unknown): string[] {
  if (typeof field === 'string') return [field.replace(/^\.\//, '')];
  return Object.values(asRecord(field)).flatMap(exportedFiles);
}

export function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function strings(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asRecord(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}
