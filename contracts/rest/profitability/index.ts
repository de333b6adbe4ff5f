export * from './figures.ts';
export * from './imports.ts';
export * from './missing-rates.ts';
export * from './projects.ts';
export * from './questions.ts';
export * from './time.ts';
