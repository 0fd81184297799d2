// On a phone: a low header, a page that says first how things stand, a project that is not too long, a menu that works
// without script.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachSite, watched } from "./browser.mjs";
import { kinds } from "./sito.mjs";

const PHONE = { width: 390, height: 844 };
const HEADER = 160;
const SCREENS = 8;

forEachSite((at) => {
  test(`the header is at most ${HEADER} px high, and all of it is seen`, async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ viewport: PHONE });
    const { page, wrong } = await watched(context, site);
    const found = [];
    for (const { kind, file } of kinds(site)) {
      await page.goto(site.url(file), { waitUntil: "load" });
      const high = (await page.locator("header.testata").boundingBox()).height;
      if (high > HEADER) found.push(`${kind} (${file}): ${Math.round(high)} px`);
      const parts = [".marchio img", ".marchio-nome", ".menu-apri", ...(kind === "cerca/index.html" ? [] : ["header .cerca input"])];
      for (const part of parts) {
        const box = await page.locator(part).boundingBox();
        if (!box || box.y + box.height > high + 1 || box.x < 0 || box.x + box.width > PHONE.width) found.push(`${kind} (${file}): ${part} is not in it`);
      }
    }
    await context.close();
    assert.deepEqual([...found, ...wrong], []);
  });

  test("the menu works without script", async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.url("index.html"));
    await page.locator(".menu-apri").click();
    await page.locator("#menu-voci a", { hasText: "Norme" }).click();
    assert.match(page.url(), /norme\/$/);
    await context.close();
  });

  test("the home page begins with what holds today, and each of its doors leads somewhere", async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ viewport: PHONE });
    const { page, wrong } = await watched(context, site);
    await page.goto(site.url("index.html"), { waitUntil: "load" });
    const first = await page.locator(".situazioni .situazione").first().boundingBox();
    assert.ok(first.y + first.height < PHONE.height, `what holds today ends at ${first.y + first.height} px`);
    const doors = page.locator(".ingresso");
    assert.ok((await doors.count()) >= 2);
    for (const door of await doors.all()) assert.ok((await door.locator("a").count()) > 0);
    await context.close();
    assert.deepEqual(wrong, []);
  });

  test(`a project fits ${SCREENS} screens, and its sections are listed in the first`, async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ viewport: PHONE });
    const { page, wrong } = await watched(context, site);
    const found = [];
    for (const file of site.files.filter((file) => /\/progetti\/[^/]+\/index\.html$/.test(file))) {
      await page.goto(site.url(file), { waitUntil: "load" });
      const screens = (await page.evaluate(() => document.documentElement.scrollHeight)) / PHONE.height;
      if (screens > SCREENS) found.push(`${file}: ${screens.toFixed(1)} screens`);
      const list = await page.locator(".indice summary").boundingBox();
      if (screens > 3 && !(list?.y < PHONE.height)) found.push(`${file}: no list of its sections`);
    }
    await context.close();
    assert.deepEqual([...found, ...wrong], []);
  });

  test("no word of the records is on a page", () => {
    const { site } = at;
    const found = [];
    for (const file of site.files.filter((file) => file.endsWith(".html") && !file.startsWith("dati/"))) {
      const words = site.text(file)
        .replace(/<head>[^]*?<\/head>/, "")
        .replace(/<(code|pre|time)\b[^]*?<\/\1>/g, "")
        .replace(/<[^>]+>/g, " ");
      const own = words.match(/(?<![\w/.@-])[a-z]+(?:_[a-z]+)+(?![\w/@-])/g) ?? [];
      if (own.length) found.push(`${file}: ${[...new Set(own)].slice(0, 4)}`);
    }
    assert.deepEqual(found, []);
  });
});
