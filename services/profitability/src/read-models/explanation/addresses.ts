import type { explainedBy } from '@headroom/contracts/rest/explaining';

/** Where a part is explained in its turn. */
export type ExplainedBy = import('zod').infer<typeof explainedBy>;

/** The moment that an explanation is about, on both axes. */
export interface On {
  readonly asOf: string;
  readonly knownAt: number;
}

/** The explanation of a stage at a moment. */
export const stageExplanation = (stageId: string, { asOf, knownAt }: On): ExplainedBy => ({
  operationId: 'explainStage',
  path: `/v1/stages/${encodeURIComponent(stageId)}/explanation?asOf=${asOf}&knownAt=${knownAt}`,
});
