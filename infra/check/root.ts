import { join } from 'node:path';

/** The folder that holds the whole tree, without a trailing slash. */
export const root = join(import.meta.dirname, '../..');
