/**
 * What one service may ask of another. The asking service states nothing of how the answer is found; the host ties
 * the two together. `Snapshot` is the moment from which both read, so that no two figures of one answer differ.
 * All amounts are integers in minor units of the agency's currency, all times are seconds.
 */
import type { Activity, LoyaltySettings } from '../events/index.ts';

export type * from './briefs.ts';
export type { NewcomerCommands } from './newcomers.ts';
export type * from './rate-changes.ts';
export type { RulingCommands } from './rulings.ts';

export interface AgencySettings {
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly loyalty: LoyaltySettings;
  /** What a unit of another currency is worth from a date on, in the order of the dates. */
  readonly exchangeRates: readonly {
    readonly currency: string;
    readonly rate: string;
    readonly effectiveFrom: string;
  }[];
}

/** What had been earned and spent up to and with a date, all stages of the subject added, each rounded once. */
export interface CumulativeFigures {
  readonly date: string;
  readonly revenueMinor: number;
  readonly costMinor: number;
  readonly seconds: number;
  /** Communication, travel, rework and goodwill seconds that are not billed. */
  readonly unpaidSeconds: number;
  readonly uncostedSeconds: number;
  /** Whether what was earned or spent would tell one person's rate to somebody who may not see it. */
  readonly tellsOneRate: boolean;
}

export interface StageForecast {
  readonly stageId: string;
  readonly projectId: string;
  readonly clientId: string;
  readonly name: string;
  readonly status: 'planned' | 'started' | 'closed';
  /** Fee plus agreed extra payments. */
  readonly revenueMinor: number;
  readonly estimateAtCompletionMinor: number;
  /** `(R - EAC) / R`, six decimals; null when nothing is charged. */
  readonly forecastMargin: string | null;
  /** The standard in force for the stage; null when none has been approved. */
  readonly standardMargin: string | null;
  /** `R x (1 - m) - EAC`; null without a standard. */
  readonly headroomMinor: number | null;
  /** People with costed work on the stage: with one, a cost tells that person's rate. */
  readonly costedPeople: number;
}

/** A stage under way. */
export interface OpenStageForecast extends StageForecast {
  /** Cost so far over the estimate at completion, six decimals; null while nothing will be spent. */
  readonly costShare: string | null;
}

export interface StageSummary {
  readonly stageId: string;
  readonly projectId: string;
  readonly status: 'planned' | 'started' | 'closed';
  readonly startedOn: string | null;
  readonly closedOn: string | null;
}

/** A piece of work: a time entry, or an expense (`activity` is then null), with its exact share of the stage's cost. */
export interface WorkItem {
  readonly kind: 'time-entry' | 'expense';
  readonly id: string;
  readonly stageId: string | null;
  readonly specialistId: string | null;
  readonly date: string;
  readonly seconds: number;
  readonly activity: string | null;
  readonly goodwill: boolean;
  readonly requestId: string | null;
  readonly note: string | null;
  /** Null when the work has no cost rate. */
  readonly costMinor: number | null;
}

/** What a time entry says, where others rest on it. */
export interface EntryFacts {
  readonly entryId: string;
  readonly stageId: string | null;
  readonly projectId: string;
  /** The day of the work. */
  readonly workedOn: string;
  readonly startedAt: string | null;
  readonly seconds: number;
}

export type EffortScope =
  | { readonly kind: 'agency' }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'project'; readonly projectId: string };

/** What was earned and spent between two days, and on what; each stage rounded once, and each kind of work of a stage. */
export interface Effort {
  readonly revenueMinor: number;
  readonly costMinor: number;
  readonly labourCostMinor: number;
  readonly seconds: number;
  readonly uncostedSeconds: number;
  /** Communication and travel that is not billed, and is no favour. */
  readonly contactSeconds: number;
  readonly contactCostMinor: number;
  /** Rework and goodwill that is not billed. */
  readonly favourSeconds: number;
  readonly favourCostMinor: number;
  /** Work of the agency's own people (not of contractors), by role, in the order of the roles' names. */
  readonly ownWork: readonly { readonly role: string; readonly seconds: number; readonly costMinor: number }[];
  /** People with costed work in the months that the days touch: with one, a cost tells that person's rate. */
  readonly costedPeople: number;
  /** Stages with work in between. */
  readonly stages: number;
}

/** What an hour of a role costs when a contractor does it: the mean of the present rates, in ten-thousandths. */
export interface ContractorRate {
  readonly role: string;
  readonly units: number;
  readonly people: number;
}

/** Whose projects and hours are asked for; all projects of the client, or one. */
export interface ClientScope {
  readonly tenantId: string;
  readonly clientId: string;
  readonly projectId?: string | undefined;
}

/** A part of a list: as many rows as `limit` says, behind those before. */
export interface Slice {
  readonly limit: number;
  readonly after?: readonly (string | number | boolean | null)[] | undefined;
}

export interface Sliced<Item> {
  readonly items: Item[];
  /** Where the next part begins; null behind the last one. */
  readonly next: readonly (string | number | boolean | null)[] | null;
}

/** What a time entry says to the client for whom it was worked. */
export interface ClientHours {
  readonly entryId: string;
  readonly projectId: string;
  readonly stageId: string | null;
  readonly requestId: string | null;
  readonly role: string;
  readonly workDate: string;
  readonly seconds: number;
  readonly activity: Activity;
  readonly goodwill: boolean;
}

/** What the profitability service answers to the others. `asOf` leaves out facts dated later. */
export interface ProfitabilityQuestions<Snapshot> {
  agency(snapshot: Snapshot, tenantId: string): Promise<AgencySettings | undefined>;
  /** The agency-wide (or the service type's) standard margin in force on a date. */
  standardOn(snapshot: Snapshot, tenantId: string, date: string, serviceType: string | null): Promise<string | null>;
  /** One figure a date, in the order of `dates`. */
  clientUpTo(
    snapshot: Snapshot,
    tenantId: string,
    clientId: string,
    dates: readonly string[],
  ): Promise<CumulativeFigures[]>;
  projectUpTo(
    snapshot: Snapshot,
    tenantId: string,
    projectId: string,
    dates: readonly string[],
  ): Promise<CumulativeFigures[]>;
  agencyUpTo(snapshot: Snapshot, tenantId: string, dates: readonly string[]): Promise<CumulativeFigures[]>;
  /** One answer a window `[from, to)`, in their order. */
  effortBetween(
    snapshot: Snapshot,
    tenantId: string,
    scope: EffortScope,
    windows: readonly { readonly from: string; readonly to: string }[],
  ): Promise<Effort[]>;
  /** Of contractors who are there on the day and have a rate, by role. */
  contractorRates(snapshot: Snapshot, tenantId: string, date: string): Promise<ContractorRate[]>;
  stage(snapshot: Snapshot, tenantId: string, stageId: string, asOf: string): Promise<StageForecast | undefined>;
  /** Every stage that is under way on the day, in the order of their ids. */
  openStages(snapshot: Snapshot, tenantId: string, asOf: string): Promise<OpenStageForecast[]>;
  stagesOfClient(snapshot: Snapshot, tenantId: string, clientId: string, asOf: string): Promise<StageSummary[]>;
  /** Work that was not planned on a stage (communication, travel, rework, goodwill, expenses), dearest first. */
  unplannedWork(snapshot: Snapshot, tenantId: string, stageId: string, asOf: string): Promise<WorkItem[]>;
  /** Work logged for any of some requests, in no particular order. */
  workForRequests(
    snapshot: Snapshot,
    tenantId: string,
    requestIds: readonly string[],
    asOf: string,
  ): Promise<WorkItem[]>;
  /** Work logged for a request. */
  workForRequest(snapshot: Snapshot, tenantId: string, requestId: string, asOf: string): Promise<WorkItem[]>;
  /** A time entry that stands; undefined when there is none (any more). */
  entry(snapshot: Snapshot, tenantId: string, entryId: string): Promise<EntryFacts | undefined>;
  /** Whether a specialist has hours on a project. */
  hasWorkedOn(snapshot: Snapshot, tenantId: string, projectId: string, specialistId: string): Promise<boolean>;
  /** Projects of a client, by id. */
  projectsOfClient(
    snapshot: Snapshot,
    scope: ClientScope,
    slice: Slice,
  ): Promise<Sliced<{ readonly projectId: string; readonly name: string; readonly openedOn: string }>>;
  /** Hours that count for a client, by day: where approvals are asked for, the approved ones. */
  hoursOfClient(
    snapshot: Snapshot,
    scope: ClientScope & {
      readonly requestId?: string | undefined;
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    },
    slice: Slice,
  ): Promise<Sliced<ClientHours>>;
  /** Which of these entries stand and count: where approvals are asked for, those that are approved. */
  countedEntries(snapshot: Snapshot, tenantId: string, entryIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Roles that the agency's own employees have on a day. */
  ownRoles(snapshot: Snapshot, tenantId: string, day: string): Promise<ReadonlySet<string>>;
}

/** Names of the projections, for questions that read rows of several services. */
export const projectionNames = {
  profitability: 'profitability',
  relationship: 'relationship',
  roi: 'roi',
} as const;
