import type { AuditSubject } from '@headroom/contracts/rest/audit';

/** Which members of events name what they are about. */
export const auditSubjects: Readonly<Record<string, AuditSubject>> = {
  clientId: 'client',
  projectId: 'project',
  stageId: 'stage',
  requestId: 'request',
  extraPaymentId: 'extra-payment',
  disputeId: 'dispute',
  specialistId: 'specialist',
  invoiceId: 'invoice',
};
