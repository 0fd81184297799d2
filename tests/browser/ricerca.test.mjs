// What people search and what must come first, asked of the page of search itself: mothers, firms, journalists, councillors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { forEachSite, watched } from "./browser.mjs";
import { ROOT } from "./sito.mjs";

const FOLDER = join(ROOT, "tests", "fixtures", "ricerca");
const rows = (file) =>
  readFileSync(join(FOLDER, file), "utf8").split("\n").filter((row) => row && !row.startsWith("#")).map((row) => row.split("\t"));

/** Asks the page of search, and reads its answer. */
async function ask(page, text) {
  const field = page.locator("form.cerca input");
  await field.fill("");
  await field.fill(text);
  await field.press("Enter");
  await page.waitForFunction((text) => document.querySelector("[data-esiti] [role=status]").innerText.includes(`«${text}»`), text);
  return page.evaluate(() => ({
    said: document.querySelector("[data-esiti] [role=status]").innerText,
    first: document.querySelector("[data-esiti] .esiti-elenco a")?.href ?? "",
    all: Array.from(document.querySelectorAll("[data-esiti] .esiti-elenco a"), (a) => a.href),
  }));
}

forEachSite((at) => {
  test("what is searched finds first the page that answers", async () => {
    const { site, browser, name } = at;
    const context = await browser.newContext();
    const { page, wrong } = await watched(context, site);
    await page.goto(site.url("cerca/index.html"));
    const found = [];
    let asked = 0;
    for (const [where, who, query, first, said = ""] of rows("ricerche.tsv")) {
      if (where !== name) continue;
      asked++;
      const answer = await ask(page, query);
      const address = answer.first.replace(site.address, "");
      if (address !== first || !answer.said.includes(said)) found.push({ who, query, first, instead: address, said: answer.said });
    }
    await context.close();
    assert.ok(asked > 5, String(asked));
    assert.deepEqual([...found, ...wrong], []);
  });

  test("the script makes the same stems as the index", async () => {
    const { site, browser } = at;
    const context = await browser.newContext();
    const { page, wrong } = await watched(context, site);
    await page.goto(site.url("cerca/index.html") + "?q=nido");
    await page.locator("[data-esiti] [role=status]:not(:empty)").waitFor();
    // The whole of two words with a hyphen stands in the index alone.
    const texts = rows("radici.tsv").filter(([text]) => !/[a-z]-[a-z]/.test(text));
    const made = await page.evaluate(
      (texts) => texts.map(([text]) => conciliaCerca.parole(text).map((word) => word.stem).join(" ")), texts,
    );
    assert.ok(texts.length > 60);
    assert.deepEqual(texts.map(([text], i) => [text, made[i]]), texts.map(([text, stems = ""]) => [text, stems]));
    await context.close();
    assert.deepEqual(wrong, []);
  });
});
