import type { ResponseOf } from '../rest/operation.ts';
import type { getClientRoi } from '../rest/roi/client-roi.ts';
import type { listRoiEstimates } from '../rest/roi/estimates.ts';
import type { getServiceMetrics } from '../rest/roi/service-metrics.ts';

/** A client, or one of its projects. */
export interface BriefScope {
  readonly tenantId: string;
  readonly clientId: string;
  readonly projectId?: string | undefined;
}

/** Half-open: `[from, to)`. */
export interface BriefPeriod {
  readonly from: string;
  readonly to: string;
}

export interface ProjectStanding {
  readonly projectId: string;
  readonly clientId: string;
  readonly name: string;
  readonly serviceType: string | null;
  readonly openedOn: string;
  /** Who has managed it, by date. */
  readonly managers: readonly { readonly managerId: string; readonly from: string }[];
  readonly managerId: string;
  /** Null: nobody is named, or the backup manages the project by now. */
  readonly backupManagerId: string | null;
}

export interface PersonStanding {
  readonly specialistId: string;
  readonly name: string;
  readonly role: string;
  /** The last day of work here; null while no end is known. */
  readonly deactivatedOn: string | null;
}

/** How far a stage has got, as of a day. Amounts are null where they would tell one person's rate to who asks. */
export interface StageProgress {
  readonly stageId: string;
  readonly projectId: string;
  readonly name: string;
  readonly serviceType: string | null;
  readonly status: 'planned' | 'started' | 'closed';
  /** As planned; null when no day was agreed. */
  readonly dueOn: string | null;
  readonly startedOn: string | null;
  readonly closedOn: string | null;
  readonly plannedSeconds: number;
  readonly seconds: number;
  readonly remainingSeconds: number;
  readonly currency: string;
  /** Fee plus agreed extra payments, less write-offs. */
  readonly contractRevenueMinor: number;
  readonly forecastMargin: string | null;
  readonly standardMargin: string | null;
  readonly headroomMinor: number | null;
  /** Where the forecast stands to the standard and to zero; null without a standard or anything charged. */
  readonly outlook: 'above-standard' | 'below-standard' | 'losing-money' | null;
  readonly suppressed: boolean;
  readonly uncostedSeconds: number;
  readonly unapprovedSeconds: number;
  /** Budget thresholds that were crossed, the lowest first; `acknowledged`: somebody has taken note. */
  readonly alerts: readonly { readonly threshold: string; readonly raisedOn: string; readonly acknowledged: boolean }[];
  readonly team: readonly { readonly specialistId: string; readonly seconds: number }[];
}

/** Work done free of charge on purpose, at the price it would have had. */
export interface Favour {
  readonly stageId: string | null;
  readonly activity: string;
  readonly seconds: number;
  /** Of the seconds that have a bill rate. */
  readonly valueMinor: number;
  readonly unpricedSeconds: number;
}

export interface Favours {
  readonly work: readonly Favour[];
  /** What of the agreed revenue was not asked for after all. */
  readonly writeOffs: readonly { readonly stageId: string; readonly on: string; readonly minor: number }[];
  /** Write-offs left out for want of an exchange rate. */
  readonly unconverted: number;
}

/** What the profitability service tells briefs of. */
export interface DeliveryQuestions<Snapshot> {
  project(snapshot: Snapshot, tenantId: string, projectId: string, asOf: string): Promise<ProjectStanding | undefined>;
  people(snapshot: Snapshot, tenantId: string): Promise<readonly PersonStanding[]>;
  /** By id. */
  stages(
    snapshot: Snapshot,
    scope: BriefScope,
    asked: { readonly asOf: string; readonly seesRates: boolean },
  ): Promise<readonly StageProgress[]>;
  favours(snapshot: Snapshot, scope: BriefScope, period: BriefPeriod): Promise<Favours>;
}

interface Asked {
  readonly tenantId: string;
  readonly clientId: string;
  readonly asOf: string;
  readonly instant: string;
}

/** What the roi service tells briefs of: nothing of it would tell one person's rate. */
export interface BenefitQuestions<Snapshot> {
  /** Undefined when the client is not known or its figures are beyond what can be told. */
  client(snapshot: Snapshot, asked: Asked): Promise<ResponseOf<typeof getClientRoi> | undefined>;
  metrics(
    snapshot: Snapshot,
    asked: Asked & { readonly projectId: string; readonly from: string; readonly to: string },
  ): Promise<ResponseOf<typeof getServiceMetrics> | undefined>;
  /** The newest first. */
  estimates(
    snapshot: Snapshot,
    tenantId: string,
    clientId: string,
  ): Promise<ResponseOf<typeof listRoiEstimates>['items']>;
}

/** How the relationship with a client stands, as sales asks. */
export interface ClientStanding {
  readonly clientId: string;
  readonly name: string;
  readonly segment: 'exit' | 'reprice' | 'reduce-contact' | 'invest' | 'maintain' | null;
  readonly insufficientData: boolean;
  /** Null: there was no contact yet. */
  readonly lastContactOn: string | null;
  readonly extraPayments: readonly {
    readonly stageId: string;
    readonly currency: string;
    readonly minor: number;
    readonly proposedOn: string;
    readonly answer: 'agreed' | 'declined' | 'withdrawn' | null;
  }[];
  /** Requests held to be out of scope that are not done with and for which no payment was proposed. */
  readonly unaskedRequests: number;
}

/** What the relationship service tells the views of roles. */
export interface StandingQuestions<Snapshot> {
  client(snapshot: Snapshot, asked: Asked & { readonly seesRates: boolean }): Promise<ClientStanding | undefined>;
}
