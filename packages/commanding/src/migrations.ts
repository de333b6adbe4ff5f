/** Where the table of the key ledger is kept, for `migrate`. */
export const commandingMigrations = {
  component: 'commanding',
  folder: new URL('../migrations', import.meta.url),
} as const;
