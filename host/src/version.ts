import { readFileSync } from 'node:fs';

/** The product's version, as the project's package.json has it. */
export const productVersion = (
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string }
).version;
