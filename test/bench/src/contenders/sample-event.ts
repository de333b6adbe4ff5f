/** The n-th of many entries of hours, in streams of their own: what all contenders append. */
export const sampleEvent = (n: number) => ({
  streamId: `timesheet-bench/specialist-${n}/2026-03`,
  type: 'HoursLogged',
  data: {
    entryId: `entry-${n}`,
    specialistId: `specialist-${n}`,
    role: 'designer',
    stageId: `stage-${n % 500}`,
    projectId: `project-${n % 100}`,
    clientId: `client-${n % 30}`,
    workDate: '2026-03-16',
    seconds: 3_600,
    activity: 'production',
    billable: true,
    goodwill: false,
    requestId: null,
    note: null,
    externalRef: null,
    importId: null,
  },
  meta: {
    tenantId: 'bench',
    actor: 'key:0123456789abcdef',
    commandKey: `command-${n}`,
    fingerprint: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
    correlationId: '0198c1a2-7e57-7000-8000-5d1c2f3e9a51',
  },
});
