export * from './audit/audit-events.ts';
export * from './audit/checkpoints.ts';
export * from './audit/dispute-pack.ts';
export * from './audit/evidence.ts';
export * from './audit/proofs.ts';
export * from './audit/receipts.ts';
