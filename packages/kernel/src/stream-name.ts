/**
 * Stream names are `<category>-<tenant>/<key>[/<key>...]`, so that the category is what EventStoreDB takes it for
 * (everything before the first hyphen) and the tenant can be told without parsing metadata.
 */

const TENANT = /^[a-z0-9][a-z0-9_]{0,39}$/;

/** Whether a text may name a tenant: lower-case letters, digits and underscores, 40 at most. */
export const isTenantId = (text: string): boolean => TENANT.test(text);

/** The name of the stream of one entity of a tenant. Throws on a key that would make the name ambiguous. */
export const streamName = (category: string, tenantId: string, ...keys: readonly string[]): string => {
  if (!isTenantId(tenantId)) throw new Error(`not a tenant id: ${tenantId}`);
  for (const key of keys) {
    if (key === '' || key.includes('/')) throw new Error(`not a stream key: ${key}`);
  }
  return keys.length === 0 ? `${category}-${tenantId}` : `${category}-${tenantId}/${keys.join('/')}`;
};

/** The category of a stream: what stands before the first hyphen. */
export const categoryOf = (streamId: string): string => streamId.slice(0, streamId.indexOf('-'));

/** The tenant of a stream. */
export const tenantOf = (streamId: string): string => {
  const start = streamId.indexOf('-') + 1;
  const end = streamId.indexOf('/', start);
  return end < 0 ? streamId.slice(start) : streamId.slice(start, end);
};

/** The keys of a stream, in order. */
export const keysOf = (streamId: string): string[] => streamId.split('/').slice(1);
