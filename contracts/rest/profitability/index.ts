export * from './figures.ts';
export * from './projects.ts';
export * from './questions.ts';
export * from './time.ts';
