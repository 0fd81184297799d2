// Six readers, each with something to find out, from where they begin to the answer; a step is a press, or a word typed
// and sent. A reader who needs more steps than here has met a dead end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { forEachSite, watched } from "./browser.mjs";

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1280, height: 900 };

/** Walks from a page by the names of links, or by what is asked (`{ ask, field }`), and gives the page it came to. */
async function walk({ site, browser }, viewport, from, steps) {
  const context = await browser.newContext({ viewport });
  const { page, wrong } = await watched(context, site);
  await page.goto(site.address + from);
  for (const step of steps) {
    if (step.ask) {
      await page.getByLabel(step.field, { exact: true }).first().fill(step.ask);
      await page.keyboard.press("Enter");
    } else {
      // By eye: what is folded away is no way.
      await page.getByRole("link", { name: step }).filter({ visible: true }).first().click();
    }
    await page.waitForLoadState("networkidle");
  }
  return { page, wrong, close: () => context.close() };
}

forEachSite((at) => {
  const only = (name, text, run) => test(text, async (t) => (at.name === name ? run() : t.skip(`of the site ${name}`)));

  only("esempio", "a mother finds whom to call for her child, in two steps", async () => {
    const { page, wrong, close } = await walk(at, PHONE, "", [/^Bambini piccoli/]);
    const call = page.locator("article a[href^='tel:']").first();
    assert.match(await call.getAttribute("href"), /^tel:\+?\d+$/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("spedito", "a firm reads how to take part, in one step", async () => {
    const { page, wrong, close } = await walk(at, DESK, "", [/^Come partecipare/]);
    assert.match(await page.locator("h1").innerText(), /Come partecipare/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("esempio", "a firm finds the call and its last day, in two steps", async () => {
    const { page, wrong, close } = await walk(at, PHONE, "", [/^Gli avvisi/, /^Avviso/]);
    assert.match(await page.locator(".situazione").first().innerText(), /Domande .*\d{4}/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("esempio", "a journalist has the grants in a file, in two steps", async () => {
    const { page, wrong, close } = await walk(at, DESK, "", [/^Chi riceve i contributi/]);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: /CSV/ }).filter({ visible: true }).first().click(),
    ]);
    assert.match(file.suggestedFilename(), /\.csv$/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("spedito", "a councillor finds what there was in the commune, and what it cost, in two steps", async () => {
    const { page, wrong, close } = await walk(at, DESK, "", [{ field: "Comune", ask: "Albino" }, /^W\.IN\./]);
    assert.match(await page.locator("main").innerText(), /Contributo riconosciuto\s+40\.000,00/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("spedito", "the Region reads whether the rules hold, in two steps", async () => {
    const { page, wrong, close } = await walk(at, DESK, "", [/^Piano 2017-2018/, /^Conformità/]);
    assert.match(await page.locator("main").innerText(), /1 regola da verificare \(P16-04\)/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("spedito", "the Region has the document, in two steps", async () => {
    const { page, wrong, close } = await walk(at, DESK, "", [/^Il documento/]);
    assert.match(await page.locator("a[href$='.pdf']").first().getAttribute("href"), /\.pdf$/);
    assert.deepEqual(wrong, []);
    await close();
  });

  only("spedito", "who comes from a search engine sees what is over, and finds what there is today in one step", async () => {
    const { page, wrong, close } = await walk(at, PHONE, "2017-2018/progetti/win/", []);
    const state = page.locator(".situazione").first();
    assert.match(await state.innerText(), /15 gennaio 2019/);
    const { y, height } = await state.boundingBox();
    assert.ok(y + height <= PHONE.height, `${y + height}`);
    await page.getByRole("link", { name: /^Che cosa c'è oggi/ }).click();
    assert.match(await page.locator("main").innerText(), /Che cosa vale oggi/);
    assert.deepEqual(wrong, []);
    await close();
  });
});
