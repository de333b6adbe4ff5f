export * from './access/index.ts';
export * from './binding.ts';
export { createApi } from './create-api.ts';
export { type CursorScope, type CursorValues, decodeCursor, encodeCursor } from './cursor.ts';
export { buildOpenApi, type OpenApiDocument } from './openapi/document.ts';
export type { Problem, ProblemError } from './problem.ts';
export type { RateLimit } from './rate-limit.ts';
export type { ApiOptions, ApiSettings, ReadinessCheck } from './settings.ts';
export * from './reply.ts';
