// A project page weighs at most 60 KB in all, uncompressed, and the page of search at most 110 with its whole index.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { CONTENTS, publish } from "./sito.mjs";

const LIMIT = 60 * 1024;
const SEARCH_LIMIT = 110 * 1024;
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
    if (!response.url().endsWith(".woff2")) bodies.push(response.body().then((body) => body.length));
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const weight = (await Promise.all(bodies)).reduce((sum, length) => sum + length, 0);
  await context.close();
  return weight;
}

test("a project page with all that it loads stays within its weight", async () => {
  const heavy = [];
  const pages = site.files.filter((file) => /\/progetti\/[^/]+\/index\.html$/.test(file));
  assert.ok(pages.length > 0);
  for (const file of pages) {
    const weight = await weigh(site.url(file));
    if (weight > LIMIT) heavy.push(`${file}: ${weight} bytes`);
  }
  assert.deepEqual(heavy, []);
});

test("the page of search with its index and what it shows stays within its weight", async () => {
  const weight = await weigh(`${site.url("cerca/index.html")}?q=asilo+nido`);
  assert.ok(weight > 50_000 && weight <= SEARCH_LIMIT, `${weight} bytes`);
});
