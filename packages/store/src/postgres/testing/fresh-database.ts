import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { TEST_URL } from './fresh-schema.ts';

/** A database of its own for whole servers, which bring no schema of their choice. Disposing of it drops it, whoever is connected. */
export async function freshDatabase(): Promise<AsyncDisposable & { url: string }> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(TEST_URL);
  url.pathname = `/${name}`;
  await administer(`CREATE DATABASE "${name}"`);
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`),
  };
}

async function administer(statement: string): Promise<void> {
  const sql = postgres(TEST_URL, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
