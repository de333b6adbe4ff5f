/** What a credential may do. A route without a permission stops the start-up. */
export const permissions = [
  'agency:read',
  'agency:configure',
  'people:read',
  'people:write',
  'rates:read',
  'rates:write',
  'standards:propose',
  'standards:approve',
  'clients:read',
  'clients:write',
  'projects:read',
  'projects:write',
  'time:read',
  'time:write',
  'time:write-own',
  'time:approve',
  'periods:read',
  'periods:write',
  'expenses:write',
  'revenue:write-off',
  'invoices:write',
  'figures:read',
  'reviews:write',
  'requests:read',
  'requests:write',
  'extra-payments:write',
  'disputes:rule',
  'business:read',
  'business:write',
  'imports:write',
  'subjects:read',
  'subjects:erase',
  'audit:read',
  'receipts:read',
  'portal:read',
  'portal:answer',
] as const;

export type Permission = (typeof permissions)[number];

/** Tags of the document: one a service, and one for the long work of all. */
export const tags = ['agency', 'profitability', 'relationship', 'roi', 'operations', 'audit'] as const;
export type Tag = (typeof tags)[number];

const everyone: readonly Permission[] = [
  'agency:read',
  'people:read',
  'clients:read',
  'projects:read',
  'receipts:read',
];
const managing: readonly Permission[] = [
  ...everyone,
  'standards:propose',
  'clients:write',
  'projects:write',
  'time:read',
  'time:write',
  'time:approve',
  'periods:read',
  'expenses:write',
  'figures:read',
  'requests:read',
  'requests:write',
  'extra-payments:write',
  'business:read',
  'business:write',
  'imports:write',
  'audit:read',
];

/**
 * The roles of people and their permissions. Cost rates and salaries are for owner and finance alone; who lacks
 * `rates:read` gets no figure from which one person's rate can be derived.
 */
export const roles = {
  owner: permissions,
  finance: [
    ...managing,
    'revenue:write-off',
    'invoices:write',
    'agency:configure',
    'people:write',
    'rates:read',
    'rates:write',
    'standards:approve',
    'reviews:write',
    'periods:write',
    'disputes:rule',
  ],
  manager: managing,
  sales: [
    ...everyone,
    'clients:write',
    'figures:read',
    'requests:read',
    'requests:write',
    'extra-payments:write',
    'business:read',
    'business:write',
  ],
  specialist: ['agency:read', 'projects:read', 'time:write-own', 'receipts:read'],
  /** A client's own key: its own projects in the portal, and nothing else. */
  client: ['portal:read', 'portal:answer'],
  /** An integration has exactly the scopes that its key was given. */
  integration: [],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof roles;
