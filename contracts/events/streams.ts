/** Categories of the streams: what stands before the first hyphen of a stream's name. */
export const categories = {
  /** One a tenant: settings and exchange rates. */
  agency: 'agency',
  /** One a proposed standard. */
  standard: 'standard',
  /** One a specialist: the person and the cost rates. */
  specialist: 'specialist',
  /** One a change of several cost rates at once. */
  rateChange: 'ratechange',
  /** One a scope of bill rates: the agency, a client, a project, a role, a specialist. */
  billRates: 'billrates',
  client: 'client',
  /** One a client and month. */
  interactions: 'interactions',
  /** One a client: what it said of its satisfaction. */
  satisfaction: 'satisfaction',
  /** One a cost measure. */
  costMeasure: 'costmeasure',
  project: 'project',
  stage: 'stage',
  /** One a month: its frozen review. */
  review: 'review',
  /** One an invoice, with its payments. */
  invoice: 'invoice',
  /** One a specialist and month; owns the rule that a day has 24 hours. */
  timesheet: 'timesheet',
  /** One a specialist: the running timer. */
  timer: 'timer',
  /** One a tenant: which months are closed. */
  periods: 'periods',
  /** One an import of a tracker's file. */
  import: 'import',
  request: 'request',
  extraPayment: 'extrapayment',
  /** One a client: facts of the client's business. */
  clientBusiness: 'clientbusiness',
  /** One a metric that the agency defined. */
  metricDefinition: 'metricdefinition',
  /** One a project: baseline and monthly metrics. */
  projectMetrics: 'projectmetrics',
  /** One an estimate that was shared. */
  roiEstimate: 'roiestimate',
  /** One a person whose data is held: that it was erased. */
  subject: 'subject',
} as const;
