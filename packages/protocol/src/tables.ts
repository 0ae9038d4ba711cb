/** The plain tables: they import nothing, so the SDK ships them without a schema library. */
export * from './close-codes.ts';
export * from './errors.ts';
export * from './limits.ts';
export * from './version.ts';
