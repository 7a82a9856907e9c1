// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.page;

/** How a page looks: one column where the window is narrow, light or dark as the reader has it. */
final class PageStyle {

  static final String CSS =
      """
      :root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--box:#f6f8fa;\
      --line:#d0d7de;--bad:#b3261e;--badbox:#fff1ef;--good:#116329;--link:#0550ae;\
      --mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
      @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b1;--paper:#0d1117;\
      --box:#161b22;--line:#3d444d;--bad:#ff9a8f;--badbox:#2c1513;--good:#7ee2a8;--link:#79c0ff}}
      *{box-sizing:border-box}
      body{margin:0 auto;max-width:1240px;padding:12px;font:15px/1.5 system-ui,sans-serif;\
      color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
      a{color:var(--link)}
      h1{font-size:1.3rem;line-height:1.3;margin:.2em 0}
      h1 b{color:var(--bad)}
      h2{font-size:1rem;margin:1.6em 0 .5em;padding-bottom:.2em;border-bottom:1px solid var(--line)}
      h3{font-size:.8rem;margin:0;color:var(--soft);font-weight:600;text-transform:uppercase;\
      letter-spacing:.04em}
      p{margin:.4em 0}
      .soft{color:var(--soft)}
      .bad{color:var(--bad)}
      .good{color:var(--good)}
      pre,code,.mono{font-family:var(--mono);font-size:.87em}
      pre{margin:0;padding:.6em .7em;background:var(--box);border-radius:6px;overflow-x:auto;\
      max-height:70vh}
      pre.wrap{white-space:pre-wrap;max-height:none}
      .card{border:1px solid var(--line);border-left:5px solid var(--bad);border-radius:6px;\
      background:var(--badbox);padding:.7em .9em;margin:.8em 0}
      .card .where{font-size:1.12rem;font-weight:600;margin:0 0 .15em}
      .card pre{background:none;padding:.5em 0 0}
      .pair{display:grid;gap:10px;margin:.8em 0}
      .pair>div{border:1px solid var(--line);border-radius:6px;padding:.5em .7em;min-width:0}
      .pair pre{padding:.3em 0 0;background:none;max-height:14em;overflow-y:auto}
      .replay code{display:inline-block;background:var(--box);border:1px solid var(--line);\
      border-radius:4px;padding:.1em .45em;margin:.1em .2em .1em 0;user-select:all}
      figure{margin:0;min-width:0}
      figure>div{overflow-x:auto;border:1px solid var(--line);border-radius:6px;padding:6px}
      figure svg{display:block;margin:auto}
      figcaption{font-size:.87em;color:var(--soft);margin-top:.3em}
      ol.walk{list-style:none;margin:0;padding:0;border:1px solid var(--line);border-radius:6px}
      .walk li{display:flex;flex-wrap:wrap;gap:0 .6em;padding:.25em .6em;\
      border-top:1px solid var(--line)}
      .walk li:first-child{border-top:0}
      .walk li.lost{background:var(--badbox);box-shadow:inset 5px 0 var(--bad)}
      .walk .time{color:var(--soft);font-size:.8em;white-space:nowrap;order:3;margin-left:auto}
      table{border-collapse:collapse;width:100%;font-size:.93em}
      td,th{text-align:left;vertical-align:top;padding:.2em .5em;border-top:1px solid var(--line)}
      th{border-top:0;color:var(--soft);font-weight:600;white-space:nowrap}
      td:first-child{min-width:5.5em}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
      details{margin:.5em 0}
      summary{cursor:pointer;padding:.25em 0}
      :focus-visible{outline:2px solid var(--link);outline-offset:2px}
      @media (min-width:560px){.pair{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
      @media (min-width:900px){body{padding:20px 28px}
      .two{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:0 28px}
      .walk li{display:grid;grid-template-columns:8em 13em minmax(0,1fr)}
      .walk .time{order:0;margin:0;text-align:right;padding-top:.15em}}
      """;

  private PageStyle() {}
}
