type Shape = {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message?: unknown;
  readonly syscall?: unknown;
};

const shapeOf = (error: unknown): Shape => (typeof error === 'object' && error !== null ? error : {});

/** A row with that key exists (SQLSTATE 23505); with `constraint`, only when that one was violated. */
export const isUniqueViolation = (error: unknown, constraint?: string): boolean => {
  const { code, constraint: violated } = shapeOf(error);
  return code === '23505' && (constraint === undefined || violated === constraint);
};

const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Class 08; 57P01 to 57P05: ended by an administrator, crash, starting or stopping, database dropped, idle too long. */
const LOST_STATES = /^(08\w{3}|57P0[1-5])$/;

/** The driver gives these no code. */
const LOST_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed and is not queryable)/;

/**
 * Whether the connection failed, rather than the statement: refused, terminated, reset, server starting or stopping.
 * The outcome of a statement that was under way is then unknown. Looks into causes and aggregates.
 */
export const isConnectionLoss = (error: unknown): boolean => {
  if (error instanceof AggregateError && error.errors.some(isConnectionLoss)) return true;
  const { code, message, syscall } = shapeOf(error);
  if (typeof code === 'string' && (SYSTEM_CODES.has(code) || LOST_STATES.test(code))) return true;
  // The socket file of a server that is not there.
  if (code === 'ENOENT' && syscall === 'connect') return true;
  if (code === undefined && typeof message === 'string' && LOST_MESSAGES.test(message)) return true;
  return error instanceof Error && error.cause !== undefined && isConnectionLoss(error.cause);
};
