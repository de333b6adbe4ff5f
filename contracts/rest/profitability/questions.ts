import { id } from '../../events/index.ts';
import { question } from '../operation.ts';
import { basisAsked, timeAxes } from '../values.ts';
import { closingExample, ids, stageExample, totalsExample } from './examples.ts';
import { clientProfitability, projectProfitability, stageProfitability } from './figures.ts';

const stageLine = {
  ...totalsExample,
  stageId: ids.stageId,
  projectId: ids.projectId,
  name: 'Landing design',
  status: 'started' as const,
};

export const getStageProfitability = question({
  operationId: 'getStageProfitability',
  path: '/v1/stages/:stageId/profitability',
  tag: 'profitability',
  summary: 'Does this stage earn money?',
  permission: 'figures:read',
  params: { stageId: id },
  query: { ...timeAxes, ...basisAsked },
  response: stageProfitability,
  example: { params: { stageId: ids.stageId }, response: stageExample },
});

export const getProjectProfitability = question({
  operationId: 'getProjectProfitability',
  path: '/v1/projects/:projectId/profitability',
  tag: 'profitability',
  summary: 'Does this project earn money? Its stages, added',
  permission: 'figures:read',
  params: { projectId: id },
  query: { ...timeAxes, ...basisAsked },
  response: projectProfitability,
  example: {
    params: { projectId: ids.projectId },
    response: {
      projectId: ids.projectId,
      clientId: ids.clientId,
      name: 'Landing page',
      ...totalsExample,
      stages: [stageLine],
      ...closingExample,
    },
  },
});

export const getClientProfitability = question({
  operationId: 'getClientProfitability',
  path: '/v1/clients/:clientId/profitability',
  tag: 'profitability',
  summary: 'Does this client earn us money? All stages of all projects, added',
  permission: 'figures:read',
  params: { clientId: id },
  query: { ...timeAxes, ...basisAsked },
  response: clientProfitability,
  example: {
    params: { clientId: ids.clientId },
    response: { clientId: ids.clientId, ...totalsExample, stages: [stageLine], ...closingExample },
  },
});
