export { createPostgresEventStore, migrateEventStore, type PostgresEventStoreOptions } from './create-store.ts';
