import { z } from 'zod';
import { event } from './event.ts';
import { date, id, note, unsignedMoney } from './values.ts';

/** A way to spend less on a client, or to earn more with what is spent. */
export const costMethod = z.enum(['reduce-contact', 'mirror-client', 'subcontract', 'enforce-contract', 'new-sale']);
export type CostMethod = z.infer<typeof costMethod>;

/** Where a measure applies; a project names its client. */
export const measureScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('agency') }),
  z.strictObject({ kind: z.literal('client'), clientId: id }),
  z.strictObject({ kind: z.literal('project'), projectId: id, clientId: id }),
]);
export type MeasureScope = z.infer<typeof measureScope>;

export const costMeasureStarted = event('CostMeasureStarted', 1, {
  measureId: id,
  method: costMethod,
  scope: measureScope,
  /** The first day on which it applies. */
  startedOn: date,
  /** What it is expected to save or bring each month; `null`: nobody said. */
  expectedMonthlySaving: unsignedMoney.nullable(),
  note: note.nullable(),
});

export const costMeasureEnded = event('CostMeasureEnded', 1, {
  measureId: id,
  /** The last day on which it applied. */
  endedOn: date,
  note: note.nullable(),
});

export const costMeasureEvents = [costMeasureStarted, costMeasureEnded] as const;
