export * from './roi/client-business.ts';
export * from './roi/client-roi.ts';
export * from './roi/estimate-roi.ts';
export * from './roi/missing-facts.ts';
