/** The look of the page, on a screen, in a mail and on A4. */
export const style = `
body{margin:0;background:#fff;color:#1c1c1c;font:14px/1.45 Helvetica,Arial,sans-serif}
main{max-width:720px;margin:0 auto;padding:24px 16px}
h1{font-size:26px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px}header p{margin:0 0 16px;color:#555}
small{color:#666;font-size:12px}
.boxes{width:100%;border-collapse:separate;border-spacing:8px;margin:0 -8px;table-layout:fixed}
.boxes td{background:#f3f6f5;border-radius:6px;padding:10px 12px;vertical-align:top}
.boxes span,.boxes b,.boxes small{display:block}.boxes b{font-size:17px;margin:2px 0}
figure{margin:20px 0 0;break-inside:avoid}figcaption{font-weight:bold;margin-bottom:4px}
.five{display:flex;flex-wrap:wrap;gap:0 16px}.five figure{width:332px}.five figcaption{font-weight:normal}
.figures{width:100%;border-collapse:collapse;font-size:11px}
.figures th,.figures td{padding:4px 6px;border-bottom:1px solid #e4e4e4;text-align:right;font-weight:normal}
.figures td,.figures th[scope]{white-space:nowrap}.figures th:first-child{text-align:left}.figures tr:first-child th{color:#666;vertical-align:bottom}.figures tr{break-inside:avoid}
.better{color:#1b7f5c}.worse{color:#b3532e}
footer{margin-top:28px;border-top:1px solid #e4e4e4;color:#666;font-size:12px}
@page{size:A4;margin:14mm}
@media print{main{max-width:none;padding:0}body{font-size:12px}}
`;
