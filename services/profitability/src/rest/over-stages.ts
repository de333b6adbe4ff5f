import { projectionNames } from '@headroom/contracts/questions';
import type { ReadModels } from '@headroom/projecting';
import { openPart } from '../read-models/part-of-log/open-part.ts';

/** Whose rows and events figures over stages are made of. */
export const projections = [projectionNames.profitability];
/** A refusal of a comparison. */
export const refused = <Code extends string>(code: Code) => ({ kind: 'refused', code }) as const;

/** The part of the log that tells of some stages; undefined where there are none to look into. */
export const partOf = (readModels: ReadModels, tenantId: string, stageIds: readonly string[], position: number) =>
  stageIds.length === 0 ? undefined : openPart(readModels, tenantId, { stageIds }, position);

/** The address of the same comparison about one stage alone. */
export const aloneAt = (operationId: string, path: string, query: Readonly<Record<string, string | undefined>>) => {
  const told = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return (stageId: string) => ({
    operationId,
    path: `${path}?${new URLSearchParams([...told, ['stageId', stageId]])}`,
  });
};
