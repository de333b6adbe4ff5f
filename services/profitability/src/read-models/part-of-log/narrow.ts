import type {
  EventUnion,
  InvoiceLine,
  invoiceEvents,
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

type Told = EventUnion<
  (typeof timesheetEvents)[number] | (typeof invoiceEvents)[number] | (typeof stageEvents)[number]
>;
type Placed = Pick<TimeEntry, 'stageId' | 'projectId'>;

const concerns = ({ stageIds, projectIds }: Concern, { stageId, projectId }: Placed): boolean =>
  stageId === null ? projectIds.has(projectId) : stageIds.has(stageId);

/** What of a correction concerns: an entry that comes from elsewhere is logged, one that goes elsewhere is gone. */
const ofCorrection = (
  concern: Concern,
  { before, after }: { readonly before: TimeEntry; readonly after: TimeEntry },
) => {
  const [from, to] = [concerns(concern, before), concerns(concern, after)];
  if (from && to) return { type: 'HoursCorrected', data: { before, after } };
  if (to) return { type: 'HoursLogged', data: { ...after, timerId: null } };
  return from ? { type: 'HoursVoided', data: { entry: before } } : undefined;
};

const ofInvoice = (concern: Concern, type: string, data: { readonly lines: readonly InvoiceLine[] }) => {
  const lines = data.lines.filter(({ stageId }) => concern.stageIds.has(stageId));
  return lines.length === 0 && type === 'PaymentRecorded' ? undefined : { type, data: { ...data, lines } };
};

/** Entries and lines that are there, by id. */
class Standing {
  readonly #ids = new Set<string>();

  note({ type, data }: Told): void {
    if (type === 'HoursLogged') this.#ids.add(data.entryId);
    else if (type === 'HoursCorrected') this.#ids.add(data.after.entryId);
    else if (type === 'HoursAdjusted') for (const { lineId } of data.lines) this.#ids.add(lineId);
    else if (type === 'HoursVoided') this.#ids.delete(data.entry.entryId);
  }

  of(entryIds: readonly string[]): string[] {
    return entryIds.filter((entryId) => this.#ids.has(entryId));
  }
}

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
    case 'HoursRejected': {
      const entryIds = standing.of(data.entryIds);
      const stageIds = data.stageIds.filter((stageId) => concern.stageIds.has(stageId));
      return entryIds.length === 0 ? undefined : { type, data: { ...data, entryIds, stageIds } };
    }
    case 'InvoiceIssued':
    case 'PaymentRecorded':
      return ofInvoice(concern, type, data);
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
