import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { root } from './root.ts';
import { runSteps } from './run-steps.ts';
import { steps } from './steps/index.ts';

const slash = '/';

/** For each step a file that it must object to, and what it says of it. */
const plants: Readonly<Record<string, readonly [path: string, text: string, says: RegExp]>> = {
  types: ['packages/kernel/wrong-type.ts', "export const count: number = 'one';\n", /wrong-type\.ts.*TS2322/],
  lint: ['packages/kernel/old-style.ts', 'export var count = 1\n', /old-style\.ts/],
  boundaries: ['packages/kernel/lost.ts', "import './nowhere.ts';\n", /lost\.ts → \.\/nowhere\.ts/],
  purity: ['services/agency/src/decisions/clock.ts', 'export const at = () => Date.now();\n', /clock\.ts:1 Date\.now/],
  unused: ['packages/kernel/forgotten.ts', 'export const forgotten = 1;\n', /forgotten\.ts/],
  hygiene: [
    'packages/kernel/mine.ts',
    `export const path = '${slash}root${slash}mine';\n`,
    /mine\.ts:1 path of one machine/,
  ],
  openapi: ['contracts/openapi.json', '{ "openapi": "3.1.0" }\n', /openapi\.json is not what the operations make/],
};

const COPIED = [
  'package.json',
  'pnpm-workspace.yaml',
  'tsconfig.json',
  'tsconfig.base.json',
  'biome.json',
  '.gitignore',
  'packages/kernel/package.json',
  'services/agency/package.json',
  'infra/check/knip.json',
];

/** A tree with our settings and dependencies, in which everything is wrong once. */
const wrongTree = (): string => {
  const tree = mkdtempSync(join(tmpdir(), 'headroom-wrong-'));
  t.teardown(() => rmSync(tree, { recursive: true, force: true }));
  const at = (path: string): string => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    return join(tree, path);
  };
  for (const folder of ['host', 'test']) mkdirSync(join(tree, folder));
  for (const path of COPIED) copyFileSync(join(root, path), at(path));
  // Folders of links rather than one link, which tools would take for a folder of ours.
  for (const folder of ['node_modules', 'infra/check/node_modules']) {
    for (const name of readdirSync(join(root, folder))) symlinkSync(join(root, folder, name), at(`${folder}/${name}`));
  }
  for (const [path, text] of Object.values(plants)) writeFileSync(at(path), text);
  return tree;
};

t.test('every step fails on what it is there for, and says where', async (t) => {
  const findings = new Map((await runSteps(wrongTree(), () => undefined)).map(({ name, finding }) => [name, finding]));
  t.strictSame([...findings.keys()].toSorted(), steps.map(({ name }) => name).toSorted(), 'every step has run');
  for (const { name } of steps) {
    const says = plants[name]?.[2];
    t.ok(says, `${name} has a plant`);
    if (says) t.match(findings.get(name), says, name);
  }
});
