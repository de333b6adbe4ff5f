/** The documents against the tree: what they point to is there, and the list of decisions is whole. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { treeFiles } from '@headroom/check/tree-files';
import t from 'tap';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The targets of a text's links that lie in the tree, without anchors. */
const localLinks = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));

t.test('every link leads somewhere', (t) => {
  for (const file of treeFiles(root, '**/*.md')) {
    const broken = localLinks(read(file)).filter((target) => !existsSync(join(root, dirname(file), target)));
    t.strictSame(broken, [], file);
  }
  t.end();
});

t.test('the list of decisions names each once, in order, by its own title', (t) => {
  const decisions = treeFiles(root, 'infra/adr/[0-9]*.md');
  const numbers = decisions.map((file) => Number(basename(file).slice(0, 4)));
  t.equal(new Set(numbers).size, numbers.length, 'no number was given twice');
  const expected = decisions.map((file) => `- [${read(file).split('\n')[0]?.replace(/^# /, '')}](${basename(file)})`);
  const listed = read('infra/adr/README.md')
    .split('\n')
    .filter((line) => line.startsWith('- ['));
  t.strictSame(listed, expected);
  t.end();
});
