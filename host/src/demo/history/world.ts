import type { TimeEntry } from '@headroom/contracts/events';
import { Random } from './random.ts';

export const CURRENCY = 'RUB';
export const ROLES = ['designer', 'developer', 'writer', 'manager', 'analyst'] as const;
const LIVELY_STAGES_A_SPECIALIST = 0.75;
const SPECIALISTS_A_CLIENT = 5;
const MOST_RECENT = 3_000;

export interface Specialist {
  readonly id: string;
  readonly role: string;
  /** Ten-thousandths of a major unit an hour. */
  rateUnits: number;
  /** Stages under way that this person works on. */
  readonly stages: Stage[];
}

export interface Project {
  readonly projectId: string;
  readonly clientId: string;
}

export interface Stage {
  readonly ids: { readonly stageId: string; readonly projectId: string; readonly clientId: string };
  readonly team: readonly Specialist[];
  /** After so many entries it is done. */
  target: number;
  entries: number;
  closed: boolean;
}

export interface ExtraPayment {
  readonly extraPaymentId: string;
  readonly requestId: string;
  readonly ids: Stage['ids'];
  readonly amountMinor: number;
}

/** Whole numbers from one up to and with another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** An agency as it stands on a day of its history. */
export interface World {
  readonly random: Random;
  readonly specialists: readonly Specialist[];
  readonly clients: readonly string[];
  readonly projects: Project[];
  readonly stages: Stage[];
  readonly stagesWanted: number;
  /** How many entries a person logs on a day. */
  readonly entriesADay: Span;
  /** Entries that may still be corrected: of stages that are open. */
  recent: { readonly entry: TimeEntry; readonly stage: Stage | undefined }[];
  readonly requests: { readonly requestId: string; readonly stage: Stage }[];
  readonly openPayments: ExtraPayment[];
  today: string;
}

export const createWorld = (specialists: number, seed: number, entriesADay: Span): World => {
  const random = new Random(seed);
  return {
    random,
    specialists: Array.from({ length: specialists }, (_, n) => ({
      id: `specialist-${n}`,
      role: ROLES[n % ROLES.length] as string,
      rateUnits: random.integer(1_200, 4_000) * 10_000,
      stages: [],
    })),
    clients: Array.from({ length: Math.ceil(specialists / SPECIALISTS_A_CLIENT) }, (_, n) => `client-${n}`),
    projects: [],
    stages: [],
    entriesADay,
    stagesWanted: Math.ceil(specialists * LIVELY_STAGES_A_SPECIALIST),
    recent: [],
    requests: [],
    openPayments: [],
    today: '2022-01-03',
  };
};

export const rateText = (units: number): string =>
  `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}`;

export const rub = (minor: number) => ({ minor, currency: CURRENCY });

/** Keeps what may be corrected later within bounds, and without what can no longer be. */
export const forgetOldEntries = (world: World): void => {
  world.recent = world.recent.filter(({ stage }) => stage?.closed !== true).slice(-MOST_RECENT);
};
