import type { RowReader } from '@headroom/projecting';
import {
  agencyStreamId,
  billRatesStreamId,
  clientStreamId,
  extraPaymentStreamId,
  periodsStreamId,
  projectStreamId,
  specialistStreamId,
  stageStreamId,
  standardStreamId,
} from '../../events/streams.ts';
import { billRatesTable, type ProjectRow, type StageRow, settingsTable, specialistTable } from '../tables.ts';

const ofStage = ({ tenantId, stageId, projectId, ledger }: StageRow): string[] => [
  stageStreamId(tenantId, stageId),
  projectStreamId(tenantId, projectId),
  ...ledger.extraPayments.map(({ id }) => extraPaymentStreamId(tenantId, id)),
];

const ofProject = ({ tenantId, projectId, clientId }: ProjectRow): string[] => [
  projectStreamId(tenantId, projectId),
  clientStreamId(tenantId, clientId),
];

/** What people's rates are made of; they may be set together with those of others. */
const ofPeople = async (reader: RowReader, tenantId: string, stages: readonly StageRow[]): Promise<string[]> => {
  const ids = [...new Set(stages.flatMap(({ ledger }) => Object.keys(ledger.people)))];
  const people = await Promise.all(ids.map((specialistId) => reader.get(specialistTable, tenantId, specialistId)));
  return [
    ...ids.map((specialistId) => specialistStreamId(tenantId, specialistId)),
    ...people.flatMap((person) => person?.rateStreams ?? []),
  ];
};

/** What the figures of every stage depend on: settings, rates of exchange, standards, bill rates, closed months. */
const ofAgency = async (reader: RowReader, tenantId: string): Promise<string[]> => {
  const settings = await reader.get(settingsTable, tenantId);
  const bills = await reader.get(billRatesTable, tenantId);
  return [
    agencyStreamId(tenantId),
    periodsStreamId(tenantId),
    ...(settings?.standards ?? []).map(({ standardId }) => standardStreamId(tenantId, standardId)),
    ...(bills?.rates ?? []).map(({ scope, key }) => billRatesStreamId(tenantId, scope, key)),
  ];
};

/**
 * Every stream of which the figures of these stages, and the work without a stage of these projects, are made. The rows
 * may be newer than the moment that is asked for: what a stage was once made of never leaves its row. `sheets` are those
 * that tell of much else, too: timesheets, and invoices over several stages.
 */
export const streamsOf = async (
  reader: RowReader,
  tenantId: string,
  { stages, projects }: { readonly stages: readonly StageRow[]; readonly projects: readonly ProjectRow[] },
): Promise<{ readonly streams: readonly string[]; readonly sheets: readonly string[] }> => ({
  streams: [
    ...(await ofAgency(reader, tenantId)),
    ...(await ofPeople(reader, tenantId, stages)),
    ...stages.flatMap(ofStage),
    ...projects.flatMap(ofProject),
  ],
  sheets: [...stages, ...projects].flatMap(({ sheets }) => sheets),
});
