import { readBoundaries } from '@headroom/check/boundaries';
import { rules } from '@headroom/check/boundaries/rules';
import t from 'tap';
import { plantTree, type Tree } from './fixture.ts';

const EMPTY = 'export const x = 1;\n';
const importing = (...specifiers: string[]): string => specifiers.map((from) => `import '${from}';\n`).join('') + EMPTY;

/** A tree in which every file keeps to its place. */
const tidy: Tree = {
  'contracts/events/index.ts': importing('zod'),
  'contracts/rest/index.ts': importing('zod', '../events/index.ts'),
  'packages/kernel/src/index.ts': EMPTY,
  'packages/money/src/index.ts': importing('@headroom/kernel'),
  'packages/postgres/src/index.ts': importing('pg'),
  'packages/postgres/src/testing.ts': EMPTY,
  'packages/projecting/src/index.ts': importing('@headroom/postgres'),
  'packages/commanding/src/index.ts': importing('@headroom/postgres'),
  'packages/http/src/index.ts': importing('@headroom/commanding', '../../../contracts/rest/index.ts'),
  'services/alpha/src/index.ts': importing('./rest/tidy.ts', './projections/tidy.ts'),
  'services/alpha/src/events/tidy.ts': importing('../../../../contracts/events/index.ts', '@headroom/kernel'),
  'services/alpha/src/formulas/tidy.ts': importing('@headroom/money'),
  'services/alpha/src/decisions/tidy.ts': importing('../events/tidy.ts', '../formulas/tidy.ts', '@headroom/kernel'),
  'services/alpha/src/decisions/tidy.test.ts': importing('tap', './tidy.ts', '../projections/tidy.ts', 'node:fs'),
  'services/alpha/src/imports/tidy.ts': importing('node:crypto'),
  'services/alpha/src/commands/tidy.ts': importing('../decisions/tidy.ts', '@headroom/commanding'),
  'services/alpha/src/read-models/tidy.ts': importing('../decisions/tidy.ts', '@headroom/projecting'),
  'services/alpha/src/projections/tidy.ts': importing('../events/tidy.ts', '../read-models/tidy.ts'),
  'services/alpha/src/rest/tidy.ts': importing('../commands/tidy.ts', '../read-models/tidy.ts', '@headroom/http'),
  'services/beta/src/index.ts': EMPTY,
  'host/src/standalone.ts': importing('@headroom/alpha', '@headroom/beta'),
  'infra/tool.ts': EMPTY,
  'test/acceptance/tidy.test.ts': importing('tap', '@headroom/alpha', '@headroom/beta'),
};

/** For each rule a file that breaks it. */
const plants: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'services-meet-through-contracts': ['services/alpha/src/rest/plant.ts', importing('@headroom/beta')],
  'services-stand-alone': ['services/alpha/src/rest/plant.ts', importing('../../../../host/src/standalone.ts')],
  'service-folders-are-known': ['services/alpha/src/helpers/plant.ts', importing('@headroom/kernel')],
  'contracts-import-zod-alone': ['contracts/events/plant.ts', importing('@headroom/kernel')],
  'packages-know-no-business': ['packages/money/src/plant.ts', importing('../../../contracts/events/index.ts')],
  'only-http-knows-rest-contracts': ['packages/money/src/plant.ts', importing('../../../contracts/rest/index.ts')],
  'only-host-joins-services': ['infra/plant.ts', importing('@headroom/alpha')],
  'production-knows-no-tests': ['packages/money/src/plant.ts', importing('../../postgres/src/testing.ts')],
  'no-cycles': ['packages/money/src/plant.ts', importing('./plant.ts')],
  'everything-resolves': ['packages/money/src/plant.ts', importing('@headroom/gone')],
  'events-know-their-place': ['services/alpha/src/events/plant.ts', importing('../decisions/tidy.ts')],
  'formulas-know-their-place': ['services/alpha/src/formulas/plant.ts', importing('../events/tidy.ts')],
  'decisions-know-their-place': ['services/alpha/src/decisions/plant.ts', importing('pg')],
  'imports-know-their-place': ['services/alpha/src/imports/plant.ts', importing('node:fs')],
  'commands-know-their-place': ['services/alpha/src/commands/plant.ts', importing('../projections/tidy.ts')],
  'projections-know-their-place': ['services/alpha/src/projections/plant.ts', importing('@headroom/commanding')],
  'read-models-know-their-place': ['services/alpha/src/read-models/plant.ts', importing('@headroom/http')],
  'pages-know-their-place': ['services/alpha/src/pages/plant.ts', importing('../decisions/tidy.ts')],
  'verifier-know-their-place': ['services/alpha/src/verifier/plant.ts', importing('@headroom/kernel')],
  'rest-know-their-place': ['services/alpha/src/rest/plant.ts', importing('../decisions/tidy.ts')],
};

const broken = async (t: Parameters<typeof plantTree>[0], path: string, text: string): Promise<string[]> => {
  const { violations } = await readBoundaries(plantTree(t, { ...tidy, [path]: text }));
  t.strictSame([...new Set(violations.map(({ from }) => from))], [path], 'the planted file alone is blamed');
  return violations.map(({ rule }) => rule);
};

t.test('a tidy tree breaks no rule, and every file of it is read', async (t) => {
  const { files, violations } = await readBoundaries(plantTree(t, tidy));
  t.strictSame(violations, []);
  t.strictSame(files.toSorted(), Object.keys(tidy).toSorted());
});

t.test('every rule has a plant', (t) => {
  t.strictSame(Object.keys(plants).toSorted(), rules.map(({ name }) => name).toSorted());
  t.end();
});

for (const [rule, [path, text]] of Object.entries(plants)) {
  t.test(`${rule} bites`, async (t) => t.ok((await broken(t, path, text)).includes(rule)));
}

t.test('decisions may touch no input or output, were it only for a type', async (t) => {
  const path = 'services/alpha/src/decisions/plant.ts';
  for (const text of [
    importing('node:fs'),
    `import type { Pool } from 'pg';\nexport type P = Pool;\n`,
    `export const read = () => import('node:fs');\n`,
    `export { default } from 'pg';\n`,
    importing('../read-models/tidy.ts'),
    importing('../commands/tidy.ts'),
    importing('@headroom/postgres'),
  ]) {
    t.ok((await broken(t, path, text)).includes('decisions-know-their-place'), text);
  }
});
