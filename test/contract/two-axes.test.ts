/** Every question that shows money can be asked as of a day and as known at a moment, or it is said here why not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

interface Described {
  readonly operationId: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: unknown }>> }>>;
}

const text = readFileSync(join(import.meta.dirname, '../../contracts/openapi.json'), 'utf8');
const document = JSON.parse(text) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
};

const questions = Object.values(document.paths).flatMap(({ get }) => (get === undefined ? [] : [get]));

const askedFor = ({ parameters = [] }: Described): string[] =>
  parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);

/** A schema and all that it refers to, as text: money shows in it by the names of its members. */
const written = (schema: unknown, seen = new Set<string>()): string => {
  const here = JSON.stringify(schema ?? {});
  const named = [...here.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name ?? '');
  const further = named.filter((name) => !seen.has(name));
  for (const name of further) seen.add(name);
  return [here, ...further.map((name) => written(document.components.schemas[name], seen))].join('\n');
};

const shapeOf = ({ responses }: Described): string => written(responses['200']?.content?.['application/json']?.schema);

const showsMoney = (question: Described): boolean => /"(minor|\w+Minor|\w+PerHour)":/.test(shapeOf(question));

const FACTS = 'a list of what was recorded, each with its own date: no figure that a day could change';

/** Questions that show money and cannot be asked as of a day. */
const withoutAsOf: Readonly<Record<string, string>> = {
  listAlerts: 'an alert keeps the figures of the moment at which it was raised',
  listBusinessFacts: FACTS,
  listInvoices: FACTS,
  listMetrics: FACTS,
  listPortalExtraPayments: FACTS,
  getMetricHistory: FACTS,
  getDispute: FACTS,
  getExtraPayment: FACTS,
  getPortalTimeline: FACTS,
  getRequestTimeline: FACTS,
  listDisputes: FACTS,
  listExtraPayments: FACTS,
  listRestatements: 'a restatement keeps the figures of the moment at which rates were changed',
  listRoiEstimates: FACTS,
  listSpecialists: FACTS,
  listTimeEntries: FACTS,
  estimateRoi: 'computes from what the caller says alone',
};

/** Questions that show money and cannot be asked as known at a moment. */
const withoutKnownAt: Readonly<Record<string, string>> = {
  estimateRoi: 'computes from what the caller says alone',
  listRestatements: 'each says the position at which it was made, and none ever changes',
};

const lacking = (axis: string): string[] =>
  questions
    .filter((question) => showsMoney(question) && !askedFor(question).includes(axis))
    .map(({ operationId }) => operationId)
    .sort();

t.test('a question about money is recognised', (t) => {
  const telling = questions.filter(showsMoney).map(({ operationId }) => operationId);
  for (const known of ['getStageProfitability', 'getManagerKpi', 'getClientLoyalty', 'getClientRoi', 'listCostRates'])
    t.ok(telling.includes(known), known);
  t.notOk(telling.includes('listPeriods'));
  t.end();
});

t.test('both axes are there, but for the reasons given', (t) => {
  t.strictSame(lacking('asOf'), Object.keys(withoutAsOf).sort(), 'asOf');
  t.strictSame(lacking('knownAt'), Object.keys(withoutKnownAt), 'knownAt');
  t.end();
});

t.test('who can be asked on both axes says in the answer what it was asked for', (t) => {
  for (const question of questions.filter(showsMoney)) {
    const asked = askedFor(question);
    const shape = shapeOf(question);
    for (const axis of ['asOf', 'knownAt'].filter((each) => asked.includes(each)))
      t.ok(shape.includes(`"${axis}":`), `${question.operationId}: ${axis}`);
  }
  t.end();
});
