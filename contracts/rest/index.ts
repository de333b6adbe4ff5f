export * from './agency.ts';
export * from './audit.ts';
export * from './operation.ts';
export * from './operations.ts';
export * from './permissions.ts';
export * from './profitability/index.ts';
export * from './replays.ts';
export * from './values.ts';
