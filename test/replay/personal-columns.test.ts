/** What reaches the folds encrypted, the rows carry in columns that say so: else a question would show it as it is stored. */

import { readFileSync } from 'node:fs';
import { allEvents } from '@headroom/contracts/events';
import { type TextClasses, textClasses } from '@headroom/contracts/events/personal';
import { storedTypeOf } from '@headroom/contracts/events/upcast';
import type { JsonObject, Page, StoredEvent } from '@headroom/event-store';
import { projections } from '@headroom/host/operations';
import { type AnyTable, type Column, foldInMemory } from '@headroom/projecting';
import t from 'tap';
import { allRows } from '../support/rows.ts';

type EventName = (typeof allEvents)[number]['name'];

const TOKEN = 'enc:v1:contact:1:';
const TENANT = 'studio';

/** What has to be there before anything personal can happen. */
const GROUND: readonly EventName[] = [
  'AgencyConfigured',
  'SpecialistAdded',
  'ClientRegistered',
  'ProjectOpened',
  'StagePlanned',
  'StageStarted',
  'ClientRequestRegistered',
  'ExtraPaymentProposed',
];

/** The stored examples speak of different things; here they are all the same. */
const SAME: readonly string[] = [
  'specialistId',
  'managerId',
  'clientId',
  'projectId',
  'stageId',
  'requestId',
  'extraPaymentId',
];

const examples = new URL('../../contracts/examples/', import.meta.url);

const isPersonal = (name: EventName): boolean =>
  Object.values<TextClasses[string]>(textClasses[name]).some((whose) => typeof whose === 'object');

/** The stored example of an event with a token in the place of every personal text. */
const eventOf = (name: EventName, index: number): StoredEvent => {
  const type = storedTypeOf(name);
  const example = JSON.parse(readFileSync(new URL(`${type}.json`, examples), 'utf8')) as JsonObject;
  const same = SAME.flatMap((member) => (typeof example[member] === 'string' ? [[member, 'the-same']] : []));
  const classes: TextClasses = textClasses[name];
  const personal = Object.entries(classes).filter(([at, whose]) => at !== 'reason' && typeof whose === 'object');
  const tokens = personal.map(([pointer]) => [pointer.slice(1), `${TOKEN}${pointer}`]);
  const data = { ...example, ...Object.fromEntries([...same, ...tokens]) };
  const who = { actor: 'key:1', commandKey: `c${index}`, fingerprint: 'f', correlationId: 'c' };
  return {
    position: index + 1,
    streamId: `any-${TENANT}/the-same/2026-03`,
    revision: index,
    recordedAt: '2026-03-01T00:00:00.000Z',
    id: `0198c0de-0000-7000-8000-${String(index).padStart(12, '0')}`,
    type,
    data,
    meta: { tenantId: TENANT, ...who, ...('reason' in classes ? { reason: `${TOKEN}reason` } : {}) },
  };
};

async function* pageOf(events: readonly StoredEvent[]): AsyncGenerator<Page> {
  yield { events, upTo: events.length };
}

const columnsOf = new Map(
  projections.flatMap(({ name, tables }) =>
    (tables as readonly AnyTable[]).map((table) => [`${name}.${table.name}`, table.columns as Record<string, Column>]),
  ),
);

for (const { name } of allEvents.filter((event) => isPersonal(event.name))) {
  t.test(`${name}: what is personal stands in columns declared personal`, async (t) => {
    const names = GROUND.includes(name) ? GROUND : [...GROUND, name];
    const reader = (await foldInMemory(projections, pageOf(names.map(eventOf)))).reader();
    const rows = await allRows(TENANT, (_, question) => question(reader));
    const found = Object.entries(rows).flatMap(([table, of]) =>
      (of as readonly object[]).flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) =>
          JSON.stringify(value ?? null).includes(TOKEN) ? [{ table, column }] : [],
        ),
      ),
    );
    const undeclared = found.filter(({ table, column }) => columnsOf.get(table)?.[column]?.personal !== true);
    t.strictSame(undeclared, []);
  });
}
