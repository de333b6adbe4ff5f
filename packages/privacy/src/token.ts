/** What stands where something personal stood whose key is gone. */
export const ERASED = '[erased]';

const PREFIX = 'enc:v1:';

export const LOCATOR_BYTES = 16;

/** An encrypted text, as it is stored in a field: `enc:v1:<subject>:<base64url(locator | iv | ciphertext | tag)>`. */
export interface Token {
  readonly subjectId: string;
  /** Tells the field from all other fields of the subject: a digest of the event's id and the field's pointer. */
  readonly locator: Uint8Array;
  readonly sealed: Uint8Array;
}

export const isToken = (value: unknown): value is string => typeof value === 'string' && value.startsWith(PREFIX);

export const formatToken = ({ subjectId, locator, sealed }: Token): string =>
  `${PREFIX}${subjectId}:${Buffer.concat([locator, sealed]).toString('base64url')}`;

/** The subject of a token; empty when the text only looks like one. */
export const subjectOfToken = (token: string): string => token.slice(PREFIX.length, token.lastIndexOf(':'));

export const parseToken = (token: string): Token => {
  const bytes = Buffer.from(token.slice(token.lastIndexOf(':') + 1), 'base64url');
  return {
    subjectId: subjectOfToken(token),
    locator: bytes.subarray(0, LOCATOR_BYTES),
    sealed: bytes.subarray(LOCATOR_BYTES),
  };
};
