/**
 * Every version of every event that was ever released, folded by the projections as they are today: as it is stored in
 * `contracts/examples/`, not only turned into today's shape.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { allEvents } from '@headroom/contracts/events';
import { storedTypeOf, storedTypesOf, upcast } from '@headroom/contracts/events/upcast';
import type { JsonObject, StoredEvent } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { foldInMemory } from '@headroom/projecting';
import t from 'tap';
import { historyOf } from '../support/histories.ts';
import { type AllRows, allRows, differing } from '../support/rows.ts';

const TENANT = 'northlight';
const folder = new URL('../../contracts/examples/', import.meta.url);

interface Stored {
  readonly type: string;
  readonly data: JsonObject;
}

const example = (storedType: string): Stored => ({
  type: storedType,
  data: JSON.parse(readFileSync(new URL(`${storedType}.json`, folder), 'utf8')),
});

const rowsOf = async (events: readonly Stored[]): Promise<AllRows> => {
  const meta = { tenantId: TENANT, actor: 'key:owner', commandKey: 'k', fingerprint: 'f', correlationId: 'c' };
  const stored = events.map(
    (event, index): StoredEvent => ({
      ...structuredClone(event),
      id: `00000000-0000-8000-8000-${String(index).padStart(12, '0')}`,
      meta,
      position: index + 1,
      streamId: `history-${TENANT}`,
      revision: index,
      recordedAt: '2026-07-01T09:00:00.000Z',
    }),
  );
  const reader = (await foldInMemory(projections, stored)).reader();
  return allRows(TENANT, (_, question) => question(reader));
};

const names: ReadonlySet<string> = new Set(allEvents.map(({ name }) => name));
const released = [...new Set(storedTypesOf(names))].sort();
const nameOf = (storedType: string): string => storedType.replace(/\.v\d+$/, '');
const asToday = ({ type, data }: Stored): Stored => {
  const { type: name, data: today } = upcast(type, data);
  return { type: storedTypeOf(name), data: today as JsonObject };
};

t.test('every released version has an example, each of them a version that was released', async (t) => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  t.strictSame(files.map((file) => file.replace(/\.json$/, '')).sort(), released);
});

/** What begins something, in an order in which it may happen; what else happens does so after all of them. */
const BEGINNINGS = [
  'AgencyConfigured',
  'StandardProposed',
  'SpecialistAdded',
  'CostRateSet',
  'ClientRegistered',
  'ProjectOpened',
  'StagePlanned',
  'StageStarted',
  'ClientRequestRegistered',
  'RequestClassified',
  'RequestDisputed',
  'ArbiterAssigned',
  'DisputeRuled',
  'ExtraPaymentProposed',
  'ImportStarted',
  'TimerStarted',
  'HoursLogged',
  'ExpenseRecorded',
  'InvoiceIssued',
  'PaymentRecorded',
  'CostMeasureStarted',
  'MetricDefined',
  'BaselineSet',
  'BusinessFactsRecorded',
  'RoiEstimateShared',
];

/** Today's example of a name, with other ids. */
const of = (name: string, ids: JsonObject): Stored => {
  const { type, data } = example(storedTypeOf(name));
  return { type, data: { ...data, ...ids } };
};

/** The clients and projects that examples are about, each for its own. */
const subjects = (): Stored[] => {
  const found = new Map<string, Stored>();
  for (const storedType of released) {
    const { clientId, projectId } = example(storedType).data;
    if (typeof clientId !== 'string') continue;
    found.set(`client ${clientId}`, of('ClientRegistered', { clientId }));
    if (typeof projectId === 'string') found.set(`project ${projectId}`, of('ProjectOpened', { clientId, projectId }));
  }
  return [...found.values()];
};

const history = historyOf([]).map(({ type, data }) => ({
  type: storedTypeOf(type),
  data: data as unknown as JsonObject,
}));

/** The examples of today that come before an event of this name. */
const before = (name: string): Stored[] => {
  const at = BEGINNINGS.indexOf(name);
  const earlier = at < 0 ? BEGINNINGS : BEGINNINGS.slice(0, at);
  const begun = name === 'ClientRegistered' ? history : [...history, ...subjects()];
  return [...begun, ...earlier.map((each) => example(storedTypeOf(each)))];
};

/** Of these no read model tells here: nobody has raised that alert, and who was erased is the vault's to know. */
const UNTOLD: ReadonlySet<string> = new Set(['AlertAcknowledged', 'SubjectErased']);

for (const storedType of released) {
  t.test(`${storedType} is folded`, async (t) => {
    const old = example(storedType);
    const name = nameOf(storedType);
    const past = before(name);
    const rows = await rowsOf([...past, old]);
    t.strictSame(differing(rows, await rowsOf([...past, asToday(old)])), [], 'as its successor is');
    const moved = differing(rows, await rowsOf(past));
    t.equal(moved.length === 0, UNTOLD.has(name), `it moves ${moved.join(', ') || 'nothing'}`);
  });
}
