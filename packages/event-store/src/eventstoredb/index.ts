export { createEventStoreDbEventStore, type EventStoreDbOptions } from './store.ts';
