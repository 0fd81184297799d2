// On paper every kind of page leaves out what one cannot press, and keeps the attribution and the data of its charts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, watched } from "./browser.mjs";
import { CONTENTS, kinds, publish } from "./sito.mjs";

const PRESSED = ".salti, .menu, .del-piano, .indice, .ordina-per, .cerca, .filtri, .azioni, .scarica, .avanti-indietro, .porte, .qui, .segnala, .scelte, main form";
// A sheet of `@page`: A4 within its margins, in points of 96 an inch.
const [WIDTH, HEIGHT] = [178, 261].map((millimetres) => Math.floor((millimetres / 25.4) * 96));

let example, shipped, browser;
before(async () => {
  [example, shipped] = [await publish(CONTENTS.esempio), await publish(CONTENTS.spedito)];
  browser = await launch();
});
after(async () => {
  await browser?.close();
  example?.close();
  shipped?.close();
});

test("paper has the attribution and the data, and no controls", async () => {
  const context = await browser.newContext();
  const { page, wrong } = await watched(context, example);
  await page.emulateMedia({ media: "print" });
  const found = [];
  for (const { kind, file } of kinds(example)) {
    await page.goto(example.url(file));
    const seen = (selector) =>
      page.locator(selector).evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height > 0).length);
    if (await seen(PRESSED)) found.push(`${kind} (${file}): controls on paper`);
    if (!(await seen(".concilia-attribuzione img"))) found.push(`${kind} (${file}): no logo on paper`);
    // Some charts leave their data to the table of which they are a drawing.
    if ((await seen(".dati-grafico table, .grafico > .nota > a[href*='#tabella-']")) < (await seen(".disegno"))) found.push(`${kind} (${file}): a chart without data`);
  }
  await context.close();
  assert.deepEqual([...found, ...wrong], []);
});

test("a list that was narrowed says so on paper, and by what", async () => {
  const context = await browser.newContext();
  const { page, wrong } = await watched(context, example);
  await page.goto(`${example.url("2025-2027/trasparenza/index.html")}?ente=Comune`);
  await page.emulateMedia({ media: "print" });
  assert.match(await page.locator(".filtri").innerText(), /Tipo di ente: Comune\s+2 contributi su 7/);
  await context.close();
  assert.deepEqual(wrong, []);
});

test("the sheets of a project are full", async () => {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: HEIGHT } });
  const page = await context.newPage();
  await page.emulateMedia({ media: "print" });
  const loose = [];
  for (const file of shipped.files.filter((file) => /\/progetti\/[^/]+\/index\.html$/.test(file))) {
    await page.goto(shipped.url(file));
    const needed = (await page.evaluate(() => document.body.getBoundingClientRect().height)) / HEIGHT;
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sheets = pdf.match(/\/Type\s*\/Page\b/g).length;
    // What must stay together may cost a sheet, not more.
    if (sheets > Math.ceil(needed) + 1) loose.push(`${file}: ${sheets} sheets for ${needed.toFixed(1)}`);
  }
  await context.close();
  assert.deepEqual(loose, []);
});
