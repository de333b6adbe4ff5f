import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import type { FileResult } from './file-result.ts';
import { findTests } from './find-tests.ts';
import { runFile } from './run-file.ts';

const limits = { testSeconds: 30, fileSeconds: 60 };
const tap = JSON.stringify(import.meta.resolve('tap'));

const run = (file: string, text: string, within = limits): Promise<FileResult> => {
  const folder = t.testdir({ [file]: `import t from ${tap};\n${text}\n` });
  return runFile(folder, file, within);
};

const names = ({ failures }: FileResult): string[] => failures.map(({ name }) => name);

t.test('counts assertions at any depth, and those that were left out apart', async (t) => {
  const result = await run(
    'good.test.ts',
    `t.equal(1, 1); t.test('outer', async (t) => { await t.test('inner', async (t) => t.ok(true)); t.skip('later'); });`,
  );
  t.match(result, { file: 'good.test.ts', passed: 2, skipped: 1, failures: [] });
});

t.test('a failed assertion is named from the outermost test, with difference and place', async (t) => {
  const result = await run(
    'bad.test.ts',
    `t.pass('fine');\nt.test('outer', async (t) => t.test('inner', async (t) => t.strictSame([1, 2], [1, 3], 'same')));`,
  );
  t.equal(result.passed, 1);
  t.strictSame(names(result), ['outer > inner > same']);
  t.match(result.failures[0]?.details, /-\s+3,\n\+\s+2,[\s\S]*at .*bad\.test\.ts:3/);
});

t.test('an error thrown in a test fails it, and so does one beside the tests', async (t) => {
  const thrown = await run('thrown.test.ts', `t.test('throws', async () => { throw new Error('boom'); });`);
  t.strictSame(names(thrown), ['throws > boom']);
  const beside = await run('beside.test.ts', `t.pass('fine'); throw new Error('beside');`);
  t.not(beside.failures.length, 0);
});

t.test('what a test process does besides asserting can fail it, too', async (t) => {
  const code = await run('code.test.ts', `t.pass('fine'); process.on('exit', () => { process.exitCode = 3; });`);
  t.strictSame(code.failures, [{ name: 'process', details: 'exit code 3' }], 'a bad exit code');
  const killed = await run('killed.test.ts', `t.pass('fine'); process.kill(process.pid, 'SIGKILL');`);
  t.not(killed.failures.length, 0, 'an end by a signal');
  const early = await run(
    'early.test.ts',
    `t.plan(2); t.pass('one'); process.on('exit', () => process.reallyExit(0));`,
  );
  t.not(early.failures.length, 0, 'fewer assertions than planned');
  const broken = await run('broken.test.ts', 'const = 1;');
  t.not(broken.failures.length, 0, 'a file that does not load');
  t.match(broken.noise, /SyntaxError/, 'and says why');
});

t.test('a file that tests nothing fails', async (t) => {
  t.strictSame(names(await run('none.test.ts', '')), ['nothing tested']);
});

t.test('a test that hangs is ended and named; a process that hangs is ended', async (t) => {
  const test = await run(
    'waiting.test.ts',
    `t.test('waits', () => new Promise(() => setInterval(() => undefined, 1000)));`,
    { testSeconds: 2, fileSeconds: 60 },
  );
  t.match(names(test).join(), /waits/);
  const stuck = await run('stuck.test.ts', `t.pass('fine'); for (;;);`, { testSeconds: 1, fileSeconds: 3 });
  t.ok(stuck.failures.some(({ details }) => details === 'not done after 3 s'));
});

t.test('what a test started ends with it', async (t) => {
  // The child holds the outputs of its parent open: were it not ended, the file would be late.
  const { failures, passed } = await run(
    'parent.test.ts',
    `import { spawn } from 'node:child_process';
     spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'inherit' }).unref();
     t.pass('fine');`,
  );
  t.strictSame({ failures, passed }, { failures: [], passed: 1 });
});

t.test('finds test files by fragments, the crossing ones first, and leaves long runs to their own commands', (t) => {
  const folder = t.testdir({});
  for (const path of [
    'packages/money/src/money.test.ts',
    'test/acceptance/worked.test.ts',
    'test/faults/long.test.ts',
    'test/faults/short.test.ts',
    'packages/money/node_modules/tap/index.test.ts',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  t.strictSame(findTests(folder, []), [
    'test/acceptance/worked.test.ts',
    'test/faults/short.test.ts',
    'packages/money/src/money.test.ts',
  ]);
  t.strictSame(findTests(folder, ['money', 'short']), [
    'test/faults/short.test.ts',
    'packages/money/src/money.test.ts',
  ]);
  t.strictSame(findTests(folder, ['absent']), []);
  t.end();
});
