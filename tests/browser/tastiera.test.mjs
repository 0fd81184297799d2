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

test("on a phone the menu opens and closes by keyboard, and gives the focus back", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(site.url("index.html"));
  const links = page.locator("#menu-voci a");
  assert.ok(!(await links.first().isVisible()));
  await page.locator(".menu-apri").focus();
  await page.keyboard.press("Enter");
  assert.ok(await links.last().isVisible());
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("#menu-voci").contains(document.activeElement)));
  await page.keyboard.press("Escape");
  assert.ok(!(await links.first().isVisible()));
  assert.ok(await page.evaluate(() => document.activeElement === document.querySelector(".menu-apri")));
  await page.setViewportSize({ width: 1280, height: 900 });
});

test("the pages of a plan open from each of them, by keyboard", async () => {
  await page.goto(site.url("2017-2018/risorse/index.html"));
  const pages = page.locator(".del-piano a");
  assert.ok(!(await pages.first().isVisible()));
  await page.locator(".del-piano summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await pages.last().isVisible());
  assert.equal(await page.locator(".del-piano [aria-current=page]").innerText(), "Risorse");
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

test("search answers while one types, and its results are walked by arrows", async () => {
  await page.goto(site.url("index.html"));
  await page.locator(".insegna input[type=search], .cerca input").first().focus();
  await page.keyboard.type("nidi", { delay: 20 });
  const results = page.locator(".cerca a[href]");
  await results.first().waitFor();
  assert.ok((await results.count()) > 0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/(progetti|servizi|alleanze|partner|avvisi)\//);
});

test("a search is an address: its page shows the results by kind", async () => {
  await page.goto(site.url("cerca/index.html") + "?q=assistenza");
  await page.locator("main .cerca a[href], main section a[href]").first().waitFor();
  assert.match(await page.locator("main").innerText(), /Servizi/);
});

test("what was typed is one press away from what was found in its place", async () => {
  await page.goto(site.url("cerca/index.html") + "?q=asillo+nido");
  const status = page.locator("[data-esiti] [role=status]");
  await page.getByRole("button", { name: "«asillo nido»" }).focus();
  assert.match(await status.innerText(), /Risultati per «asilo nido»/);
  await page.keyboard.press("Enter");
  await page.getByText("Nessun risultato con tutte le parole di «asillo nido»").waitFor();
});

test("who types a commune reads its district and no other", async () => {
  await page.goto(site.url("index.html"));
  await page.locator(".dove input").focus();
  await page.keyboard.type("albino");
  await page.keyboard.press("Enter");
  await page.waitForURL(/dove\/\?comune=albino/);
  const status = page.locator("[data-dove] [role=status]");
  assert.match(await status.innerText(), /^Albino è nell’Ambito Valle Seriana\.$/);
  assert.equal(await page.locator(".zona:visible").count(), 1);
  await page.locator(".dove input").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Clussone");
  await page.keyboard.press("Enter");
  assert.match(await status.innerText(), /^Non si sa in quale ambito è Clusone/);
  assert.equal(await page.locator(".zona:visible").count(), 0);
  await page.getByRole("button", { name: "Mostra tutti i comuni" }).press("Enter");
  assert.ok((await page.locator(".zona:visible").count()) > 5);
});

test("a facet narrows a list by keyboard, says so, and is kept in the address", async () => {
  await page.goto(site.url("2017-2018/progetti/index.html"));
  await page.getByRole("button", { name: "Filtra l’elenco" }).focus();
  await page.keyboard.press("Enter");
  // The form takes the place of the button, and its focus.
  await page.locator(".filtri summary:focus").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  const status = await page.locator(".filtri [role=status]").innerText();
  assert.match(status, / su 8/);
  assert.ok(new URL(page.url()).search.length > 1);
  const shown = await page.locator("li.carta:visible").count();
  assert.ok(shown > 0 && shown < 8, String(shown));
  await page.reload();
  assert.equal(await page.locator("li.carta:visible").count(), shown);
  await page.goBack();
  assert.equal(await page.locator("li.carta:visible").count(), 8);
});

test("what has no place leads to the list already narrowed", async () => {
  await page.goto(site.url("dove/index.html"));
  await page.locator("main a[href*='servizi/?']").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/servizi/);
  assert.match(await page.locator(".filtri [role=status]").innerText(), / su /);
});

test("a table is sorted by keyboard and says by what", async () => {
  await page.goto(site.url("2017-2018/progetti/index.html"));
  const head = page.locator("table thead button").filter({ hasText: "richiesto" }).first();
  await head.focus();
  await page.keyboard.press("Enter");
  const sorted = page.locator("th[aria-sort]:not([aria-sort=none])").first();
  assert.match(await sorted.innerText(), /richiesto/);
  const figures = await page.locator("table tbody").first().locator("tr td:nth-child(5)").allInnerTexts();
  const amounts = figures.map((text) => Number(text.replaceAll(".", "").replace(",", ".")));
  const up = [...amounts].sort((a, b) => a - b);
  assert.ok([up, [...up].reverse()].some((order) => order.join() === amounts.join()), figures.join(" "));
});

test("nothing was said and nobody else was asked", () => assert.deepEqual(wrong, []));
