// The site by keyboard alone: what is first, what opens, what closes, and that one always sees where one is.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, watched } from "./browser.mjs";
import { CONTENTS, kinds, publish } from "./sito.mjs";

let site, browser, context, page, wrong;
before(async () => {
  site = await publish(CONTENTS.spedito);
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  ({ page, wrong } = await watched(context, site));
});
after(async () => {
  await browser?.close();
  site?.close();
});

const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    return {
      what: at.outerHTML.slice(0, 120),
      text: at.textContent.trim(),
      shown: box.width > 0 && box.height > 0,
      ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    };
  });

test("the first stop skips to the content", async () => {
  await page.goto(site.url("index.html"));
  await page.keyboard.press("Tab");
  assert.match((await focused()).text, /contenuto/i);
  await page.keyboard.press("Enter");
  assert.match(page.url(), /#/);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
});

test("a menu opens and closes by keyboard, and gives the focus back", async () => {
  await page.goto(site.url("index.html"));
  await page.locator(".menu summary").first().focus();
  await page.keyboard.press("Enter");
  assert.ok(await page.locator(".menu details").first().evaluate((menu) => menu.open));
  await page.keyboard.press("Tab");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.locator(".menu details").first().evaluate((menu) => menu.open)));
  assert.ok(await page.evaluate(() => document.activeElement === document.querySelector(".menu summary")));
});

test("every stop of every kind of page is seen and has a ring", async () => {
  const bad = [];
  for (const { kind, file } of kinds(site)) {
    await page.goto(site.url(file));
    const stops = Math.min(await page.locator("a[href], button, summary, input, select, [tabindex='0']").count(), 60);
    for (let i = 0; i < stops; i++) {
      await page.keyboard.press("Tab");
      const at = await focused();
      if (at.what.startsWith("<body") || at.what.startsWith("<html")) break;
      if (!at.shown || !at.ring) bad.push(`${kind}: ${at.what}`);
    }
  }
  assert.deepEqual([...new Set(bad)], []);
});

test("nothing was said and nobody else was asked", () => assert.deepEqual(wrong, []));
