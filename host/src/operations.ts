import { addNewcomer, agencyProjection, createAgency, rateChangeDesk } from '@headroom/agency';
import { type AuditParts, createAudit } from '@headroom/audit';
import type { Commands } from '@headroom/commanding';
import { type Bound, operationsBound } from '@headroom/http';
import type { OperationDesk, OperationKind } from '@headroom/operations';
import type { SubjectDesk } from '@headroom/privacy';
import {
  AgencyStages,
  createProfitability,
  createRoleViews,
  deliveryQuestions,
  profitabilityProjection,
  profitabilityQuestions,
  profitabilityWork,
  rulingCommands,
} from '@headroom/profitability';
import type { Projection, ReadModels } from '@headroom/projecting';
import {
  createBriefs,
  createRelationship,
  type RelationshipDeps,
  registerNewcomer,
  relationshipProjection,
  standingQuestions,
} from '@headroom/relationship';
import { benefitQuestions, createRoi, roiProjection } from '@headroom/roi';
import { longReplay, type ReplayDeps } from './replays/long-replay.ts';
import { type ReplayParts, replayOperations } from './replays/replay-operations.ts';

/** Every projection there is. */
export const projections: readonly Projection[] = [
  agencyProjection,
  profitabilityProjection,
  relationshipProjection,
  roiProjection,
];

export interface OperationParts {
  readonly commands: Commands;
  readonly readModels: ReadModels;
  /** How the cost of a replay is told. */
  readonly estimateReplay: ReplayParts['estimate'];
  /** Where long work is asked for. */
  readonly desk: OperationDesk;
  /** The people whose personal data is held. */
  readonly subjects: SubjectDesk;
  /** The actors that a specialist's credentials appear as in the log. */
  readonly actorsOf: RelationshipDeps['actorsOf'];
  readonly audit: AuditParts;
}

/** How an import has people and clients created that other services own. */
const newcomersOf = (commands: Commands) => ({
  addSpecialist: addNewcomer(commands),
  registerClient: registerNewcomer(commands),
});

/** Every kind of work that takes longer than a request may. */
export const buildWork = (
  { commands, readModels }: Pick<OperationParts, 'commands' | 'readModels'>,
  log: Omit<ReplayDeps, 'projections'>,
): OperationKind[] => [
  ...profitabilityWork({
    commands,
    readModels,
    newcomers: newcomersOf(commands),
    inMind: new AgencyStages(),
    rateChanges: rateChangeDesk(commands),
  }),
  longReplay({ ...log, projections }),
];

/** What the relationship service stands on; its questions and its rulings share one memory of stages. */
export const relationshipDeps = ({
  commands,
  readModels,
  actorsOf,
  profitability = profitabilityQuestions(new AgencyStages()),
}: Omit<OperationParts, 'desk' | 'subjects' | 'audit' | 'estimateReplay'> & {
  readonly profitability?: RelationshipDeps['profitability'];
}): RelationshipDeps => ({
  commands,
  readModels,
  profitability,
  rulings: rulingCommands({ commands, readModels }),
  actorsOf,
});

/** Every operation of the API, bound to the service that carries it out or answers it. */
export const buildOperations = ({
  commands,
  readModels,
  estimateReplay,
  desk,
  subjects,
  actorsOf,
  audit,
}: OperationParts): Bound[] => {
  const inMind = new AgencyStages();
  const profitability = profitabilityQuestions(inMind);
  const benefit = benefitQuestions(profitability);
  return [
    ...createAgency({ commands, subjects }),
    ...createProfitability({
      commands,
      readModels,
      newcomers: newcomersOf(commands),
      desk,
      inMind,
      rateChanges: rateChangeDesk(commands),
    }),
    ...createRelationship(relationshipDeps({ commands, readModels, actorsOf, profitability })),
    ...createBriefs({ profitability, delivery: deliveryQuestions(inMind), benefit }),
    ...createRoleViews({ standing: standingQuestions(profitability), benefit }),
    ...createRoi({ commands, profitability }),
    ...createAudit(audit),
    ...operationsBound(desk),
    ...replayOperations({ desk, names: projections.map(({ name }) => name), estimate: estimateReplay }),
  ];
};

const notRunning = async (): Promise<never> => {
  throw new Error('these operations are only described, nothing stands behind them');
};

/** The operations as they are described, with nothing behind them: for documents and for tests of their shape. */
export const describedOperations = (): Bound[] =>
  buildOperations({
    commands: {
      state: notRunning,
      execute: notRunning,
      executeAll: notRunning,
      catchUp: notRunning,
      news: () => 0,
      head: notRunning,
      close: async () => undefined,
    },
    readModels: {
      live: notRunning,
      snapshot: notRunning,
      at: notRunning,
      near: notRunning,
      part: notRunning,
      supposing: notRunning,
      rows: notRunning,
      row: notRunning,
      caughtUp: notRunning,
    },
    estimateReplay: notRunning,
    desk: { start: notRunning, get: notRunning, list: notRunning, cancel: notRunning },
    subjects: { get: notRunning, list: notRunning, held: notRunning, erase: notRunning },
    actorsOf: notRunning,
    audit: {
      notary: {
        key: notRunning,
        sealed: notRunning,
        latest: notRunning,
        checkpoint: notRunning,
        leafAt: notRunning,
        leavesOfCommand: notRunning,
        leavesAbout: notRunning,
        listLeaves: notRunning,
        evidence: notRunning,
        inclusion: notRunning,
        consistency: notRunning,
        root: notRunning,
        sign: notRunning,
      },
      store: { head: notRunning, readStream: notRunning },
      fieldKeys: notRunning,
    },
  });
