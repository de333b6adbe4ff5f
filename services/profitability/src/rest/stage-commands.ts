import type { Commands } from '@headroom/commanding';
import * as contract from '@headroom/contracts/rest/profitability';
import { type Bound, bindCommand, eventOf, reply } from '@headroom/http';
import type { ReadModels } from '@headroom/projecting';
import { issueInvoice, recordPayment } from '../commands/invoices.ts';
import { openProject } from '../commands/open-project.ts';
import { planStage } from '../commands/plan-stage.ts';
import { assignBackupManager, replaceManager } from '../commands/project-managers.ts';
import { recordExpense } from '../commands/record-expense.ts';
import { closeStage, reopenStage, reviseEstimate, startStage } from '../commands/stage-life.ts';
import { voidExpense } from '../commands/void-expense.ts';
import { voidInvoice, voidPayment } from '../commands/void-invoices.ts';
import { writeOff } from '../commands/write-off.ts';

export interface Deps {
  readonly commands: Commands;
  readonly readModels: ReadModels;
}

/** The commands about projects and stages, tied to their contracts. */
export const stageCommands = ({ commands, readModels }: Deps): Bound[] => [
  bindCommand(contract.openProject, async ({ context, body }) =>
    reply(await openProject(commands, context, body), (events) => {
      const { projectId, clientId, name, managerId } = eventOf(events, 'ProjectOpened');
      return { projectId, clientId, name, managerId };
    }),
  ),
  bindCommand(contract.replaceManager, async ({ context, params, body }) =>
    reply(await replaceManager(commands, context, { ...params, ...body }), (events) => {
      const { projectId, managerId, previousManagerId, effectiveFrom } = eventOf(events, 'ManagerReplaced');
      return { projectId, managerId, previousManagerId, effectiveFrom };
    }),
  ),
  bindCommand(contract.assignBackupManager, async ({ context, params, body }) =>
    reply(await assignBackupManager(commands, context, { ...params, ...body }), (events) => {
      const { projectId, backupManagerId, effectiveFrom } = eventOf(events, 'BackupManagerAssigned');
      return { projectId, backupManagerId, effectiveFrom };
    }),
  ),
  bindCommand(contract.planStage, async ({ context, body }) =>
    reply(await planStage({ commands, readModels }, context, body), (events) => {
      const { stageId, projectId, clientId, name } = eventOf(events, 'StagePlanned');
      return { stageId, projectId, clientId, name };
    }),
  ),
  bindCommand(contract.startStage, async ({ context, params, body }) =>
    reply(await startStage({ commands, readModels }, context, { ...params, ...body }), (events) => {
      const { stageId, startedOn } = eventOf(events, 'StageStarted');
      return { stageId, startedOn };
    }),
  ),
  bindCommand(contract.reviseEstimate, async ({ context, params, body }) =>
    reply(await reviseEstimate(commands, context, { ...params, ...body }), (events) => {
      const { stageId, revisedOn } = eventOf(events, 'RemainingEstimateRevised');
      return { stageId, revisedOn };
    }),
  ),
  bindCommand(contract.closeStage, async ({ context, params, body }) =>
    reply(await closeStage(commands, context, { ...params, ...body }), (events) => {
      const { stageId, closedOn } = eventOf(events, 'StageClosed');
      return { stageId, closedOn };
    }),
  ),
  bindCommand(contract.reopenStage, async ({ context, params, body }) =>
    reply(await reopenStage(commands, context, { ...params, ...body }), (events) => {
      const { stageId, reopenedOn } = eventOf(events, 'StageReopened');
      return { stageId, reopenedOn };
    }),
  ),
  bindCommand(contract.recordExpense, async ({ context, params, body }) =>
    reply(await recordExpense(commands, context, { ...params, ...body }), (events) => {
      const { expenseId, stageId, category, amount, postedOn } = eventOf(events, 'ExpenseRecorded');
      return { expenseId, stageId, category, amount, postedOn };
    }),
  ),
  bindCommand(contract.voidExpense, async ({ context, params, body }) =>
    reply(await voidExpense(commands, context, { ...params, ...body }), (events) => {
      const { expenseId, stageId, postedOn } = eventOf(events, 'ExpenseVoided');
      return { expenseId, stageId, postedOn };
    }),
  ),
  bindCommand(contract.writeOff, async ({ context, params, body }) =>
    reply(await writeOff({ commands, readModels }, context, { ...params, ...body }), (events) => {
      const { writeOffId, stageId, amount, writtenOffOn } = eventOf(events, 'RevenueWrittenOff');
      return { writeOffId, stageId, amount, writtenOffOn };
    }),
  ),
];

/** The commands about invoices, tied to their contracts. */
export const invoiceCommands = ({ commands }: Pick<Deps, 'commands'>): Bound[] => [
  bindCommand(contract.issueInvoice, async ({ context, body }) =>
    reply(await issueInvoice(commands, context, body), (events) => {
      const { invoiceId, clientId, total, lines, issuedOn, dueOn } = eventOf(events, 'InvoiceIssued');
      return { invoiceId, clientId, total, lines, issuedOn, dueOn };
    }),
  ),
  bindCommand(contract.recordPayment, async ({ context, params, body }) =>
    reply(await recordPayment(commands, context, { ...params, ...body }), (events) => {
      const { paymentId, invoiceId, amount, lines, paidOn } = eventOf(events, 'PaymentRecorded');
      return { paymentId, invoiceId, amount, lines, paidOn };
    }),
  ),
  bindCommand(contract.voidInvoice, async ({ context, params, body }) =>
    reply(await voidInvoice(commands, context, { ...params, ...body }), (events) => {
      const { invoiceId, clientId, postedOn } = eventOf(events, 'InvoiceVoided');
      return { invoiceId, clientId, postedOn };
    }),
  ),
  bindCommand(contract.voidPayment, async ({ context, params, body }) =>
    reply(await voidPayment(commands, context, { ...params, ...body }), (events) => {
      const { paymentId, invoiceId, postedOn } = eventOf(events, 'PaymentVoided');
      return { paymentId, invoiceId, postedOn };
    }),
  ),
];
