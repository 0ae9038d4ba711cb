import type { Project } from './projects.ts';

/** The lines of a compiler run that are errors of the project; none where it passed. */
export function errorsOf({ judges = '' }: Project, code: number, output: string): string[] {
  // TS18003: a project of which no file exists yet.
  if (code === 0 || output.includes('error TS18003')) return [];
  const lines = output.trimEnd().split('\n');
  // An error is a line that names its file, and indented lines that explain it.
  let ours = true;
  const errors = lines.filter((line) => {
    const place = /^(\S.*?)\(\d+,\d+\): error /.exec(line)?.[1];
    if (place !== undefined) ours = place.startsWith(judges);
    return ours;
  });
  // A failure that names no file at all, of the configuration for instance, is everybody's.
  return errors;
}
