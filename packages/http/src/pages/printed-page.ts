import { Html, html } from './html.ts';
import type { Language } from './written.ts';

/** The look of a page, on a screen, in a mail and on A4: rows and boxes are not cut, heads of tables are repeated. */
const paper = `
body{margin:0;background:#fff;color:#1c1c1c;font:14px/1.45 Helvetica,Arial,sans-serif}
main{max-width:720px;margin:0 auto;padding:24px 16px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}h2{font-size:17px;margin:26px 0 8px;break-after:avoid}
header p{margin:0 0 16px;color:#555}small,.note{color:#666;font-size:12px}
.boxes{width:calc(100% + 16px);border-collapse:separate;border-spacing:8px;margin:0 -8px;table-layout:fixed;break-inside:avoid}
.boxes td{background:#f3f6f5;border-radius:6px;padding:10px 12px;vertical-align:top}
.boxes span,.boxes b,.boxes small{display:block}.boxes b{font-size:15px;margin:2px 0}
.rows{width:100%;border-collapse:collapse;font-size:12px}
.rows thead{display:table-header-group}.rows tr{break-inside:avoid}
.rows th,.rows td{padding:5px 6px;border-bottom:1px solid #e4e4e4;text-align:left;font-weight:normal;vertical-align:top}
.rows thead th{color:#666;vertical-align:bottom}.rows .n{text-align:right;white-space:nowrap}
.rows td small{display:block;font-size:11px}.rows+.rows{margin-top:14px}.whole{break-inside:avoid}
.good{color:#1b7f5c}.bad{color:#b3532e}
ul{margin:6px 0;padding-left:20px}li{break-inside:avoid;margin:3px 0}
footer{margin-top:26px;border-top:1px solid #e4e4e4;color:#666;font-size:12px;break-inside:avoid}
@page{size:A4;margin:14mm 14mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:10px Helvetica,Arial,sans-serif;color:#888}}
@media print{main{max-width:none;padding:0}body{font-size:12px}.rows{font-size:11px}.rows td small{font-size:10px}.boxes b{font-size:14px}}
`;

export interface PrintedPage {
  readonly language: Language;
  readonly title: string;
  /** Under the title. */
  readonly subtitle: Html | string;
  readonly body: readonly (Html | string)[];
  readonly footer: readonly string[];
}

/** A page that stands alone: it runs nothing, loads nothing, and prints on A4. */
export const printedPage = ({ language, title, subtitle, body, footer }: PrintedPage): string =>
  html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${new Html(paper)}</style></head><body><main>
<header><h1>${title}</h1><p>${subtitle}</p></header>
${[...body]}
<footer>${footer.map((line) => html`<p>${line}</p>`)}</footer>
</main></body></html>
`.text;

/** A figure in a box. */
export interface Box {
  readonly title: string;
  readonly value: string;
  readonly note?: string | undefined;
}

/** Figures side by side. */
export const boxes = (all: readonly Box[]): Html =>
  html`<table class="boxes" role="presentation"><tr>${all.map(
    ({ title, value, note = '' }) => html`<td><span>${title}</span><b>${value}</b><small>${note}</small></td>`,
  )}</tr></table>`;

export type Cell = Html | string | number;

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Cell;
  /** Written to the right. */
  readonly number?: boolean;
}

const SHORT = 15;

/** A table, never cut when it is short; the head of a long one is repeated on every sheet. `none` in place of no rows. */
export const rowsTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], none: string): Html => {
  if (rows.length === 0) return html`<p class="note">${none}</p>`;
  const kind = (column: Column<Row>) => (column.number === true ? 'n' : '');
  const heads = columns.map((column) => html`<th class="${kind(column)}">${column.head}</th>`);
  const lines = rows.map(
    (row) => html`<tr>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}</tr>`,
  );
  return html`<table class="${rows.length <= SHORT ? 'rows whole' : 'rows'}"><thead><tr>${heads}</tr></thead><tbody>${lines}</tbody></table>`;
};

/** A heading with what follows it. */
export const section = (title: string, ...parts: readonly (Html | string)[]): Html =>
  html`<section><h2>${title}</h2>${[...parts]}</section>`;
