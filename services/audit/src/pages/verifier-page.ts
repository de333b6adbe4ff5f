import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { joinedModules } from './joined-modules.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A `</script` inside of a text of the script would end it. */
const embedded = (script: string): string => script.replaceAll('</', '<\\/');

/**
 * The page that checks evidence: one HTML file that holds the verifier, loads nothing, and works from the disk as it does
 * from here.
 */
export const verifierPage = async (): Promise<string> => {
  const script = embedded(joinedModules(here('../verifier/index.ts')));
  return readFileSync(here('verifier.html'), 'utf8').replace('/* the verifier */', () => script);
};
