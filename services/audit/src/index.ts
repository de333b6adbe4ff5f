import type { Bound } from '@headroom/http';
import { auditEvents } from './rest/audit-events.ts';
import { checkpointQuestions } from './rest/checkpoint-questions.ts';
import { evidenceQuestions } from './rest/evidence-questions.ts';
import type { AuditParts } from './rest/parts.ts';

export { verifierPage } from './pages/verifier-page.ts';
export { auditSubjects } from './read-models/subjects.ts';
export type { AuditParts } from './rest/parts.ts';

/** What happened, and who can prove it? */
export const createAudit = (parts: AuditParts): Bound[] => [
  auditEvents(parts),
  ...checkpointQuestions(parts),
  ...evidenceQuestions(parts),
];
