export * from './calendar.ts';
export * from './decision.ts';
export * from './ids.ts';
export * from './stream-name.ts';
