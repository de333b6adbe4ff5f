export * from './command.ts';
export { type CommandsOptions, createCommands } from './create-commands.ts';
export { Contended } from './faults.ts';
export { type Claim, type KeyLedger, postgresKeyLedger } from './ledger.ts';
export { commandingMigrations } from './migrations.ts';
