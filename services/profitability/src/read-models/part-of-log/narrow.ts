import type {
  EventUnion,
  InvoiceLine,
  invoiceEvents,
  projectOpened,
  rateChangeEvents,
  specialistEvents,
  stageEvents,
  TimeEntry,
  timesheetEvents,
} from '@headroom/contracts/events';
import type { Narrow } from '@headroom/projecting';

/** Whose work is asked for: stages, and projects for the work that belongs to no stage of theirs. */
export interface Concern {
  readonly stageIds: ReadonlySet<string>;
  readonly projectIds: ReadonlySet<string>;
}

export type Told = EventUnion<
  | (typeof timesheetEvents)[number]
  | (typeof invoiceEvents)[number]
  | (typeof stageEvents)[number]
  | (typeof specialistEvents)[number]
  | (typeof rateChangeEvents)[number]
  | typeof projectOpened
>;
type Placed = Pick<TimeEntry, 'stageId' | 'projectId'>;

export const concerns = ({ stageIds, projectIds }: Concern, { stageId, projectId }: Placed): boolean =>
  stageId === null ? projectIds.has(projectId) : stageIds.has(stageId);

/** What of a correction concerns: an entry that comes from elsewhere is logged, one that goes elsewhere is gone. */
export const ofCorrection = (
  concern: Concern,
  { before, after }: { readonly before: TimeEntry; readonly after: TimeEntry },
) => {
  const [from, to] = [concerns(concern, before), concerns(concern, after)];
  if (from && to) return { type: 'HoursCorrected', data: { before, after } };
  if (to) return { type: 'HoursLogged', data: { ...after, timerId: null } };
  return from ? { type: 'HoursVoided', data: { entry: before } } : undefined;
};

type OfInvoice = Extract<
  Told,
  { readonly data: { readonly lines: readonly InvoiceLine[]; readonly invoiceId: string } }
>;

export const ofInvoice = ({ stageIds }: Concern, { type, data }: OfInvoice) => ({
  type,
  data: { ...data, lines: data.lines.filter(({ stageId }) => stageIds.has(stageId)) },
});

/** Entries (and lines of adjustments) and people that are there, by id. */
class Standing {
  readonly #entries = new Set<string>();
  readonly #people = new Set<string>();

  note({ type, data }: Told): void {
    if (type === 'HoursLogged') this.#entries.add(data.entryId);
    else if (type === 'HoursCorrected') this.#entries.add(data.after.entryId);
    else if (type === 'HoursAdjusted') for (const { lineId } of data.lines) this.#entries.add(lineId);
    else if (type === 'HoursVoided') this.#entries.delete(data.entry.entryId);
    else if (type === 'SpecialistAdded') this.#people.add(data.specialistId);
  }

  entries(entryIds: readonly string[]): string[] {
    return entryIds.filter((entryId) => this.#entries.has(entryId));
  }

  ofPeople<Of extends { readonly specialistId: string }>(items: readonly Of[]): Of[] {
    return items.filter(({ specialistId }) => this.#people.has(specialistId));
  }
}

type Judged = Extract<Told, { readonly type: 'HoursSubmitted' | 'HoursApproved' | 'HoursRejected' }>;
type Changed = Extract<Told, { readonly type: 'RateChangeApplied' }>;

const ofJudgement = ({ stageIds }: Concern, standing: Standing, { type, data }: Judged) => {
  const entryIds = standing.entries(data.entryIds);
  const judged = { ...data, entryIds, stageIds: data.stageIds.filter((stageId) => stageIds.has(stageId)) };
  return entryIds.length === 0 ? undefined : { type, data: judged };
};

/** Restated months are the agency's, not those of a part. */
const ofRateChange = (standing: Standing, { type, data }: Changed) => {
  const changes = standing.ofPeople(data.changes);
  return changes.length === 0 ? undefined : { type, data: { ...data, changes, restatements: [] } };
};

const ofOne = (concern: Concern, standing: Standing, told: Told): ReturnType<Narrow> => {
  const { type, data } = told;
  switch (type) {
    case 'HoursLogged':
      return concerns(concern, data) ? told : undefined;
    case 'HoursCorrected':
      return ofCorrection(concern, data);
    case 'HoursVoided':
      return concerns(concern, data.entry) ? told : undefined;
    case 'HoursAdjusted':
      return concerns(concern, data.before) || (data.after !== null && concerns(concern, data.after))
        ? told
        : undefined;
    case 'HoursSubmitted':
    case 'HoursApproved':
    case 'HoursRejected':
      return ofJudgement(concern, standing, told);
    case 'RateChangeApplied':
      return ofRateChange(standing, told);
    case 'InvoiceIssued':
    case 'InvoiceVoided':
    case 'PaymentRecorded':
    case 'PaymentVoided':
      return ofInvoice(concern, told);
    default:
      return 'stageId' in data && !concern.stageIds.has(data.stageId) ? undefined : told;
  }
};

/** What of each event concerns these stages and projects, for a fold of their streams alone; in the order of the log. */
export const narrowTo = (concern: Concern): Narrow => {
  const standing = new Standing();
  return (event) => {
    const left = ofOne(concern, standing, event as Told);
    if (left !== undefined) standing.note(left as Told);
    return left;
  };
};

/**
 * Where lines of adjustments lead beyond what is asked for: the entry that a line adjusts says whether it is late, so the
 * stage (or the project) on which it stands is needed, too.
 */
export const beyond = (
  concern: Concern,
  events: readonly { readonly type: string; readonly data: unknown }[],
): Concern => {
  const stageIds = new Set<string>();
  const projectIds = new Set<string>();
  for (const { type, data } of events as readonly Told[]) {
    if (type !== 'HoursAdjusted') continue;
    for (const entry of [data.before, data.after]) {
      if (entry === null || concerns(concern, entry)) continue;
      if (entry.stageId === null) projectIds.add(entry.projectId);
      else stageIds.add(entry.stageId);
    }
  }
  return { stageIds, projectIds };
};
