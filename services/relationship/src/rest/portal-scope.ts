import type { ClientScope } from '@headroom/contracts/questions';
import type { Caller } from '@headroom/http';

/** A credential that stands for no client has no portal. */
export const noPortal = { kind: 'not-found', what: 'client' } as const;

/** What a credential may look at; undefined when it stands for no client, or asks for a project that is not its own. */
export const scopeOf = (
  { tenantId, clientId, projectId: own }: Caller,
  { projectId }: { readonly projectId?: string | undefined } = {},
): ClientScope | undefined => {
  if (clientId === undefined || (own !== undefined && projectId !== undefined && projectId !== own)) return undefined;
  const asked = own ?? projectId;
  return { tenantId, clientId, ...(asked === undefined ? {} : { projectId: asked }) };
};
