/** Where the table of the key ledger is kept, for `migrate`. */
export const commandingMigrations = {
  component: 'commanding',
  folder: new URL('../migrations', import.meta.url),
} as const;

/** The function in this schema that appends and claims keys; the `claimingFunction` of a log in the same database. */
export const CLAIMING_APPEND = 'commanding.append';
