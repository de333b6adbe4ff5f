import { type ProfitabilityQuestions, projectionNames } from '@headroom/contracts/questions';
import * as contract from '@headroom/contracts/rest/roi';
import { type Bound, bindQuestion } from '@headroom/http';
import type { RowReader } from '@headroom/projecting';
import { roiStoryPage } from '../pages/roi-story.ts';
import { roiStory } from '../read-models/roi-story.ts';

/** The page about a project. */
export const storyQuestion = (profitability: ProfitabilityQuestions<RowReader>): Bound =>
  bindQuestion(contract.getRoiStory, {
    projections: [projectionNames.roi, projectionNames.profitability],
    answer: async ({ caller: { tenantId, seesRates }, params, query, instant }, reader) => {
      const { asOf, lang } = query;
      const story = await roiStory(profitability, reader, { tenantId, ...params, asOf, lang, instant, seesRates });
      if (story === 'not-found') return { kind: 'not-found', what: 'project' };
      if (typeof story === 'string') return { kind: 'refused', code: story };
      return { kind: 'answer', body: roiStoryPage(story, lang) };
    },
  });
