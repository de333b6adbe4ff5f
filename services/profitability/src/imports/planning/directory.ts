import type { Activity } from '@headroom/contracts/events/values';

/** The people, projects and stages an import may name: the agency's own, as they are at the time of the import. */
export interface Directory {
  readonly specialists: readonly {
    readonly id: string;
    readonly name: string;
    readonly email?: string | null | undefined;
    readonly externalRef: string | null;
  }[];
  /** Those without a project, too. */
  readonly clients?: readonly { readonly id: string; readonly name: string }[];
  readonly projects: readonly {
    readonly id: string;
    readonly name: string;
    readonly clientId: string;
    readonly clientName: string;
    readonly externalRef: string | null;
  }[];
  readonly stages: readonly {
    readonly id: string;
    readonly name: string;
    readonly projectId: string;
    readonly status: string;
    readonly externalRef: string | null;
  }[];
}

export type Specialist = Directory['specialists'][number];
export type Project = Directory['projects'][number];
export type Stage = Directory['stages'][number];

/**
 * What the caller says that a tracker's names stand for. It wins over any name of ours. Case and spaces do not matter.
 */
export interface ImportMapping {
  /** A person's e-mail or name to a specialist's id. */
  readonly people?: Readonly<Record<string, string>> | undefined;
  /** A client's name to a client's id. */
  readonly clients?: Readonly<Record<string, string>> | undefined;
  /** `Client / Project` or `Project` to a project's id; the empty key is for entries without a project. */
  readonly projects?: Readonly<Record<string, string>> | undefined;
  /**
   * `Client / Project / Task` or `Project / Task` to a stage's id. Entries without a task are found under
   * `Client / Project` or `Project`.
   */
  readonly stages?: Readonly<Record<string, string>> | undefined;
  /** A task's name or a tag to an activity; what is not named here is `production`. */
  readonly activities?: Readonly<Record<string, Activity>> | undefined;
}

/**
 * What becomes of entries that name somebody or something we do not know. `create`: it is brought along. `refuse`: those
 * entries are refused, the others imported. `map`: nothing is imported until the mapping says what the name stands for.
 */
export type UnknownPolicy = 'create' | 'map' | 'refuse';

export interface PlanOptions {
  /** `refuse` unless stated. Entries of an unknown stage may also count as `unattributed` minutes of their project. */
  readonly unknown?: {
    readonly people?: UnknownPolicy | undefined;
    readonly clients?: UnknownPolicy | undefined;
    readonly projects?: UnknownPolicy | undefined;
    readonly stages?: UnknownPolicy | 'unattributed' | undefined;
  };
  /** The id of what is created, made of its names alone, so that the same names never make a second one. */
  readonly newId?: (kind: 'people' | 'clients' | 'projects' | 'stages', names: readonly string[]) => string;
}
