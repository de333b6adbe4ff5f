export * from './calendar.ts';
export * from './decision.ts';
export * from './ids.ts';
export * from './latest-of.ts';
export * from './stream-name.ts';
