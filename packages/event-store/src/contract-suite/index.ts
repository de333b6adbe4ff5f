export type { ContractSuiteOptions, OpenedStore } from './opened-store.ts';
export { runContractSuite } from './run.ts';
export { type Proxy, startProxy, type Wire } from './wire.ts';
