import type { RequestRow } from './tables.ts';

/** A request as it stands: what was asked, and where it has got to. */
export const requestState = (row: RequestRow) => {
  const { requestId, clientId, projectId, heldStageId: stageId, askedBy, channel, askedAt, askedOn, words } = row;
  const { scope, behaviour, result, completedOn, disputed } = row;
  const said = { requestId, clientId, projectId, stageId, askedBy, channel, askedAt, askedOn, words };
  return { ...said, scope, behaviour, result, completedOn, disputed };
};
