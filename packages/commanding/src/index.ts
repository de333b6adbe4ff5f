export * from './command.ts';
export { type CommandsOptions, createCommands } from './create-commands.ts';
export { Contended } from './faults.ts';
export { type KeyLedger, type KeyLedgerOptions, postgresKeyLedger } from './ledger.ts';
export { CLAIMING_APPEND, commandingMigrations } from './migrations.ts';
