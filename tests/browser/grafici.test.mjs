// The letters of charts: their size where they are drawn, and that none is cut.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachSite, watched } from "./browser.mjs";

/** The texts of the drawings that are smaller than `least`, or that leave their drawing. */
function wrong(least) {
  const found = [];
  for (const drawing of document.querySelectorAll(".grafico :is(.disegno, .legenda)")) {
    const frame = drawing.getBoundingClientRect();
    const walker = document.createTreeWalker(drawing, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!text.data.trim()) continue;
      const parent = text.parentElement;
      const scale = parent instanceof SVGElement ? parent.getScreenCTM().a : 1;
      const size = parseFloat(getComputedStyle(parent).fontSize) * scale;
      const said = `«${text.data.trim().slice(0, 30)}»`;
      if (size < least - 0.05) found.push(`${said} is ${size.toFixed(1)} px high`);
      const range = document.createRange();
      range.selectNodeContents(text);
      const tile = parent.closest(".casella, svg:not(.traccia)")?.getBoundingClientRect() ?? frame;
      for (const box of range.getClientRects()) {
        if (box.left < tile.left - 1 || box.right > tile.right + 1) found.push(`${said} is cut`);
      }
    }
  }
  return [...new Set(found)];
}

forEachSite((at) => {
  for (const [width, least] of [[320, 12], [390, 12], [1280, 15]]) {
    test(`the letters of charts are read at ${width} px`, async () => {
      const context = await at.browser.newContext({ viewport: { width, height: 900 } });
      const { page, wrong: said } = await watched(context, at.site);
      const found = [];
      let drawings = 0;
      for (const file of at.site.files.filter((file) => /\/(risorse|graduatoria|alleanze|progetti|partner)\/index\.html$/.test(file))) {
        await page.goto(at.site.url(file));
        await page.evaluate(() => document.fonts.ready);
        drawings += await page.locator(".disegno").count();
        found.push(...(await page.evaluate(wrong, least)).map((what) => `${file}: ${what}`));
      }
      await context.close();
      assert.ok(drawings > 5);
      assert.deepEqual([...found, ...said], []);
    });
  }
});
