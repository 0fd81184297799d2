// The guide for the office: its pages keep WCAG 2.2 AA on a phone and on a screen, and nothing scrolls sideways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, watched } from "./browser.mjs";
import { publish } from "./sito.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// Pages that every site has are judged with those of other sites.
const OF_EVERY_SITE = /^(norme|cerca|mappa-del-sito|note-legali|privacy|accessibilita|glossario|404)\b/;

let site;
let browser;
before(async () => {
  site = await publish(join("docs", "guida", "content"));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  site?.close();
});

for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
  test(`no axe violation and no sideways scroll on any page, at ${width} px, ${colorScheme}`, async () => {
    const context = await browser.newContext({
      reducedMotion: "reduce", bypassCSP: true, viewport: { width, height: 900 }, colorScheme,
    });
    const { page, wrong } = await watched(context, site);
    const found = [];
    const pages = site.files.filter((file) => file.endsWith(".html") && !OF_EVERY_SITE.test(file));
    assert.ok(pages.length > 30);
    for (const file of pages) {
      await page.goto(site.url(file), { waitUntil: "load" });
      await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
      await page.evaluate(AXE);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) found.push(`${file}: ${wide} px too wide`);
      const { violations } = await page.evaluate(
        (values) => axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), TAGS,
      );
      for (const { id, nodes } of violations) found.push(`${file}: ${id}: ${nodes[0].html.slice(0, 160)}`);
    }
    await context.close();
    assert.deepEqual([...found, ...wrong], []);
  });
}
