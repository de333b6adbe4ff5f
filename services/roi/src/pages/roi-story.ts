import { Html, html, type Language, writtenDate, writtenMonth, writtenRatio } from '@headroom/http/pages';
import type { RoiStory } from '../read-models/roi-story.ts';
import { cumulativeCurve, metricChart, metricNames, rangeChart } from './roi-charts.ts';
import { style } from './style.ts';
import { wordings } from './wording.ts';
import { type Money, writtenMoney } from './written.ts';

type Roi = RoiStory['roi'];

const amount = (money: Money | null, language: Language): string =>
  money === null ? '–' : writtenMoney(money, language);

const paybackText = ({ payback, gain }: Roi, language: Language): string => {
  const words = wordings[language];
  if (gain === null) return words.unknown;
  if (payback.base === null) return words.never;
  const month = writtenMonth(payback.base.month, language);
  return payback.base.reached ? words.reached(month) : words.projected(month);
};

const headline = (roi: Roi, language: Language): Html => {
  const words = wordings[language];
  const { gain, cost } = roi;
  const between =
    gain === null || gain.low?.minor === gain.high?.minor
      ? ''
      : words.between(amount(gain.low, language), amount(gain.high, language));
  const returns =
    roi.roi.low === roi.roi.high
      ? ''
      : words.between(writtenRatio(roi.roi.low, language), writtenRatio(roi.roi.high, language));
  const box = (title: string, value: string, note: string) =>
    html`<td><span>${title}</span><b>${value}</b><small>${note}</small></td>`;
  return html`<table class="boxes" role="presentation"><tr>
${box(words.gain, gain === null ? words.unknown : amount(gain.base, language), between)}
${box(words.cost, amount(cost, language), '')}
${box(words.roi, writtenRatio(roi.roi.base, language), returns)}
${box(words.payback, paybackText(roi, language), '')}
</tr></table>`;
};

const metricsTable = ({ metrics }: RoiStory, language: Language): Html => {
  const words = wordings[language];
  const rows = metricNames.map((name) => {
    const { value, baseline, change, better } = metrics.total[name];
    const kind = better === null ? '' : better ? 'better' : 'worse';
    return html`<tr><th scope="row">${words[name]}</th><td>${amount(value, language)}</td><td>${amount(baseline, language)}</td><td class="${kind}">${writtenRatio(change, language)}</td></tr>`;
  });
  return html`<table class="figures"><tr><th></th><th>${words.value}</th><th>${words.before}</th><th>${words.change}</th></tr>${rows}</table>`;
};

const monthsTable = ({ roi }: RoiStory, language: Language): Html => {
  const words = wordings[language];
  const rows = roi.months.map(
    ({ month, complete, gain, revenue, advertisingSpend, cumulativeGain, cumulativeCost }) =>
      html`<tr><th scope="row">${writtenMonth(month, language)}${complete ? '' : html` <small>(${words.incomplete})</small>`}</th><td>${amount(gain?.base ?? null, language)}</td><td>${amount(revenue, language)}</td><td>${amount(advertisingSpend, language)}</td><td>${amount(cumulativeGain.base, language)}</td><td>${amount(cumulativeCost, language)}</td></tr>`,
  );
  const heads = [words.month, words.gain, words.revenue, words.advertising, words.curveGain, words.curveCost];
  return html`<table class="figures"><tr>${heads.map((head) => html`<th>${head}</th>`)}</tr>${rows}</table>`;
};

const figure = (title: string, svg: string | undefined): Html | string =>
  svg === undefined ? '' : html`<figure><figcaption>${title}</figcaption>${new Html(svg)}</figure>`;

/** The page about a project: it stands alone, runs nothing, and prints on A4. */
export const roiStoryPage = (story: RoiStory, language: Language): string => {
  const words = wordings[language];
  const { roi, missing } = story;
  const curve = cumulativeCurve(story, language);
  const range = rangeChart(story, language);
  const five = metricNames.map((name) => figure(words[name], metricChart(story, name, language)));
  const asks = missing.map(({ ask, explanation }) => html`<li>${ask} <small>${explanation}</small></li>`);
  const open = missing.length === 0 ? '' : html`<h2>${words.open}</h2><ul>${asks}</ul>`;
  const page = html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${roi.name}: ${words.heading}</title><style>${new Html(style)}</style></head><body><main>
<header><h1>${words.heading}</h1><p>${words.client}: <b>${story.clientName}</b> · ${roi.name} · ${words.asOf} ${writtenDate(roi.asOf, language)}</p></header>
${headline(roi, language)}
${figure(words.curve, roi.months.length === 0 ? undefined : curve)}
${figure(words.range, range)}
<h2>${words.metrics}</h2><div class="five">${five}</div>
${metricsTable(story, language)}
<h2>${words.figures}</h2>
${monthsTable(story, language)}
${open}
<footer><p>${words.how}</p><p>${words.made(story.agencyName)} ${roi.formulaVersion} · ${roi.knownAt}</p></footer>
</main></body></html>
`;
  return page.text;
};
