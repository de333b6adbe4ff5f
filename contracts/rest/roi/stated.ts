/** Whether a body says at least one of some fields. */
export const someOf = (fields: readonly string[]) => (body: object) =>
  fields.some((field) => (body as Readonly<Record<string, unknown>>)[field] !== undefined);

export const notConfigured = {
  'agency-not-configured': 'The agency has not been configured yet, so its currency is not known.',
};

export const beyondRange = {
  'beyond-range': 'The recorded figures multiply to amounts beyond what can be counted exactly.',
};
