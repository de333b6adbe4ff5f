export * from './roi/baseline.ts';
export * from './roi/business-facts.ts';
export * from './roi/client-roi.ts';
export * from './roi/estimate-roi.ts';
export * from './roi/metric-fitness.ts';
export * from './roi/metrics.ts';
export * from './roi/metrics-in-bulk.ts';
export * from './roi/missing-facts.ts';
