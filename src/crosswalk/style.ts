/**
 * How a page of evidence looks: on a screen, light or dark as the reader has it, and on A4 paper, always light.
 *
 * Colours never say anything alone: every status has a sign and a word. All text reaches a contrast of 4.5 to 1 on what
 * it stands on.
 *
 * @module
 */
import { palettes } from '../diagram/palette.js'

const light =
  '--paper:#fff;--ink:#1f2328;--soft:#57606a;--line:#d0d7de;--faint:#f6f8fa;--link:#0a58a8;' +
  '--shown:#0b6b4f;--shown-on:#dff2ea;--partly:#7a5200;--partly-on:#fdf0cf;--late:#8a3a00;--late-on:#fde3d0;--missing:#a3172a;--missing-on:#fde1e4;--none:#57606a;--none-on:#eef1f4;color-scheme:light'
const dark =
  '--paper:#12161c;--ink:#e8edf2;--soft:#a3adb8;--line:#363e49;--faint:#1a2029;--link:#7cc0ff;' +
  '--shown:#7fdcb8;--shown-on:#15352b;--partly:#f2cf7a;--partly-on:#3a2f10;--late:#ffb48a;--late-on:#402412;--missing:#ffa3ad;--missing-on:#451a22;--none:#a3adb8;--none-on:#232a33;color-scheme:dark'

/** The colours of a drawing within the page, for paper. */
const drawing = Object.entries(palettes.light).map(([name, value]) => `--${name}:${value}`).join(';')

/** Text within CSS, as a string: everything but letters and digits is escaped, so that nothing ends it. */
export const cssString = (text: string): string =>
  `"${(text.length > 90 ? `${text.slice(0, 89)}…` : text).replace(/[^A-Za-z0-9 ]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`

/** The style sheet of a page; `foot` stands at the foot of every sheet of paper. */
export const pageStyle = (foot: string): string => `:root{${light}}
@media screen and (prefers-color-scheme:dark){:root{${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:28px 24px 56px;max-width:1080px;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:25px;line-height:1.2;margin:0 0 4px}
h2{font-size:20px;line-height:1.25;margin:40px 0 4px;padding-top:14px;border-top:2px solid var(--ink)}
h3{font-size:15px;margin:24px 0 6px}
p{margin:6px 0}
.soft{color:var(--soft)}
.roles{font-weight:400;color:var(--soft)}
header p{max-width:74ch}
figure{margin:18px 0;overflow-x:auto;border:1px solid var(--line);border-radius:6px}
figure+figure{margin-top:-19px;border-top:0;border-radius:0 0 6px 6px}
figure svg{display:block}
ul{margin:0;padding:0;list-style:none}
.notes{padding-left:18px;list-style:disc;color:var(--soft);max-width:80ch}
.chip{display:inline-block;white-space:nowrap;border:1px solid currentColor;border-radius:4px;padding:0 7px;font-size:13px;font-weight:600;color:var(--none);background:var(--none-on)}
.chip.shown{color:var(--shown);background:var(--shown-on)}
.chip.partly,.chip.pending{color:var(--partly);background:var(--partly-on)}
.chip.late{color:var(--late);background:var(--late-on)}
.chip.missing{color:var(--missing);background:var(--missing-on)}
.tally{display:flex;flex-wrap:wrap;gap:6px 8px;margin:10px 0}
.tally .chip{font-size:14px}
dl.legend{display:grid;grid-template-columns:max-content 1fr;gap:4px 12px;margin:8px 0;font-size:13.5px}
dl.legend dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:13.5px;line-height:1.42}
th,td{text-align:left;vertical-align:top;padding:7px 10px 7px 0;border-bottom:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;border-bottom:1.5px solid var(--soft)}
td:last-child,th:last-child{padding-right:0}
.clauses{table-layout:fixed}
.clauses th:nth-child(1){width:23%}
.clauses th:nth-child(2){width:17.5%}
.clauses tbody th{font-weight:400}
.clauses tbody th b{display:block}
li+.need,li+.cannot,li+.also{margin-top:6px}
.need.open>span:first-child{color:var(--missing);font-weight:600}
.need.late>span:first-child{color:var(--late);font-weight:600}
.cannot>span,.also>span{color:var(--soft)}
.cites{margin:2px 0 0}
.cites li{padding-left:16px;text-indent:-16px;color:var(--soft);font-size:12.5px}
.cites li b,.cites li .what{color:var(--ink)}
.cites code{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.moved{white-space:nowrap}
.times{max-width:760px}
.times td:nth-child(2){font-variant-numeric:tabular-nums;white-space:nowrap}
footer{margin-top:32px;color:var(--soft);font-size:13px;max-width:80ch}
@media (max-width:640px){body{padding:18px 14px}.clauses{table-layout:auto}.clauses,.clauses thead,.clauses tbody,.clauses tr,.clauses th,.clauses td{display:block;width:auto!important}.clauses thead{display:none}.clauses tbody th,.clauses td:not(:last-child){border:0;padding-bottom:2px}}
@page{size:A4;margin:16mm 14mm 18mm;@bottom-left{content:${cssString(foot)};font:8pt system-ui,sans-serif;color:#57606a}@bottom-right{content:counter(page) " / " counter(pages);width:22mm;white-space:nowrap;font:8pt system-ui,sans-serif;color:#57606a}}
@media print{
:root{${light}}
svg.mpcvd-timeline{${drawing}}
html{print-color-adjust:exact;-webkit-print-color-adjust:exact}
body{padding:0;max-width:none;font-size:9.5pt;line-height:1.4}
h1{font-size:16pt}h2{font-size:13pt;margin-top:20pt}h3{font-size:10.5pt;margin-top:12pt}
h1,h2,h3{break-after:avoid}
.sheet+.sheet{break-before:page}
.sheet+.sheet h2{margin-top:0}
figure{border:0;overflow:visible;margin:8pt 0;break-inside:avoid}
figure svg{width:100%;height:auto;max-height:205mm}figure+figure{margin-top:8pt}figure+figure svg{max-height:240mm}
table,dl.legend{font-size:8.5pt}
.clauses th:nth-child(2){width:19.5%}
.chip{font-size:7.5pt;padding:0 5px}.cites li{font-size:8pt}.tally .chip{font-size:8.5pt}.cites code{font-size:7.5pt}
thead{display:table-header-group}
tbody tr,dl.legend,.times tr{break-inside:avoid}
.cites li{break-inside:avoid}
}`
