import type { TimeEntry } from '@headroom/contracts/events';
import type { Concerning, Narrow, RowReader } from '@headroom/projecting';
import type { StageRow } from '../tables.ts';
import { beyond, type Concern, concerns, ofCorrection, ofInvoice, type Told } from './narrow.ts';
import { concernOf, rowsOf, type Scope } from './rows-of-scope.ts';

type Events = readonly { readonly type: string; readonly data: unknown }[];

interface Growing extends Concern {
  readonly stageIds: Set<string>;
  readonly projectIds: Set<string>;
  /** Whose rates count: of the people who worked there, and will have by the end. */
  readonly people: Set<string>;
}

const belongs = (scope: Scope, data: { readonly projectId: string; readonly clientId: string }): boolean => {
  if ('projectId' in scope) return data.projectId === scope.projectId;
  return 'clientId' in scope && data.clientId === scope.clientId;
};

/** Entries that an event tells of. */
const entriesIn = (told: Told): readonly TimeEntry[] => {
  if (told.type === 'HoursLogged') return [told.data];
  if (told.type === 'HoursCorrected') return [told.data.before, told.data.after];
  if (told.type === 'HoursVoided') return [told.data.entry];
  if (told.type === 'HoursAdjusted') return told.data.after ? [told.data.before, told.data.after] : [told.data.before];
  return [];
};

/** What is planned, opened and worked within the scope since then belongs to it, too. */
const grow = (concern: Growing, scope: Scope, events: readonly Told[]): void => {
  for (const told of events) {
    if (told.type === 'StagePlanned' && belongs(scope, told.data)) concern.stageIds.add(told.data.stageId);
    if (told.type === 'ProjectOpened' && belongs(scope, told.data)) concern.projectIds.add(told.data.projectId);
    for (const entry of entriesIn(told)) if (concerns(concern, entry)) concern.people.add(entry.specialistId);
  }
};

const concernAt = async (reader: RowReader, tenantId: string, scope: Scope): Promise<Growing> => {
  const rows = (await rowsOf(reader, tenantId, scope)) ?? { stages: [], projects: [] };
  const { stageIds, projectIds } = concernOf(rows);
  const stages = 'stageIds' in scope ? scope.stageIds : [];
  const asked = 'stageId' in scope ? [scope.stageId] : stages;
  const people = rows.stages.flatMap(({ ledger }: StageRow) => Object.keys(ledger.people));
  return {
    stageIds: new Set([...stageIds, ...asked]),
    projectIds: new Set([...projectIds, ...('projectId' in scope ? [scope.projectId] : [])]),
    people: new Set(people),
  };
};

/** Entries and stages that the events left out would have made: what else is told of them is left out as well. */
class LeftOut {
  readonly #entries = new Set<string>();
  readonly #stages = new Set<string>();

  note(told: Told, kept: ReturnType<Narrow>): void {
    if (told.type === 'StagePlanned' && kept === undefined) this.#stages.add(told.data.stageId);
    else if (told.type === 'HoursLogged' && kept === undefined) this.#entries.add(told.data.entryId);
    else if (told.type === 'HoursAdjusted' && kept === undefined)
      for (const { lineId } of told.data.lines) this.#entries.add(lineId);
    else if (told.type === 'HoursCorrected') this.#correct(told.data.after.entryId, kept?.type);
  }

  #correct(entryId: string, left: string | undefined): void {
    if (left === 'HoursCorrected' || left === 'HoursLogged') this.#entries.delete(entryId);
    else this.#entries.add(entryId);
  }

  judged<Data extends { readonly entryIds: readonly string[]; readonly stageIds: readonly string[] }>(data: Data) {
    const entryIds = data.entryIds.filter((id) => !this.#entries.has(id));
    return { ...data, entryIds, stageIds: data.stageIds.filter((id) => !this.#stages.has(id)) };
  }
}

const ofOne = (concern: Growing, leftOut: LeftOut, told: Told): ReturnType<Narrow> => {
  const { type, data } = told;
  switch (type) {
    case 'HoursCorrected':
      return ofCorrection(concern, data);
    case 'HoursLogged':
    case 'HoursVoided':
    case 'HoursAdjusted':
      return entriesIn(told).some((entry) => concerns(concern, entry)) ? told : undefined;
    case 'HoursSubmitted':
    case 'HoursApproved':
    case 'HoursRejected':
      if (!data.stageIds.some((stageId) => concern.stageIds.has(stageId))) return undefined;
      return { type, data: leftOut.judged(data) };
    case 'CostRateSet':
      return concern.people.has(data.specialistId) ? told : undefined;
    case 'RateChangeApplied': {
      const changes = data.changes.filter(({ specialistId }) => concern.people.has(specialistId));
      return changes.length === 0 ? undefined : { type, data: { ...data, changes, restatements: [] } };
    }
    case 'InvoiceIssued':
    case 'InvoiceVoided':
    case 'PaymentRecorded':
    case 'PaymentVoided':
      return ofInvoice(concern, told);
    default:
      return 'stageId' in data && !concern.stageIds.has(data.stageId) ? undefined : told;
  }
};

const narrowTo = (concern: Growing): Narrow => {
  const leftOut = new LeftOut();
  return (event) => {
    const left = ofOne(concern, leftOut, event as Told);
    leftOut.note(event as Told, left);
    return left;
  };
};

/**
 * What of the events since a moment concerns the figures of a scope; undefined where that cannot be told apart (an
 * adjustment of work on another stage).
 */
export const concerningScope =
  (tenantId: string, scope: Scope): Concerning =>
  async (reader: RowReader, events: Events) => {
    const concern = await concernAt(reader, tenantId, scope);
    grow(concern, scope, events as readonly Told[]);
    const more = beyond(concern, events);
    return more.stageIds.size + more.projectIds.size > 0 ? undefined : narrowTo(concern);
  };
