// Sheets that want the attribution out of sight, one a line of thought. FASCIA is the band, FRASE its words, LOGO its
// image, TEMA what is around the theme's part.
const NAMES = {
  FASCIA: ".concilia-attribuzione", FRASE: ".concilia-attribuzione p", LOGO: ".concilia-attribuzione img", TEMA: ".concilia-tema",
};

const COVER = "background: #fff; z-index: 2147483647";
const HUGE = "100000px";

/** What once was told apart by reading styles. */
const READ = `
FASCIA { display: none }
FASCIA { display: none !important }
body > FASCIA { visibility: hidden !important }
@media print { FASCIA { display: none !important } }
@media (max-width: 400px) { FASCIA { display: none !important } }
@media screen { @media (min-width: 1px) { FRASE { opacity: 0 !important } } }
@supports (display: grid) { FRASE { opacity: 0 !important } }
@layer base { FRASE { visibility: hidden !important } }
@layer { FASCIA, FASCIA * { display: none !important } }
@layer a { @layer b { FASCIA { display: none !important } } }
body { container-type: inline-size } @container (width > 10px) { FRASE { display: none !important } }
@scope (body) { p { display: none !important } }
@scope (FASCIA) { :scope { display: none !important } }
@starting-style { FASCIA { opacity: 0 } } FASCIA { transition: opacity 1000s !important }
FASCIA { & p { display: none !important } }
FASCIA { @media print { display: none !important } }
body { & > section { p { display: none !important } } }
* { font-size: 0 !important }
html { font-size: 1px !important } FRASE { font-size: 1rem !important }
FASCIA p { font-size: 1px !important }
FRASE { color: transparent !important }
FRASE { color: #fff0 !important }
FRASE { color: var(--mai-definita) !important }
:root { --x: transparent } FRASE { color: var(--x) !important }
@property --x { syntax: '<color>'; inherits: true; initial-value: transparent } FRASE { color: var(--x) !important }
@property --x { syntax: '<length>'; inherits: true; initial-value: 0px } LOGO { height: var(--x) !important }
FRASE { color: #fff !important } FASCIA { background: #fff !important }
FASCIA { background: #17242f !important } FRASE { background: #17242f !important }
FRASE { -webkit-text-fill-color: transparent !important }
* { -webkit-text-fill-color: transparent !important }
* { -webkit-text-security: disc !important }
* { -webkit-text-stroke: 30px #fff !important; paint-order: stroke }
FRASE { text-indent: -9999px !important }
* { letter-spacing: -1em !important; word-spacing: -99em !important }
* { letter-spacing: 9999px !important }
* { line-height: 0 !important }
* { text-transform: uppercase !important; font-variant: small-caps !important; font-stretch: ultra-condensed !important }
* { white-space: pre !important; text-overflow: ellipsis !important; overflow: hidden !important; width: 1px !important }
* { direction: rtl !important; unicode-bidi: bidi-override !important }
* { writing-mode: vertical-rl !important; text-orientation: upright !important }
FASCIA { position: absolute !important; left: -9999px !important }
FASCIA { position: fixed !important; top: -100vh !important }
FRASE { margin-left: -9999em !important }
FASCIA { transform: translateX(-200vw) !important }
FASCIA { transform: scale(0) !important }
FASCIA { translate: -100vw 0 !important; scale: 0 !important; rotate: 90deg !important }
FASCIA { zoom: .01 !important }
FASCIA { clip-path: inset(100%) !important }
FASCIA { position: absolute !important; clip: rect(0 0 0 0) !important }
FASCIA, FASCIA * { width: 1px !important; height: 1px !important; overflow: hidden !important }
FASCIA { max-height: 0 !important; overflow: hidden !important }
FASCIA { filter: opacity(0) !important }
FASCIA { filter: blur(9px) !important }
FASCIA { mask-image: linear-gradient(transparent, transparent) !important }
FASCIA { -webkit-mask: linear-gradient(transparent, transparent) !important }
FASCIA { -webkit-mask-box-image: linear-gradient(transparent, transparent) !important }
FASCIA { -webkit-box-reflect: below -100% !important }
FASCIA { content-visibility: hidden !important }
FASCIA { contain: strict !important }
FASCIA { contain: size !important; overflow: clip !important }
FASCIA { opacity: .01 !important }
FASCIA { offset-path: path('M 0 -9999') !important }
FASCIA { display: grid !important; grid-template-rows: 0fr !important; overflow: hidden !important }
FASCIA { display: contents !important } FASCIA * { float: right !important; margin-right: -9999px !important }
FASCIA { z-index: -1 !important; position: relative !important } body { background: #fff !important; position: relative; z-index: 0 }
FASCIA { interactivity: inert !important } html { interactivity: inert }
@keyframes via { to { opacity: 0 } } FASCIA { animation: via 1ms forwards !important }
@keyframes via { to { visibility: hidden; display: none } } FASCIA, FASCIA * { animation: via 1ms forwards !important }
@keyframes via { from, to { --x: transparent } } :root { animation: via 1s infinite } FRASE { color: var(--x) !important }
FASCIA * { transition: all 1000s !important } @starting-style { FASCIA * { opacity: 0; color: #fff; height: 0 } }
LOGO { display: none !important }
img { opacity: 0 !important }
LOGO { width: 0 !important; min-width: 0 !important; max-width: 0 !important }
LOGO { height: 1px !important; max-height: 1px !important }
LOGO { content: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>") !important }
img { content: linear-gradient(#fff, #fff) !important }
LOGO { object-position: 999px 0 !important }
LOGO { object-fit: none !important; object-view-box: inset(0 100% 100% 0) !important }
LOGO { padding-left: 120px !important; box-sizing: border-box !important; width: 120px !important }
LOGO { position: relative !important; left: -9999px !important }
img[src$='.svg'] { visibility: hidden !important }
[alt] { display: none !important }
img[alt^='Logo'] { image-orientation: none; filter: invert(1) brightness(9) !important }
FASCIA:not(:hover) { display: none !important }
TEMA + * { display: none !important }
TEMA ~ * { visibility: hidden !important }
body > :last-child { visibility: hidden !important }
section:nth-child(2) { display: none !important }
body:has(main) section { display: none !important }
:is(section, header):where(body > *) { display: none !important }
FRASE::first-line { color: transparent !important; font-size: 0 !important }
FRASE::first-letter { font-size: 900px !important; margin: 9999px !important; float: right !important }
FASCIA::first-line { color: transparent !important } FASCIA::first-letter { font-size: 0 !important }
FRASE::before { content: ''; position: absolute; inset: 0; ${COVER} }
LOGO::after { content: '' !important; position: absolute; inset: 0; ${COVER} }
::selection { color: #fff !important; background: #fff !important }
@media (prefers-color-scheme: dark) { :root { color-scheme: dark } FASCIA { background: #000 !important; color: #000 !important } }
:root { color-scheme: dark !important } FASCIA { color-scheme: dark !important; color: CanvasText !important; background: Canvas !important }
* { forced-color-adjust: none !important; accent-color: #fff !important; text-shadow: 0 0 0 #fff !important }
html:root body.x, #a#a#a#a, body > section:not(#a#b#c#d#e) { display: none !important }
`;

/** What lies over the band, or under it, and where it is pushed. */
const LAID = `
main { position: fixed !important; inset: 0 !important; ${COVER} }
main { position: fixed !important; inset: 0 !important; pointer-events: none; ${COVER} }
footer, header, nav { position: fixed; left: 0; right: 0; bottom: 0; height: 100vh; ${COVER} }
TEMA { position: fixed !important; inset: 0 !important; ${COVER} !important }
TEMA { position: static !important; z-index: auto !important; isolation: auto !important } main { position: fixed; inset: 0; ${COVER} }
TEMA { transform: translateY(${HUGE}) !important; ${COVER} !important }
TEMA { translate: 0 60vh !important; height: 200vh !important; ${COVER} !important }
TEMA { margin-bottom: -${HUGE} !important; min-height: 100vh }
TEMA { margin-top: -${HUGE} !important }
TEMA { float: left !important; height: 0 } FASCIA { clear: none !important; float: right !important }
TEMA { display: contents !important } main { position: relative; margin-bottom: -${HUGE}; ${COVER} }
TEMA { display: inline !important } main { margin-bottom: -${HUGE} }
TEMA { height: 0 !important; overflow: visible !important } main { position: relative; ${COVER} }
TEMA { opacity: .99; mix-blend-mode: difference !important; background: #fff; min-height: 300vh }
main { margin-bottom: -${HUGE}; padding-bottom: ${HUGE}; position: relative; ${COVER} }
main { box-shadow: 0 0 0 ${HUGE} #fff !important; outline: 9999px solid #fff !important; position: relative; z-index: 9 }
footer { position: sticky !important; bottom: 0; height: 90vh; ${COVER} }
footer { float: left; width: 100%; height: 200px } FASCIA { clear: none !important; margin-top: -200px !important }
main { width: 5000px !important } body { direction: rtl !important }
main { position: absolute; top: 0; left: 0; width: 300vw; height: 9999px; ${COVER} }
main { backdrop-filter: brightness(9) blur(30px); position: fixed; inset: 0; z-index: 9 }
html::before { content: ''; position: fixed; inset: 0; ${COVER} }
html::after { content: '' !important; display: block !important; position: fixed !important; inset: 0; ${COVER} }
body::before { content: ''; position: fixed; inset: 0; ${COVER} }
body::after { content: ''; position: fixed; top: 0; left: 0; width: 100%; height: 100vh; ${COVER} }
FASCIA::before { content: ''; position: absolute; inset: 0; ${COVER} }
FASCIA::after { content: '' !important; position: absolute !important; inset: 0; ${COVER} }
TEMA::before { content: ''; position: fixed; inset: 0; ${COVER} }
TEMA::after { content: '' !important; position: fixed; inset: 0; ${COVER} }
html::scroll-button(*), body::scroll-button(*) { content: '' !important; position: fixed; inset: 0; ${COVER} } html { overflow: scroll !important; scroll-marker-group: after }
html { scroll-marker-group: before !important; overflow: auto !important } html::scroll-marker-group { content: ''; position: fixed; inset: 0; ${COVER} } main::scroll-marker { content: 'x'; position: fixed; inset: 0; ${COVER} }
html::backdrop, body::backdrop { content: ''; position: fixed; inset: 0; ${COVER} }
html, body { display: list-item !important } ::marker { content: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='2000' height='2000'/>") }
html { display: none !important }
html { visibility: hidden !important }
:root { opacity: 0 !important }
body { opacity: 0 !important }
body { visibility: collapse !important }
html { filter: opacity(0) !important }
body { filter: brightness(0) contrast(0) !important }
html { clip-path: inset(100%) !important }
body { clip: rect(0 0 0 0) !important; position: absolute !important }
html { mask: linear-gradient(transparent, transparent) !important }
body { -webkit-mask-box-image: linear-gradient(transparent, transparent) !important }
body { -webkit-box-reflect: below -100% linear-gradient(#fff, #fff) !important }
html { content-visibility: hidden !important }
body { content-visibility: hidden !important }
html { content: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>") !important }
body { content: url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>") !important }
body { content: linear-gradient(#fff, #fff) !important }
html, body { overflow: hidden !important; height: 100% !important } main { height: 3000px }
html { overflow: clip !important; height: 10px !important }
body { overflow: hidden !important; height: 0 !important; position: relative }
body { position: fixed !important; top: -200vh !important; height: 100vh !important }
html { position: absolute !important; top: -9999px !important }
body { position: relative !important; left: -${HUGE} !important }
body { margin: 0 0 0 -${HUGE} !important }
html { margin-top: -${HUGE} !important }
body { margin-left: ${HUGE} !important }
body { padding-left: ${HUGE} !important }
html { padding: 0 0 0 ${HUGE} !important }
html { border-left: ${HUGE} solid #fff !important }
body { border: 5000px solid #fff !important; border-image: linear-gradient(#fff, #fff) 1 / 5000px / 5000px !important }
body { outline: 5000px solid #fff !important; box-shadow: inset 0 0 0 5000px #fff !important }
html { width: 0 !important; overflow: hidden !important }
body { width: 1px !important; max-width: 1px !important; overflow: clip !important }
body { min-width: ${HUGE} !important; direction: rtl !important }
html { inline-size: 0 !important; max-inline-size: 0 !important; overflow-inline: clip !important }
body { transform: translateX(-${HUGE}) !important }
html { transform: scale(0) !important }
body { translate: -${HUGE} 0 !important }
html { rotate: 90deg !important; transform-origin: 0 0 !important }
body { scale: .001 !important }
html { zoom: .05 !important }
body { zoom: .05 !important }
body { offset: path('M -9999 -9999') !important }
html { offset-path: path('M 0 -9999') !important; offset-distance: 100% }
body { perspective: 100px !important } TEMA { transform: translateZ(99px) !important; ${COVER} !important; min-height: 200vh }
body { transform-style: preserve-3d !important } TEMA { transform: translateZ(50px) !important; position: fixed !important; inset: 0 !important; ${COVER} !important } FASCIA { transform: translateZ(-1px) !important }
html { transform-style: preserve-3d !important; perspective: 500px !important } body { transform: rotateX(90deg) !important; transform-style: preserve-3d !important }
TEMA, main { transform-style: preserve-3d !important } main { transform: translateZ(99px) !important; position: fixed; inset: 0; ${COVER} }
body { contain: strict !important }
html { contain: size !important; overflow: clip !important }
body { contain: paint !important; height: 0 !important }
html { container-type: size !important } body { container-type: size !important; overflow: hidden !important }
body { columns: 9 1px !important; column-gap: ${HUGE} !important; height: 10px !important }
html { columns: 2 !important; height: 100vh !important; column-gap: 300vw !important }
body { writing-mode: vertical-rl !important }
html { writing-mode: vertical-lr !important; direction: rtl !important }
body { float: left !important; margin-left: -100% !important }
html { float: right !important; width: 0 !important }
body { display: flex !important; gap: ${HUGE} !important }
body { display: grid !important; grid-template: 0 / 0 !important; overflow: hidden !important } FASCIA { grid-area: 9 / 9 !important }
html { display: flex !important; flex-direction: row-reverse !important; gap: ${HUGE} } body { flex: 0 0 0 !important }
body { display: contents !important } html { display: inline !important }
body { display: table !important; table-layout: fixed !important; width: 0 !important }
body { display: -webkit-box !important; -webkit-line-clamp: 1 !important; -webkit-box-orient: vertical !important; overflow: hidden !important }
body { line-clamp: 1 !important; max-lines: 1 !important; block-ellipsis: auto; continue: collapse !important }
html { scroll-snap-type: y mandatory !important } header { scroll-snap-align: start }
body { mix-blend-mode: difference !important; background: #fff }
html { background: #fff } body { mix-blend-mode: multiply !important; isolation: auto !important }
html { will-change: transform, opacity !important } body { will-change: contents !important }
@keyframes via { to { opacity: 0; transform: translateX(-100vw) } } body { animation: via 1ms forwards !important }
@keyframes via { to { display: none; visibility: hidden } } html { animation: via 1ms both !important }
@keyframes via { from, to { margin-left: -9999px; zoom: .01 } } html, body { animation: via 1s infinite !important }
@starting-style { html, body { opacity: 0; transform: translateX(-100vw) } } html, body { transition: all 1000s !important }
html { transition: opacity 1000s 1ms !important; opacity: 0 } @media print { html { opacity: 0 } } @media (max-width: 400px) { body { opacity: 0; transition: opacity 1s } }
html { view-transition-name: tutto !important } @view-transition { navigation: auto } ::view-transition { background: #fff; position: fixed; inset: 0 } ::view-transition-group(*) { animation-duration: 1000s }
main { view-transition-name: parte; view-transition-class: x } @view-transition { navigation: auto } ::view-transition { background: #fff } ::view-transition-group(*), ::view-transition-old(*), ::view-transition-new(*) { animation-duration: 1000s; position: fixed; inset: 0; background: #fff; z-index: 99 }
`;

/** Letters that are blank, styles that come first, and paper. */
const OTHER = `
@font-face { font-family: sans-serif; src: url(data:font/woff2;base64,d09GMgABAAAAAADcAAwAAAAAAeAAAACOAAEAAAAA) } * { font-family: "sans-serif" !important }
@font-face { font-family: vuoto; src: url(../vuoto.woff2); font-display: block } * { font: 16px vuoto !important }
@font-face { font-family: "sans-serif"; src: local("Nulla"), url(../vuoto.woff2); font-display: block; unicode-range: U+0-FFFF }
@font-face { font-family: system-ui; src: url(../vuoto.woff2) } @font-face { font-family: DejaVu Sans; src: url(../vuoto.woff2); font-display: block }
@font-feature-values sans-serif { @styleset { x: 1 } } * { font-feature-values: x; font-variation-settings: "wght" 1 !important; font-palette: dark !important }
@namespace url(http://www.w3.org/1999/xhtml); FASCIA { display: none !important }
@import url("data:text/css,FASCIA{display:none!important}");
@layer { @layer { html, body { opacity: 0 !important; zoom: .01 !important; content: none !important } } }
@scope (html) to (main) { body, section { display: none !important; opacity: 0 !important } }
@media print { body, html { display: none !important } }
@media print { main { position: fixed; inset: 0; ${COVER} } }
@media print { body { height: 1px !important; overflow: hidden !important } }
@page { margin: 0; size: 5000mm 5000mm }
@page vuota { size: 1px 1px; margin: 0 } html { page: vuota !important } main, header, footer { page: auto }
@page vuota { size: 1px 1px; margin: 0 } FASCIA { page: vuota !important; break-before: page !important }
@page { @bottom-center { content: ''; background: #fff; width: 100%; height: 900px; margin-top: -900px; z-index: 9 } @top-left { content: ''; background: #fff; height: 3000px; width: 3000px } }
@media print { * { color: #fff !important; background: #fff !important; print-color-adjust: exact } }
@media (prefers-color-scheme: dark) { main { position: fixed; inset: 0; ${COVER}; background: #000 } FRASE { color: #000 !important } }
`;

const named = (sheet) => Object.entries(NAMES).reduce((text, [name, selector]) => text.replace(new RegExp(`\\b${name}\\b`, "g"), selector), sheet);

export const OSTILI = [READ, LAID, OTHER].flatMap((all) => all.trim().split("\n")).map(named);
