// WCAG 2.2 AA on every kind of page, at three widths, light and dark; nothing scrolls sideways, nothing is said on the
// console, nothing is asked of another host.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { forEachSite, watched } from "./browser.mjs";
import { kinds } from "./sito.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [320, 768, 1280];
// The dark scheme changes colours and nothing else.
const JUDGED = {
  light: { type: "tag", values: TAGS },
  dark: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
};

forEachSite((at) => {
  test(`no axe violation and no sideways scroll, at ${WIDTHS.join(", ")} px, light and dark`, async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ reducedMotion: "reduce", bypassCSP: true });
    const { page, wrong } = await watched(context, site);
    const found = [];
    for (const { kind, file } of kinds(site)) {
      await page.setViewportSize({ width: WIDTHS[0], height: 900 });
      await page.goto(site.url(file), { waitUntil: "load" });
      // What is closed is judged too.
      await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = true)));
      await page.evaluate(AXE);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) found.push(`${kind} (${file}), ${width} px: ${wide} px too wide`);
        for (const [colorScheme, runOnly] of Object.entries(JUDGED)) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await page.evaluate(
            (runOnly) => axe.run(document, { runOnly, resultTypes: ["violations"] }), runOnly,
          );
          for (const { id, nodes } of violations) {
            const where = nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ");
            found.push(`${kind} (${file}), ${width} px, ${colorScheme}: ${id}: ${where}`);
          }
        }
      }
    }
    await context.close();
    assert.deepEqual([...found, ...wrong], []);
  });

  test("nothing scrolls sideways at 400 % zoom", async () => {
    const { site, browser } = at;
    // A window of 1280 px, four times enlarged, has room for 320.
    const context = await browser.newContext({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 });
    const { page, wrong } = await watched(context, site);
    const found = [];
    for (const { kind, file } of kinds(site)) {
      await page.goto(site.url(file), { waitUntil: "load" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${kind} (${file}): ${wide} px too wide`);
    }
    await context.close();
    assert.deepEqual([...found, ...wrong], []);
  });

  test("without script every page says all that it says with it", async () => {
    const { site, browser } = at;
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const scripted = await browser.newContext();
    const found = [];
    const [one, other] = [await plain.newPage(), await scripted.newPage()];
    // Script may add to a page; what it adds is not asked for here.
    const words = (page) => page.locator("main").evaluate((main) => main.textContent.split(/\s+/).filter(Boolean));
    for (const { kind, file } of kinds(site)) {
      await one.goto(site.url(file));
      await other.goto(site.url(file));
      const without = new Set(await words(one));
      const shown = await one.locator("main").evaluate((main) => main.innerText.trim().length);
      if (shown === 0) found.push(`${kind} (${file}): nothing is shown`);
      const figures = (await words(other)).filter((word) => /\d,\d\d$/.test(word) && !without.has(word));
      if (figures.length) found.push(`${kind} (${file}): only with script: ${figures.slice(0, 5)}`);
    }
    await plain.close();
    await scripted.close();
    assert.deepEqual(found, []);
  });
});
