/** Where the tables of the notary are kept, for `migrate`. */
export const notaryMigrations = {
  component: 'notary',
  folder: new URL('../migrations', import.meta.url),
} as const;
