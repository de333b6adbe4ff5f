import type { RequestScope } from '@headroom/contracts/events';
import { table } from '@headroom/projecting';

/** What a client asked of a stage, and whether the agreement covers it; null while nobody has classified it. */
export interface ScopeRequestRow {
  readonly tenantId: string;
  readonly requestId: string;
  readonly stageId: string | null;
  readonly scope: RequestScope | null;
}

export const scopeRequestTable = table<ScopeRequestRow>('scope_request', {
  columns: {
    tenantId: 'text',
    requestId: 'text',
    stageId: { type: 'text', nullable: true },
    scope: { type: 'text', nullable: true },
  },
  key: ['tenantId', 'requestId'],
});
