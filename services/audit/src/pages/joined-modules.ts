import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { transformSync } from 'amaro';

const FROM = /^(import|export) \{([^}]*)\} from '(\.[^']+)';$/gm;
const EXPORTED = /^export (?:const|class|async function|function) (\w+)/gm;

interface Module {
  readonly file: string;
  readonly code: string;
  /** What it takes from others, and hands on at once when it re-exports. */
  readonly taken: readonly { readonly file: string; readonly names: readonly string[]; readonly handedOn: boolean }[];
}

const namesIn = (list: string): string[] =>
  list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const read = (file: string): Module => {
  const { code } = transformSync(readFileSync(file, 'utf8'), { mode: 'strip-only' });
  const taken = [...code.matchAll(FROM)].map(([, how, names, from]) => ({
    file: resolve(dirname(file), from as string),
    names: namesIn(names as string),
    handedOn: how === 'export',
  }));
  return { file, code, taken };
};

/** The modules that a file needs, the deepest first, each once. */
const inOrder = (file: string, seen = new Set<string>()): Module[] => {
  if (seen.has(file)) return [];
  seen.add(file);
  const module = read(file);
  return [...module.taken.flatMap(({ file: needed }) => inOrder(needed, seen)), module];
};

/** A module as a function that gives what it exports; names inside of it are its own. */
const wrapped = ({ code, taken }: Module, numberOf: (file: string) => number): string => {
  const imports = taken.map(({ file, names }) => `const { ${names.join(', ')} } = module${numberOf(file)};`);
  const exported = [
    ...[...code.matchAll(EXPORTED)].map(([, name]) => name as string),
    ...taken.filter(({ handedOn }) => handedOn).flatMap(({ names }) => names),
  ];
  const body = code
    .replaceAll(FROM, '')
    .replaceAll(/^export (?=\w)/gm, '')
    .replaceAll(/[ \t]+$/gm, '');
  const lines = [...imports, body.replaceAll(/\n{2,}/g, '\n').trim(), `return { ${exported.join(', ')} };`];
  return `(() => {\n${lines.join('\n')}\n})()`;
};

/**
 * Source files of ours as the body of a function that gives what the entry exports, without imports: for a page that is a
 * single file. The files import each other by name and relative path alone.
 */
export const joinedModules = (entry: string): string => {
  const modules = inOrder(entry);
  const numberOf = (file: string): number => modules.findIndex((module) => module.file === file);
  const parts = modules.map((module, n) => `const module${n} = ${wrapped(module, numberOf)};`);
  return [...parts, `return module${modules.length - 1};`].join('\n');
};
