import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';

/** A statement whose rows are arrays: the driver's own type knows objects only. */
interface Rows extends Pick<StatementSync, 'run'> {
  get(...values: SQLOutputValue[]): SQLOutputValue[] | undefined;
  all(...values: SQLOutputValue[]): SQLOutputValue[][];
  iterate(...values: SQLOutputValue[]): IterableIterator<SQLOutputValue[]>;
}

export type Prepared<Name extends string> = Record<Name, Rows>;

export function prepared<Name extends string>(
  db: DatabaseSync,
  statements: Readonly<Record<Name, string>>,
): Prepared<Name> {
  const all = Object.entries<string>(statements).map(([name, sql]) => {
    const statement = db.prepare(sql);
    statement.setReturnArrays(true);
    return [name, statement];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names are those of the table, the rows arrays
  return Object.fromEntries(all) as Prepared<Name>;
}
