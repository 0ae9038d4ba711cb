import { randomUUID } from 'node:crypto';
import type { Rules, Store } from '@sterna/core';
import postgres from 'postgres';
import { openPostgresStore, type PostgresStoreOptions } from '../postgres-store.ts';

/** The database that tests may fill and empty. */
export const TEST_URL = process.env['STERNA_TEST_POSTGRES'] ?? 'postgres://root@127.0.0.1:5432/test';

/** A schema of its own for one test, removed with everything in it. */
export function freshSchema() {
  const schema = `test_${randomUUID().replaceAll('-', '')}`;
  const opened: Store[] = [];
  return {
    schema,
    async open(rules: Rules, options: Partial<PostgresStoreOptions> = {}): Promise<Store> {
      const store = await openPostgresStore({ url: TEST_URL, schema, rules, ...options });
      opened.push(store);
      return store;
    },
    async dispose(): Promise<void> {
      await Promise.all(opened.map((store) => store.close()));
      const sql = postgres(TEST_URL, { max: 1, onnotice: () => undefined });
      await sql.unsafe(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
      await sql.end();
    },
  };
}
