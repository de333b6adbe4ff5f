/** What must hold of every history, and needs no database to be seen. */
export const MEMORY_PROPERTIES = ['knownAt answers stand', 'explanations recompute', 'differences add up'] as const;
export type MemoryProperty = (typeof MEMORY_PROPERTIES)[number];

/** What must hold of every history of a running server. */
export const SERVED_PROPERTIES = [
  'knownAt answers stand',
  'preview == what applying gives',
  'supposed == what comes to be',
  'live == fold in memory',
  'live == partial replay',
  'live == rebuild',
] as const;
export type ServedProperty = (typeof SERVED_PROPERTIES)[number];

export type Property = MemoryProperty | ServedProperty;

export interface Failure {
  readonly number: number;
  readonly property: Property;
  readonly message: string;
}
