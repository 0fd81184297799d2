// The attribution in a real browser, on a page of the real program: whatever a style says, its words have boxes, phrase and
// logo are on top, and the band has the picture that it has under no style at all. And styles that want nothing of it
// look as they would without the engine's sheet.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { difference, points } from "./figura.mjs";
import { ORDINARI } from "./ordinari.mjs";
import { OSTILI } from "./ostili.mjs";
import { CONTENTS, publish } from "./sito.mjs";

const PHRASE = "Intervento finanziato con il contributo di Regione Lombardia";
const HEIGHTS = { 320: 640, 1280: 800 };
const LOOKS = [["screen", "light"], ["screen", "dark"], ["print", "light"]];
// Letters are smoothed in more than one way.
const ALIKE = 0.001;

let site, browser;
before(async () => {
  site = await publish(CONTENTS.spedito);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** A page of the site that has this style in the place of the theme's own. */
async function styled() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const now = { css: "", engine: true, inner: false };
  await page.route("**/assets/stile.css", (route) => route.fulfill({ contentType: "text/css", body: now.css }));
  await page.route("**/concilia.css", (route) => (now.engine ? route.continue() : route.fulfill({ contentType: "text/css", body: "" })));
  await page.route("**/*.html", async (route) => {
    const html = site.text(new URL(route.request().url()).pathname.replace("/un/percorso/", ""));
    const body = now.inner
      ? html.replace('<div class="concilia-tema">', '$&<div class="sito">').replace('</div>\n<section class="concilia-attribuzione"', "</div>$&")
      : html;
    await route.fulfill({ contentType: "text/html; charset=utf-8", body });
  });
  const open = async (file, what) => {
    Object.assign(now, { engine: true, inner: false }, what);
    await page.goto(site.address + file);
  };
  const picture = async (clip) => {
    const { data } = await cdp.send("Page.captureScreenshot", { format: "png", optimizeForSpeed: true, clip: { ...clip, scale: 1 } });
    return data;
  };
  return { page, open, picture, close: () => context.close() };
}

/** In the page: what hides the band, and where it stands. */
function seen() {
  const band = document.querySelector("body > .concilia-attribuzione:last-child");
  const [logo, words] = band.children;
  scrollTo({ top: 0, left: 0, behavior: "instant" });
  // It may move while the page is scrolled, down to the end of the body.
  for (let n = 0; n < 2; n++) scrollBy({ top: Math.ceil(band.getBoundingClientRect().bottom) - innerHeight, behavior: "instant" });
  const wrong = [];
  const range = document.createRange();
  range.selectNodeContents(words.firstChild);
  const boxes = [...range.getClientRects()];
  if (boxes.reduce((sum, box) => sum + box.width * box.height, 0) < 5000) wrong.push("its words have no boxes");
  for (const [element, box] of [...boxes.map((box) => [words, box]), [logo, logo.getBoundingClientRect()]]) {
    if (box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight) wrong.push(`<${element.localName}> is out of the window`);
    else {
      for (const part of [0.05, 0.5, 0.95]) {
        const top = document.elementFromPoint(box.left + box.width * part, box.top + box.height / 2);
        if (top !== element) wrong.push(`<${element.localName}> is under <${top?.localName} class="${top?.className}">`);
      }
    }
  }
  const { left, top, right, bottom } = band.getBoundingClientRect();
  const [x, y, width, height] = [left, top, right - left, Math.round(bottom) - Math.round(top)].map(Math.round);
  return { wrong: [...new Set(wrong)], clip: { x: x + scrollX, y: y + scrollY, width, height } };
}

/** The band at every width and in every look: what is wrong with it, and its picture. */
async function bands({ page, picture }) {
  const all = {};
  for (const [width, height] of Object.entries(HEIGHTS)) {
    await page.setViewportSize({ width: Number(width), height });
    for (const [media, colorScheme] of LOOKS) {
      await page.emulateMedia({ media, colorScheme });
      const { wrong, clip } = await page.evaluate(seen);
      all[`${width} px, ${media}, ${colorScheme}`] = { wrong, png: wrong.length ? "" : await picture(clip) };
    }
  }
  return all;
}

const bytes = (png) => points(Buffer.from(png, "base64"));
const alike = (one, other) => one === other || difference(bytes(one), bytes(other)) < ALIKE;

function told(name, got, reference) {
  const wrong = Object.entries(got).flatMap(([look, { wrong, png }]) => {
    if (wrong.length) return [`${look}: ${wrong[0]}`];
    return alike(png, reference[look].png) ? [] : [`${look}: another picture`];
  });
  return wrong.length ? [`${name}\n      ${wrong.join("\n      ")}`] : [];
}

/** Each case once, by two pages at a time. */
async function inTurns(cases, look) {
  const queue = [...cases];
  const found = [];
  const worker = async () => {
    const at = await styled();
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) found.push(...(await look(at, next)));
    await at.close();
  };
  await Promise.all([worker(), worker()]);
  return found;
}

test(`no style hides the attribution (${OSTILI.length} tried)`, async () => {
  const plain = await styled();
  await plain.open("note-legali/index.html", { css: "" });
  const reference = await bands(plain);
  await plain.close();
  assert.deepEqual(told("no style at all", reference, reference), []);
  const found = await inTurns(OSTILI, async (at, css) => {
    // From another page of the site, as a reader comes: between the two a style may put something.
    await at.open(css.includes("view-transition") ? "privacy/index.html" : "note-legali/index.html", { css });
    if (css.includes("view-transition")) await at.page.evaluate((to) => { location.href = to; }, `${site.address}note-legali/index.html`).then(() => at.page.waitForURL("**/note-legali/index.html"));
    return told(css, await bands(at), reference);
  });
  assert.deepEqual(found, []);
});

test("on sheets of paper the attribution is there", async () => {
  const found = await inTurns(OSTILI.filter((css) => /@page|print/.test(css)), async (at, css) => {
    await at.open("note-legali/index.html", { css });
    await at.page.emulateMedia({ media: "print" });
    const pdf = await at.page.pdf({ preferCSSPageSize: true });
    const text = execFileSync("pdftotext", ["-", "-"], { input: pdf }).toString().replace(/\s+/g, " ");
    return text.includes(PHRASE) ? [] : [css];
  });
  assert.deepEqual(found, []);
});

/** Where the theme's part has another picture without the engine's sheet: at the top of the page, and further down. */
async function differences({ page, open, picture }, css, inner) {
  const pictures = {};
  const wrong = [];
  for (const engine of [true, false]) {
    await open("index.html", { css, engine, inner });
    for (const [width, height] of Object.entries(HEIGHTS)) {
      await page.setViewportSize({ width: Number(width), height });
      await page.mouse.move(width / 2, height / 2);
      for (const colorScheme of css.includes("dark") ? ["light", "dark"] : ["light"]) {
        await page.emulateMedia({ media: "screen", colorScheme });
        for (const from of [0, 700]) {
          const key = `${width} px, ${colorScheme}, from ${from}`;
          const [y, band] = await page.evaluate((top) => {
            scrollTo({ top, left: 0, behavior: "instant" });
            return [scrollY, Math.floor(document.querySelector("body > .concilia-attribuzione").getBoundingClientRect().top)];
          }, from);
          // Another window or scheme may begin the animations of a style again: what is compared is how they end.
          await page.evaluate(async () => {
            await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
            await Promise.all(document.getAnimations().map((one) => one.finished));
          });
          // What is fixed to the window is compared above the band.
          const end = engine ? Math.min(height, band) : pictures[key].end;
          const png = await picture({ x: 0, y, width: Number(width), height: end });
          if (engine) pictures[key] = { y, end, png };
          else if (y !== pictures[key].y || !alike(png, pictures[key].png)) wrong.push(key);
        }
      }
    }
  }
  return wrong;
}

test(`ordinary styles look as they would without the engine's sheet (${ORDINARI.length} tried)`, async () => {
  const plain = await styled();
  await plain.open("index.html", { css: "" });
  const reference = await bands(plain);
  await plain.close();
  const found = await inTurns(ORDINARI, async (at, { name, css, inner }) => {
    // A page that is still being painted is no difference: what differs is asked for once more.
    const first = await differences(at, css, inner);
    const again = first.length ? await differences(at, css, inner) : [];
    const wrong = first.filter((key) => again.includes(key));
    await at.open("index.html", { css, inner });
    const band = told(name, await bands(at), reference);
    return wrong.length ? [...band, `${name}: another picture: ${wrong.join("; ")}`] : band;
  });
  assert.deepEqual(found, []);
});
