import type { TopLevelSpec } from 'vega-lite';

/** A chart as Vega-Lite draws it; its fonts, colours of axes and numbers are those of the page. */
export type ChartSpec = TopLevelSpec;

const NO_BREAK_SPACE = '\u00a0';
const numbers = {
  en: { decimal: '.', thousands: ',', grouping: [3], currency: ['', ''] },
  ru: { decimal: ',', thousands: NO_BREAK_SPACE, grouping: [3], currency: ['', ''] },
} as const;

const look = {
  background: 'transparent',
  font: 'Helvetica, Arial, sans-serif',
  axis: { labelColor: '#444', titleColor: '#444', gridColor: '#e6e6e6', domainColor: '#999', tickColor: '#999' },
  view: { stroke: null },
  legend: { orient: 'top', title: null, labelColor: '#222', labelFontSize: 12, labelLimit: 0 },
} as const;

/** Draws a chart as an SVG that stands alone. The library is loaded when the first chart is drawn. */
export const drawChart = async (spec: ChartSpec, language: 'en' | 'ru', title: string): Promise<string> => {
  const [vega, vegaLite] = await Promise.all([import('vega'), import('vega-lite')]);
  const { decimal, thousands, grouping, currency } = numbers[language];
  const format = { decimal, thousands, grouping: [...grouping], currency: [...currency] as [string, string] };
  const parsed = vega.parse(vegaLite.compile(spec, { config: { ...look, locale: { number: format } } }).spec);
  const view = new vega.View(parsed, { renderer: 'none' });
  try {
    const svg = await view.toSVG();
    const label = title.replace(/[&<>"]/g, ' ');
    return svg.replace('<svg ', `<svg role="img" aria-label="${label}" style="max-width:100%;height:auto" `);
  } finally {
    view.finalize();
  }
};
