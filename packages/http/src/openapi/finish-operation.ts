import type { Operation } from '@headroom/contracts/rest';
import { roles } from '@headroom/contracts/rest';

export type Json = { [name: string]: Json } | readonly Json[] | string | number | boolean | null;
export type JsonObject = { [name: string]: Json };

const header = (description: string, example: string): JsonObject => ({
  description,
  schema: { type: 'string' },
  example,
});

/** Headers of answers; they stand once in the document, under these names. */
export const answerHeaders: JsonObject = {
  'X-Request-Id': header('Yours, or one of ours; name it when you report something', 'a1b2c3d4e5f60718-1z'),
  RateLimit: header(
    'What is left of the key’s limit: requests, and seconds until it is whole again',
    '"key";r=5999;t=60',
  ),
  ETag: header('The revision of what was changed', '"3"'),
  'Log-Position': header('Position of the command’s last event; for `Min-Position`', '128'),
  Receipt: header('Where the signed receipt of the command is, within a second', '/v1/receipts?position=128'),
  'Idempotency-Replayed': header('`true` when the command had been carried out before', 'true'),
};

const headersNamed = (...names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

const everyAnswer = headersNamed('X-Request-Id', 'RateLimit');
const commandAnswer = headersNamed('ETag', 'Log-Position', 'Receipt', 'Idempotency-Replayed');

const rolesWith = (permission: string): string[] =>
  Object.entries(roles)
    .filter(([, held]) => (held as readonly string[]).includes(permission))
    .map(([role]) => role);

/** The permission, and the roles that hold it. Integrations hold it when it is among their scopes. */
const permissionNote = ({ permission }: Operation): JsonObject => {
  const names = typeof permission === 'string' ? [permission] : [...permission];
  return {
    'x-permission': names.length === 1 ? (names[0] as string) : names,
    'x-roles': [...new Set(names.flatMap(rolesWith))].sort(),
  };
};

const withExample = (content: JsonObject, example: unknown): JsonObject =>
  Object.fromEntries(
    Object.entries(content).map(([type, media]) => [type, { ...(media as JsonObject), example: example as Json }]),
  );

const parametersOf = (operation: Operation, parameters: readonly JsonObject[]): JsonObject[] => {
  const examples: Readonly<Record<string, string>> = { ...operation.example.params, ...operation.example.query };
  return parameters.map((parameter) => {
    const example = parameter.in === 'header' ? undefined : examples[String(parameter.name)];
    return example === undefined ? parameter : { ...parameter, example };
  });
};

const responsesOf = (operation: Operation, responses: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(responses).map(([status, value]) => {
      const response = value as JsonObject;
      if (status !== String(operation.status)) return [status, { ...response, headers: everyAnswer }];
      const content = withExample(response.content as JsonObject, operation.example.response);
      const headers = operation.kind === 'command' ? { ...everyAnswer, ...commandAnswer } : everyAnswer;
      return [status, { ...response, headers, content }];
    }),
  );

/** Adds to a generated operation what the generator does not know: examples, response headers, the permission. */
export const finishOperation = (operation: Operation, generated: JsonObject): JsonObject => {
  const body = generated.requestBody as JsonObject | undefined;
  const content = body === undefined ? {} : withExample(body.content as JsonObject, operation.example.body ?? {});
  return {
    ...generated,
    ...permissionNote(operation),
    'x-refusals': Object.keys(operation.refusals).sort(),
    parameters: parametersOf(operation, (generated.parameters ?? []) as unknown as JsonObject[]),
    ...(body === undefined ? {} : { requestBody: { ...body, required: true, content } }),
    responses: responsesOf(operation, generated.responses as JsonObject),
  };
};
