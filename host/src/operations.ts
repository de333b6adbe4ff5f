import { agencyProjection, createAgency } from '@headroom/agency';
import type { Commands } from '@headroom/commanding';
import type { Bound } from '@headroom/http';
import { createProfitability, profitabilityProjection, profitabilityQuestions } from '@headroom/profitability';
import type { Projection, ReadModels } from '@headroom/projecting';
import { createRelationship, relationshipProjection } from '@headroom/relationship';
import { createRoi, roiProjection } from '@headroom/roi';

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
}

/** Every operation of the API, bound to the service that carries it out or answers it. */
export const buildOperations = ({ commands, readModels }: OperationParts): Bound[] => {
  const profitability = profitabilityQuestions;
  return [
    ...createAgency({ commands }),
    ...createProfitability({ commands, readModels }),
    ...createRelationship({ commands, profitability }),
    ...createRoi({ commands, profitability }),
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
    readModels: { live: notRunning, at: notRunning, rows: notRunning, row: notRunning, caughtUp: notRunning },
  });
