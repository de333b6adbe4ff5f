import { z } from 'zod';
import { event } from './event.ts';
import { id, name, note } from './values.ts';

/** What a month's metric counts. */
export const countedFigure = z.enum(['visitors', 'inquiries', 'calls', 'forms', 'sales', 'turnover']);

export type CountedFigure = z.infer<typeof countedFigure>;

/** What the agency thinks of a metric as a measure of its work; a newer definition replaces the one before. */
export const metricDefined = event('MetricDefined', 1, {
  metricId: id,
  name,
  /** The figure of a month that the metric is; null for one that is counted elsewhere. */
  counts: countedFigure.nullable(),
  /** Whether our work moves it. */
  controllableByUs: z.boolean(),
  /** Whether the client's business moves with it. */
  affectsBusiness: z.boolean(),
  rationale: note.nullable(),
});

export const metricDefinitionEvents = [metricDefined] as const;
