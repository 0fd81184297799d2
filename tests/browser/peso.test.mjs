// A project page weighs at most 60 KB in all, uncompressed; its letters, which every page of the site shares, at most 30.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch } from "./browser.mjs";
import { CONTENTS, publish } from "./sito.mjs";

const LIMIT = 60 * 1024;
const LETTERS = 30 * 1024;
let site, browser;
before(async () => {
  site = await publish(CONTENTS.spedito);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

test("a project page with all that it loads stays within its weight", async () => {
  const heavy = [];
  const pages = site.files.filter((file) => /\/progetti\/[^/]+\/index\.html$/.test(file));
  assert.ok(pages.length > 0);
  for (const file of pages) {
    const context = await browser.newContext();
    const page = await context.newPage();
    let weight = 0;
    let letters = 0;
    const bodies = [];
    page.on("response", (response) => bodies.push(response.body().then((body) => {
      if (response.url().endsWith(".woff2")) letters += body.length;
      else weight += body.length;
    })));
    await page.goto(site.url(file), { waitUntil: "networkidle" });
    await Promise.all(bodies);
    if (weight > LIMIT || letters === 0 || letters > LETTERS) heavy.push(`${file}: ${weight} bytes, ${letters} of letters`);
    await context.close();
  }
  assert.deepEqual(heavy, []);
});
