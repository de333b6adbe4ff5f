export * from './operation.ts';
export * from './permissions.ts';
export * from './values.ts';
