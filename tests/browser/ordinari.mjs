// Sheets as designers write them: with the engine's sheet and without it, the theme's part of the page looks the same.
const START = "*, *::before, *::after { box-sizing: border-box } body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: #1a2433; background: #fff }";

const plain = [
  ["sticky header", "header { position: sticky; top: 0; z-index: 10; background: #003366; color: #fff } header a { color: inherit }"],
  ["fixed header", "header { position: fixed; inset: 0 0 auto; z-index: 100; background: #fff; box-shadow: 0 2px 8px #0003; max-height: 9rem; overflow: auto } main { padding-top: 10rem }"],
  ["grid footer", "footer .largo { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 2rem } footer { background: #102030; color: #fff; padding: 2rem } footer a { color: #9cf }"],
  ["columns", "main ul, main p { columns: 2 16rem; column-gap: 3rem; column-rule: 1px solid #ccc }"],
  ["hover opacity", ".carta, main li { transition: opacity .2s } .carta:hover, main li:hover { opacity: .6 } a:hover { opacity: .7 }"],
  ["dark mode", ":root { color-scheme: light dark; --fondo: #fff; --testo: #222 } @media (prefers-color-scheme: dark) { :root { --fondo: #111; --testo: #eee } a { color: #8cf } } body { background: var(--fondo); color: var(--testo) }"],
  ["transforms on cards", ".carta, section { transform: translateY(4px) rotate(-.4deg); box-shadow: 0 8px 24px #0002; border-radius: 1rem } section:nth-of-type(2n) { perspective: 600px; transform: rotateX(3deg) }"],
  ["nesting", "main { & h1, & h2 { color: #06c; & + p { font-size: 1.2rem } } & section { border-top: 3px solid #06c; @media (min-width: 40rem) { display: grid; grid-template-columns: 1fr 2fr; gap: 2rem } } }"],
  ["layers and scope", "@layer reset, base, theme; @layer reset { * { margin: 0 } } @layer base { p, ul, h1, h2 { margin-block: 1rem } } @layer theme { @scope (main) to (footer) { a { text-decoration-thickness: 3px } } }"],
  ["container queries", "main { container: pagina / inline-size } @container pagina (min-width: 50rem) { section { display: grid; grid-template-columns: 2fr 1fr } } @container pagina (max-width: 30rem) { h1 { font-size: 1.4rem } }"],
  ["full-bleed hero", "main > :first-child { width: 100vw; margin-left: calc(50% - 50vw); padding: 4rem 10vw; background: linear-gradient(#06c, #039); color: #fff } .largo { max-width: 70rem; margin: auto }"],
  ["fluid type and logical margins", "html { font-size: clamp(1rem, .9rem + .5vw, 1.25rem); scroll-padding-top: 5rem } .largo { margin-inline: auto; max-inline-size: 72rem; padding-inline: 1.5rem } h1 { font-size: 2.5em; margin-block: 1em .5em }"],
  ["floats and clears", "section { overflow: auto } section > * { float: left; width: 45%; margin: 1rem } footer { clear: both; border-top: 4px double } header > * { float: left } main { clear: both }"],
  ["backgrounds of both", "html { background: #e9eef4 } body { background: linear-gradient(90deg, #fff, #f4f7fb) } main { background: #fff; padding: 2rem }"],
  ["absolute menus", "nav { position: relative } nav ul ul { position: absolute; left: 0; top: 100%; z-index: 5; background: #fff; border: 1px solid; padding: 1rem } .salti { position: absolute; left: -9999px }"],
  ["lowered decorations", "main { position: relative } main::before { content: ''; position: absolute; z-index: -1; inset: 2rem 0 auto; height: 12rem; background: #e8f1fb } section::after { content: ''; display: block; height: 4px; background: #06c }"],
  ["animations", "@keyframes entra { from { opacity: 0; translate: 0 1rem } } section { animation: entra .01s both } @media (prefers-reduced-motion: reduce) { * { animation: none !important } }"],
  ["important resets", "* { margin: 0 !important; padding: 0 !important; list-style: none !important } main { padding: 1rem !important } h1, h2, p { margin-bottom: 1rem !important }"],
  ["cut sideways", "body { overflow-x: hidden } main { max-width: 60rem; margin: 0 auto } section { position: relative } section::before { content: ''; position: absolute; left: -40vw; width: 30vw; height: 2rem; background: #fc0 }"],
  ["blend on its own ground", "main { background: #fff4d6; isolation: isolate } h1, h2 { mix-blend-mode: multiply; color: #06c } img { filter: grayscale(1) } svg { filter: drop-shadow(2px 2px 2px #0004) }"],
];

/** What does not work on `body`, as the guide says to write it: on an element around all the rest. */
const moved = [
  ["a centred page", ".sito { max-width: 60rem; margin: 0 auto; padding: 1rem; border: 1px solid #ccc }"],
  ["a page in a grid", ".sito { display: grid; grid-template-rows: auto auto 1fr auto; min-height: 100vh; gap: 1rem }"],
  ["a page in a row", ".sito { display: flex; flex-flow: row wrap } header, footer { flex: 1 0 100% } .corpo { flex: 1 }"],
  ["a page cut sideways", ".sito { overflow-x: clip } section { position: relative } section::before { content: ''; position: absolute; right: -30vw; width: 30vw; height: 2rem; background: #fc0 }"],
  ["a shell that fills the window", ".sito { position: fixed; inset: 0 0 9rem; overflow: auto; background: #eef }"],
  ["a blend on the ground of the page", ".sito { background: #fff4d6 } h1, h2 { mix-blend-mode: multiply; color: #06c }"],
  ["another direction", ".sito { direction: rtl; zoom: 1.1; opacity: .98; filter: contrast(1.1) }"],
];

export const ORDINARI = [
  ...plain.map(([name, css]) => ({ name, css: `${START} ${css}`, inner: false })),
  ...moved.map(([name, css]) => ({ name, css: `${START} ${css}`, inner: true })),
];
