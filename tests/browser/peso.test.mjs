// What a page weighs with all that it loads, uncompressed; its letters, which every page of the site shares, apart.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { CONTENTS, kinds, publish } from "./sito.mjs";

const KB = 1024;
const LETTERS = 30 * KB;
const LIMITS = {
  "index.html": 50, "cerca/index.html": 110, "periodo/conformita/index.html": 90, "periodo/documento/index.html": 90,
};
const ANY = 60;

let site, browser;
before(async () => {
  site = await publish(CONTENTS.spedito);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

/** The bytes of all that a page loads, but for letters, which are the same on every page. */
async function weigh(address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies = [];
  page.on("response", (response) => {
    const kind = response.url().endsWith(".woff2") ? "letters" : "rest";
    bodies.push(response.body().then((body) => [kind, body.length]));
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const weight = { letters: 0, rest: 0 };
  for (const [kind, length] of await Promise.all(bodies)) weight[kind] += length;
  await context.close();
  return weight;
}

test("every kind of page, with all that it loads, stays within its weight", async () => {
  const heavy = [];
  for (const { kind, file } of kinds(site)) {
    const asked = kind === "cerca/index.html" ? "?q=asilo+nido" : "";
    const { letters, rest } = await weigh(site.url(file) + asked);
    if (rest > (LIMITS[kind] ?? ANY) * KB) heavy.push(`${kind} (${file}): ${rest} bytes`);
    if (letters === 0 || letters > LETTERS) heavy.push(`${kind} (${file}): ${letters} bytes of letters`);
  }
  assert.deepEqual(heavy, []);
});
