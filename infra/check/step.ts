/** What a step found: nothing, or a text that says what is wrong and where. */
export type Finding = string | undefined;

/** One thing that must hold of the tree. A step throws when it could not look. */
export interface Step {
  readonly name: string;
  /** Looks at the tree under `root`. */
  readonly look: (root: string) => Promise<Finding>;
}
