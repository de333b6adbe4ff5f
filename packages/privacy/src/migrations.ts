/** Where the vault's tables are kept, for `migrate`. */
export const privacyMigrations = {
  component: 'privacy',
  folder: new URL('../migrations', import.meta.url),
} as const;
