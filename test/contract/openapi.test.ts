/** The published document against the OpenAPI specification, the contracts, and the promises of every operation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { treeFiles } from '@headroom/check/tree-files';
import type { Operation } from '@headroom/contracts/rest';
import { describedOperations } from '@headroom/host/operations';
import { Validator } from '@seriousme/openapi-schema-validator';
import t from 'tap';

const root = join(import.meta.dirname, '../..');
const text = readFileSync(join(root, 'contracts/openapi.json'), 'utf8');

interface Described {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly 'x-permission'?: string | readonly string[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { example?: unknown }>> }>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { example?: unknown }>> };
}

const document = JSON.parse(text) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>> };
const described = Object.values(document.paths).flatMap((item) => Object.values(item));
const bound: readonly Operation[] = describedOperations().map(({ operation }) => operation);

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'operationId' in value && 'kind' in value;

/** Every operation that a file of the contracts exports. */
const contracted = async (): Promise<Operation[]> => {
  const modules: Record<string, unknown>[] = await Promise.all(
    treeFiles(root, 'contracts/rest/**/*.ts').map((file) => import(join(root, file))),
  );
  return [...new Set(modules.flatMap((module) => Object.values(module)).filter(isOperation))];
};

const ids = (operations: readonly { readonly operationId?: string }[]): string[] =>
  operations.map(({ operationId }) => operationId ?? '(none)').toSorted();

t.test('the document is valid OpenAPI 3.1', async (t) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(JSON.parse(text));
  t.strictSame({ valid, errors: errors ?? [] }, { valid: true, errors: [] });
  t.equal(validator.version, '3.1');
});

t.test('documented, bound and contracted are the same operations', async (t) => {
  const names = ids(await contracted());
  t.strictSame(ids(described), names, 'documented');
  t.strictSame(ids(bound), names, 'bound');
  t.equal(new Set(names).size, names.length, 'each name once');
});

/** Commands that may become long work: carried out (200), or begun (202). */
const longOnes = new Set(
  bound.filter((each) => each.kind === 'command' && each.mayTakeLong).map(({ operationId }) => operationId),
);

t.test('every operation says what it is, who may, and how it can fail', (t) => {
  for (const { operationId, summary, tags, responses, ...rest } of described) {
    t.ok(summary && summary.length > 10, `${operationId} has a summary`);
    t.equal(tags?.length, 1, `${operationId} belongs to one service`);
    t.ok(rest['x-permission']?.length, `${operationId} asks for a permission`);
    const missing = ['400', '401', '403', '404', '429', '500', '503'].filter(
      (status) => !responses[status]?.content?.['application/problem+json'],
    );
    t.strictSame(missing, [], `${operationId} documents its problems`);
    const success = Object.entries(responses).filter(([status]) => status.startsWith('2'));
    const expected = longOnes.has(operationId ?? '') ? 2 : 1;
    t.equal(success.length, expected, `${operationId} has one success, or is begun and told of later`);
    const answers = Object.values(success[0]?.[1].content ?? {});
    t.ok(answers[0]?.example, `${operationId} has an example of its answer`);
  }
  t.end();
});

t.test('every command documents what a retry, a conflict and a bad body meet', (t) => {
  const byId = new Map(described.map((operation) => [operation.operationId, operation]));
  for (const { operationId } of bound.filter(({ kind }) => kind === 'command')) {
    const operation = byId.get(operationId);
    const missing = ['409', '412', '413', '415', '422'].filter((status) => !operation?.responses[status]);
    t.strictSame(missing, [], operationId);
    const bodies = Object.values(operation?.requestBody?.content ?? {});
    t.ok(
      bodies.length > 0 && bodies.some(({ example }) => example !== undefined),
      `${operationId} has an example body`,
    );
  }
  t.end();
});

t.test('every example keeps the contract that it illustrates', (t) => {
  for (const operation of bound) {
    const { operationId, example, response, params, query } = operation;
    t.ok(response.safeParse(example.response).success, `${operationId}: answer`);
    t.ok(params.safeParse(example.params ?? {}).success, `${operationId}: path`);
    t.ok(query.safeParse(example.query ?? {}).success, `${operationId}: query`);
    if (operation.kind === 'command') t.ok(operation.body.safeParse(example.body).success, `${operationId}: body`);
  }
  t.end();
});
