import { answers } from './answer.ts';

/** The database that `*.pg.test.ts` may fill and empty. */
export function postgresUrl(): string {
  return process.env['STERNA_TEST_POSTGRES'] ?? 'postgres://root@127.0.0.1:5432/test';
}

/** The server that `*.nats.test.ts` publishes on. */
export function natsUrl(): string {
  return process.env['STERNA_TEST_NATS'] ?? 'nats://127.0.0.1:4222';
}

/** Undefined where PostgreSQL answers, else a sentence saying what is missing. */
export function missingPostgres(): Promise<string | undefined> {
  return missing('PostgreSQL', postgresUrl(), 5432, 'STERNA_TEST_POSTGRES');
}

/** Undefined where NATS answers, else a sentence saying what is missing. */
export function missingNats(): Promise<string | undefined> {
  return missing('NATS', natsUrl(), 4222, 'STERNA_TEST_NATS');
}

async function missing(
  name: string,
  url: string,
  defaultPort: number,
  variable: string,
): Promise<string | undefined> {
  const { hostname, port } = new URL(url);
  if (await answers(hostname, Number(port === '' ? defaultPort : port))) return undefined;
  return `${name} does not answer at ${hostname}:${port === '' ? defaultPort : port} (set ${variable})`;
}
