// How every kind of page is laid out, from the phone to the desk: nothing lies over anything else, tables keep their
// headers, titles stand where they stood, what is over says so at once, and scripts change only what is theirs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { forEachSite, watched } from "./browser.mjs";
import { doubleIds, overlaps, tables } from "./misure.mjs";
import { kinds } from "./sito.mjs";

const HEIGHTS = { 320: 640, 390: 844, 768: 1024, 1280: 800 };
// What a reader can take for something to use, or to take part in.
const WITH_STATE = /^(periodo|periodo\/(progetti|alleanze|avvisi)\/\*|servizi(\/\*)?)\/index\.html$/;

forEachSite((at) => {
  test(`pages hold together, at ${Object.keys(HEIGHTS).join(", ")} px`, async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ reducedMotion: "reduce" });
    const { page, wrong } = await watched(context, site);
    const found = [];
    const tops = new Map();
    for (const { kind, file } of kinds(site)) {
      await page.setViewportSize({ width: 1280, height: HEIGHTS[1280] });
      await page.goto(site.url(file), { waitUntil: "load" });
      for (const [width, height] of Object.entries(HEIGHTS)) {
        await page.setViewportSize({ width: Number(width), height });
        const say = (all) => all.forEach((one) => found.push(`${kind} (${file}), ${width} px: ${one}`));
        // As the page is when it opens, and then with all that it folds away.
        await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = false)));
        if (kind !== "index.html") {
          const top = await page.evaluate(() => {
            const [title, main] = ["h1", "main"].map((one) => document.querySelector(one).getBoundingClientRect().top);
            return Math.round(title - main);
          });
          tops.set(width, (tops.get(width) ?? new Map()).set(top, [...(tops.get(width)?.get(top) ?? []), kind]));
        }
        if (WITH_STATE.test(kind)) {
          const state = await page.evaluate(() => {
            const line = document.querySelector(".situazione");
            const box = line?.getBoundingClientRect();
            return box && { words: line.innerText.trim(), end: box.bottom, part: box.width / line.parentElement.clientWidth };
          });
          if (!state?.words) say(["does not say how it stands"]);
          // The least of screens is filled by the header of a demonstration: there it comes right under the title.
          else if (width > 320 && state.end > height) say([`says how it stands at ${Math.round(state.end)} px, out of the first screen`]);
          else if (state.part < 0.95) say(["says how it stands in a corner"]);
        }
        await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = true)));
        say(await page.evaluate(overlaps));
        say(await page.evaluate(tables));
      }
    }
    await context.close();
    for (const [width, own] of tops) {
      if (own.size > 1) found.push(`${width} px: titles stand at different heights: ${JSON.stringify([...own])}`);
    }
    assert.deepEqual([...found, ...wrong], []);
  });

  test("search changes nothing of a page, and ids stay one each", async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const { page, wrong } = await watched(context, site);
    const found = [];
    for (const { kind, file } of kinds(site)) {
      await page.goto(site.url(file), { waitUntil: "load" });
      const own = () => page.locator("main").evaluate((main) => main.querySelectorAll("*").length);
      const field = page.locator("form.cerca input");
      if (kind !== "cerca/index.html" && (await field.count())) {
        const before = await own();
        await field.fill("servizi");
        await page.locator(".esiti-pannello .esiti-stato:not(:empty)").waitFor({ timeout: 5000 }).catch(() => found.push(`${kind} (${file}): search does not answer`));
        if ((await own()) !== before) found.push(`${kind} (${file}): search changes the page`);
      }
      const doubles = await page.evaluate(doubleIds);
      if (doubles.length) found.push(`${kind} (${file}): ids twice: ${doubles}`);
    }
    await context.close();
    assert.deepEqual([...found, ...wrong], []);
  });

  test("what a list is narrowed by is seen, and can be taken away", async () => {
    const { site, browser } = at;
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const { page, wrong } = await watched(context, site);
    const found = [];
    let narrowed = 0;
    for (const { kind, file } of kinds(site)) {
      if (!site.text(file).includes("data-faccette")) continue;
      await page.goto(site.url(file));
      const opener = page.locator(".filtri > button");
      // Where all records are alike there is nothing to choose.
      if (!(await opener.count())) continue;
      narrowed++;
      await opener.click();
      await page.locator(".filtri-modulo").waitFor();
      const boxes = await page.locator(".filtri input").evaluateAll((all) => all.map((one) => [one.name, one.value]));
      if (!boxes.length) found.push(`${kind} (${file}): no filter comes`);
      // The last value of each facet is the one that lies deepest.
      const last = new Map(boxes);
      for (const [key, value] of last) {
        await page.goto(`${site.url(file)}?${new URLSearchParams([[key, value]])}`);
        const chip = page.locator(".filtri-scelti button");
        await chip.waitFor({ timeout: 5000 }).catch(() => {});
        if ((await chip.count()) !== 1 || !(await chip.innerText()).toLowerCase().includes(value.toLowerCase())) {
          found.push(`${kind} (${file}): ${key}=${value} is not seen`);
          continue;
        }
        await chip.click();
        if (new URL(page.url()).search || (await chip.count())) found.push(`${kind} (${file}): ${key}=${value} stays`);
      }
    }
    await context.close();
    assert.ok(narrowed > 3, String(narrowed));
    assert.deepEqual([...found, ...wrong], []);
  });

  test("a table keeps its headers on each sheet of paper", async () => {
    const { site, browser } = at;
    const context = await browser.newContext();
    const { page, wrong } = await watched(context, site);
    const found = [];
    const words = (text) => text.replace(/[^\p{L}\p{N}]+/gu, " ").trim().toLowerCase();
    let long = 0;
    // The document has the same names in table after table: a sheet cannot tell which one it continues.
    for (const { kind, file } of kinds(site).filter(({ kind }) => !kind.includes("documento"))) {
      await page.goto(site.url(file));
      const tables = await page.evaluate(() => {
        document.querySelectorAll("main details").forEach((part) => (part.open = true));
        // Bars have the names of the rows of their table.
        document.querySelectorAll(".grafico > :not(figcaption, .dati-grafico, .flusso)").forEach((part) => part.remove());
        // The flow of the money and the table of rules by records name what other parts of their page name too.
        return [...document.querySelectorAll("main table:not(.matrice, .grafico:has(.flusso) table)")].filter((table) => table.tHead && table.tBodies[0].rows.length > 12).map((table) => ({
          heads: [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim()),
          rows: [...table.tBodies[0].rows].map((row) => (row.querySelector("th") ?? row.cells[0]).firstChild.textContent.trim()),
        }));
      });
      if (!tables.length) continue;
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const sheets = execFileSync("pdftotext", ["-layout", "-", "-"], { input: pdf, maxBuffer: 1 << 26 }).toString().split("\f").map(words);
      for (const { heads, rows } of tables) {
        const on = sheets.filter((sheet) => rows.filter((row) => ` ${sheet} `.includes(` ${words(row)} `)).length > 3);
        if (on.length < 2) continue;
        long++;
        on.forEach((sheet, n) => {
          const missing = heads.filter((head) => words(head).split(" ").some((word) => !` ${sheet} `.includes(` ${word} `)));
          if (missing.length) found.push(`${kind} (${file}): sheet ${n + 1} of ${on.length} has no header ${missing.join(", ")}`);
        });
      }
    }
    await context.close();
    if (at.name === "spedito") assert.ok(long > 0, "no table was longer than a sheet");
    assert.deepEqual([...found, ...wrong], []);
  });
});
