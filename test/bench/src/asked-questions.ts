import type { Operation, Question } from '@headroom/contracts/rest';
import { describedOperations } from '@headroom/host/operations';
import { addMonths, firstDayOf, monthOf } from '@headroom/kernel';
import type { Agency } from './agency.ts';

const isQuestion = (operation: Operation): operation is Question => operation.kind === 'question';

/** An agency whose log is sealed up to a position. */
export type AskedAgency = Agency & { readonly sealed: number };

/** Values of parameters that name something of the agency; others are as in the question's own example. */
const valuesOf = (agency: AskedAgency, n: number): { readonly [parameter: string]: string | undefined } => {
  const pick = (list: readonly string[]): string | undefined => list[(n * 7_919) % Math.max(1, list.length)];
  const month = monthOf(agency.lastDay);
  return {
    stageId: pick(agency.stages),
    projectId: pick(agency.projects),
    clientId: pick(agency.clients),
    specialistId: pick(agency.specialists),
    managerId: pick(agency.specialists),
    requestId: pick(agency.requests),
    subjectId: pick(agency.requests),
    extraPaymentId: pick(agency.extraPayments),
    role: 'designer',
    month,
    from: firstDayOf(addMonths(month, -3)),
    to: agency.lastDay,
    asOf: agency.lastDay,
    fromAsOf: firstDayOf(month),
    position: String(1 + ((n * 7_919) % agency.sealed)),
    first: String(1 + ((n * 7_919) % agency.sealed)),
  };
};

const MONTH = /^\d{4}-\d{2}$/;

/** The address of a question about the n-th of several things; with what its example asks for, as of the end of the history. */
export const pathOf = ({ path, query, example }: Question, agency: AskedAgency, n: number): string => {
  const values = valuesOf(agency, n);
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => values[name] ?? example.params?.[name] ?? name);
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(example.query ?? {})) {
    const ours = values[name] ?? value;
    // Where the example names a month, a month is meant.
    if (!['cursor', 'knownAt'].includes(name)) asked.set(name, MONTH.test(value) ? ours.slice(0, value.length) : ours);
  }
  if ('asOf' in query.shape && values.asOf) asked.set('asOf', values.asOf);
  return asked.size === 0 ? filled : `${filled}?${asked}`;
};

/** Every question of the API, in the order of its document. */
export const askedQuestions = (): readonly Question[] =>
  describedOperations()
    .map((bound) => bound.operation as Operation)
    .filter(isQuestion);

/** Questions about things of which the history has none, and those of a client's own key: why they are not measured. */
export const NOT_IN_HISTORY: Readonly<Record<string, string>> = {
  exportSubject: 'the history holds no personal data',
  getDispute: 'nobody disputes',
  getImport: 'nothing is imported',
  getOperation: 'no long work is asked for',
  getPortalTimeline: 'asked with a client’s own key alone',
  getReplay: 'nothing is replayed',
  getRoiEstimate: 'no estimate is shared',
  listPortalExtraPayments: 'asked with a client’s own key alone',
  listPortalHours: 'asked with a client’s own key alone',
  listPortalProjects: 'asked with a client’s own key alone',
  listPortalRequests: 'asked with a client’s own key alone',
};
