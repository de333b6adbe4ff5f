/** What the code of one kind of folder may know. */
interface Knowledge {
  /** Other folders of the same service. */
  readonly folders: readonly string[];
  /** Internal packages, by folder name; `contracts` means the published language. */
  readonly packages: readonly string[];
  /** Packages from the registry, and modules of Node's own as `node:name`. */
  readonly others: readonly string[];
}

/**
 * The kinds of folders of a service, in the order of the flow, and what each may know. A service has no other folders:
 * a new kind is added here, on purpose, with what it may know.
 *
 * Two steps to the right are meant: a projection writes the tables that read models declare, and commands look up what
 * a stream cannot tell (whose entry an id is, which rates hold) in read models.
 */
export const folders: Readonly<Record<string, Knowledge>> = {
  // Runs in browsers, too, and must be readable by itself.
  verifier: { folders: [], packages: [], others: [] },
  events: { folders: [], packages: ['contracts', 'kernel'], others: [] },
  formulas: { folders: [], packages: ['contracts', 'kernel', 'money'], others: [] },
  decisions: { folders: ['events', 'formulas'], packages: ['contracts', 'kernel', 'money'], others: [] },
  imports: {
    folders: [],
    packages: ['contracts', 'kernel', 'money'],
    others: ['csv-parse', 'node:crypto', 'node:stream', 'node:timers'],
  },
  commands: {
    folders: ['events', 'formulas', 'decisions', 'imports', 'read-models'],
    packages: ['contracts', 'kernel', 'money', 'commanding', 'event-store', 'operations', 'privacy', 'projecting'],
    others: [],
  },
  projections: {
    folders: ['events', 'formulas', 'decisions', 'read-models'],
    packages: ['contracts', 'kernel', 'money', 'projecting'],
    others: [],
  },
  'read-models': {
    folders: ['verifier', 'events', 'formulas', 'decisions', 'imports'],
    packages: ['contracts', 'kernel', 'money', 'projecting', 'postgres', 'event-store', 'notary'],
    others: ['node:crypto', 'zod'],
  },
  pages: {
    folders: ['read-models'],
    packages: ['contracts', 'kernel', 'money', 'http'],
    others: ['amaro', 'd3-scale', 'node:fs', 'node:path', 'node:url'],
  },
  rest: {
    folders: ['commands', 'pages', 'read-models'],
    packages: [
      'contracts',
      'kernel',
      'money',
      'commanding',
      'event-store',
      'operations',
      'privacy',
      'projecting',
      'http',
      'notary',
    ],
    others: ['node:crypto', 'zod'],
  },
};

/** The folders whose code is a function of its arguments alone: no clock, no chance, no input or output. */
export const pureFolders = ['events', 'formulas', 'decisions', 'projections'] as const;
