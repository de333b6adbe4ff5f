/** Where the tables of operations and spools are kept, for `migrate`. */
export const operationsMigrations = {
  component: 'operations',
  folder: new URL('../migrations', import.meta.url),
} as const;
