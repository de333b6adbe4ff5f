export * from './port.ts';
export { createPostgresEventStore, migrateEventStore, type PostgresEventStoreOptions } from './postgres/index.ts';
