export * from './command.ts';
export { type CommandsOptions, createCommands } from './create-commands.ts';
export { Contended } from './faults.ts';
export { type Claim, type KeyLedger, type KeyLedgerOptions, postgresKeyLedger } from './ledger.ts';
export { commandingMigrations } from './migrations.ts';
