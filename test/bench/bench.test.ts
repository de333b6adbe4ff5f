import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { askedQuestions, NOT_IN_HISTORY, pathOf } from './src/asked-questions.ts';
import type { Line } from './src/figure.ts';
import { figures } from './src/figures/index.ts';

const PROGRAM = fileURLToPath(new URL('./run.ts', import.meta.url));

const bench = async (...args: readonly string[]) => {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, code: code as number };
};

t.test('every figure can be measured, and is told in a line', { timeout: 300_000 }, async (t) => {
  const { stdout, stderr, code } = await bench('--quick');
  t.equal(code, 0, stderr);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const fields = ['name', 'value', 'unit', 'against', 'ratio', 'goal', 'met', 'runs'];
  for (const line of lines) t.strictSame(Object.keys(line).sort(), fields.toSorted(), line.name);
  for (const { name } of figures)
    t.ok(
      lines.some((line) => line.name.startsWith(name)),
      `${name} is among them`,
    );
  t.ok(lines.every(({ goal, met }) => (goal === null) === (met === null)));
  t.strictSame(
    lines.filter(({ name }) => name === 'lost-events').map(({ value, met }) => ({ value, met })),
    [
      { value: 0, met: true },
      { value: 0, met: true },
    ],
    'we lose nothing, however short the run',
  );
});

t.test('every question of the API is measured', async (t) => {
  const document = JSON.parse(readFileSync(new URL('../../contracts/openapi.json', import.meta.url), 'utf8'));
  const paths: Record<string, { readonly get?: { readonly operationId: string } }> = document.paths;
  const told = Object.entries(paths).flatMap(([path, { get }]) =>
    get !== undefined && path.startsWith('/v1') ? [get.operationId] : [],
  );
  const asked = askedQuestions();
  t.strictSame(asked.map(({ operationId }) => operationId).sort(), told.sort());
  t.strictSame(
    Object.keys(NOT_IN_HISTORY).filter((name) => !told.includes(name)),
    [],
    'what is left out is there',
  );
  const some = ['one', 'two'];
  const agency = {
    key: '',
    specialists: some,
    openStages: some,
    stages: some,
    projects: some,
    clients: some,
    requests: some,
    extraPayments: some,
    lastDay: '2026-03-31',
    sealed: 9,
  };
  for (const operation of asked) t.notMatch(pathOf(operation, agency, 1), /:\w|undefined/, operation.operationId);
});

t.test('a figure that does not exist is told so', async (t) => {
  const { stdout, stderr, code } = await bench('apend');
  t.equal(code, 2);
  t.equal(stdout, '');
  t.match(stderr, /stage-profitability/, 'with those that do');
});
