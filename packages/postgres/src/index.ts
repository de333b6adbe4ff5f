export { type CoalesceOptions, coalesce } from './coalesce.ts';
export { isConnectionLoss, isUniqueViolation } from './errors.ts';
export { type Listener, type ListenOptions, listen } from './listen.ts';
export { type Migrations, migrate, pendingMigrations } from './migrate.ts';
export { MigrationError } from './migration-files.ts';
export { clientConfig, createPool, type PoolOptions } from './pool.ts';
export { inTransaction } from './transaction.ts';
export { valueTypes } from './value-types.ts';
