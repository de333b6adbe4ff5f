const fail = (what: string, ...said: unknown[]): never => {
  throw new Error([what, ...said.map((each) => JSON.stringify(each))].join('\n'));
};

/** Throws what differs, with both sides. */
export const mustBeSame = (what: string, one: unknown, other: unknown): void => {
  if (JSON.stringify(one) !== JSON.stringify(other)) fail(what, one, other);
};
