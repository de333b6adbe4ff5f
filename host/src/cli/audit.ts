import { parseCheckpoint } from '@headroom/audit/verifier';
import { type AuditReport, audit, type HeldHead } from '@headroom/notary';
import { openBase } from '../composition.ts';
import { migrateDatabaseAt } from '../migrations.ts';
import { Explained } from '../process/explain.ts';
import { quietly } from './quietly.ts';
import { readFileOf } from './read-file.ts';
import { exitCodes, type Task } from './run-task.ts';
import type { Terminal } from './terminal.ts';
import { withDatabase } from './with-database.ts';

const summary = ({ events, checkpoints, upTo, findings }: AuditReport): string =>
  findings.length === 0
    ? `All ${events} events up to position ${upTo} are as they were sealed; ${checkpoints} checkpoints hold.`
    : `${events} events and ${checkpoints} checkpoints were looked at; the log is NOT as it was sealed.`;

export interface AuditOptions {
  /** Files with notes of checkpoints that were handed out earlier. */
  readonly checkpoint?: readonly string[];
}

const heldIn = async (terminal: Terminal, file: string): Promise<HeldHead> => {
  const note = (await readFileOf(terminal, file)).toString('utf8');
  const head = parseCheckpoint(note.slice(0, note.indexOf('\n\n') + 1));
  if (head === undefined) throw new Explained(`${file} holds no checkpoint`);
  return { tenantId: head.origin.slice('headroom/'.length), size: head.size, root: head.root };
};

/** Makes every tree anew from the log and compares it with all that was signed; fails when something differs. */
export const auditCommand =
  ({ checkpoint = [] }: AuditOptions): Task =>
  async (terminal, settings) => {
    const { print, tell, progress, endProgress } = terminal;
    const held = await Promise.all(checkpoint.map((file) => heldIn(terminal, file)));
    return withDatabase(settings, async (databaseUrl) => {
      await migrateDatabaseAt(databaseUrl);
      await using closing = new AsyncDisposableStack();
      const { eventStoreUrl, notaryKey } = settings;
      const base = { databaseUrl, eventStoreUrl, notaryKey, logger: quietly, processName: 'audit' };
      const { store, pool } = await openBase(closing, base);
      const report = await audit({
        store,
        pool,
        seed: notaryKey,
        held,
        onProgress: (events, position) => progress(`${events} events, position ${position}`),
      });
      endProgress();
      for (const { tenantId, position, what } of report.findings)
        tell(`${tenantId}${position === null ? '' : `, position ${position}`}: ${what}`);
      print(summary(report));
      return report.findings.length === 0 ? exitCodes.done : exitCodes.failed;
    });
  };
