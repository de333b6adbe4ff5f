export * from './projection.ts';
export * from './reader.ts';
export * from './table.ts';
