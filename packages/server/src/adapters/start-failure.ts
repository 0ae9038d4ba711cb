import { resolve } from 'node:path';

/** A start that cannot be, in a sentence for whoever runs the server. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

/** SQLite's code for a file that another process holds. */
const BUSY = 5;

/** Whether a database, or what it says was the cause, is held by another process. */
export function isHeldByAnother(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('errcode' in error && error.errcode === BUSY) || isHeldByAnother(error.cause);
}

/** A folder that another server works in: what a person does who starts twice. */
export function folderInUse(path: string, cause: unknown): StartFailure {
  return new StartFailure(
    `the data folder ${resolve(path)} is in use by another Sterna; stop that one, or choose another folder with STERNA_DATA.`,
    { cause },
  );
}

/** Waits for a port to be ours; of one that is taken it says which variable chooses another. */
export async function portChosenBy<Listener>(
  variable: string,
  listening: Promise<Listener>,
): Promise<Listener> {
  try {
    return await listening;
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'EADDRINUSE') throw error;
    const { address = 'this machine', port = 0 } = error;
    const next = port < 65_535 ? port + 1 : port - 1;
    throw new StartFailure(
      `port ${port} of ${address} is taken by another program; choose another, say with ${variable}=${next}.`,
      { cause: error },
    );
  }
}

interface SystemError extends Error {
  code: string;
  address?: string;
  port?: number;
  path?: string;
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

const unusable = ({ path, code }: SystemError): string =>
  `${path ?? 'the data folder'} cannot be used (${code}); check STERNA_DATA.`;

const forbidden = (error: SystemError): string =>
  error.port === undefined
    ? `${error.path ?? 'a file'} may not be read or written by this user.`
    : `this user may not listen on port ${error.port}; choose one from 1024 on.`;

const unresolvable = (): string =>
  'a host name cannot be resolved; check HOST and the addresses of the database and the bus.';

const SENTENCES: Readonly<Record<string, (error: SystemError) => string>> = {
  EADDRNOTAVAIL: ({ address }) => `${address ?? 'the host'} is no address of this machine; check HOST.`,
  EACCES: forbidden,
  EPERM: forbidden,
  ENOTFOUND: unresolvable,
  EAI_AGAIN: unresolvable,
  ECONNREFUSED: ({ address, port }) =>
    `nothing answers at ${address ?? 'a configured address'}${port === undefined ? '' : `:${port}`}; check the addresses of the database and the bus.`,
  EEXIST: unusable,
  ENOTDIR: unusable,
  EROFS: unusable,
  ENOSPC: unusable,
};

/** The sentence for a start that the machine does not allow; undefined for anything that is a bug of ours. */
export function explainStartFailure(error: unknown): string | undefined {
  if (error instanceof StartFailure) return error.message;
  return isSystemError(error) ? SENTENCES[error.code]?.(error) : undefined;
}
