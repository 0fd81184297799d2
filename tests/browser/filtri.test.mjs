// Lists that are narrowed: what is chosen is seen and can be taken away, and the figures are those of what is left.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { launch, watched } from "./browser.mjs";
import { CONTENTS, publish } from "./sito.mjs";

const PROJECTS = "2017-2018/progetti/index.html";
const BODIES = "partner/index.html";
const RULES = "2017-2018/conformita/index.html";

let site, example, browser, context, page, wrong;
before(async () => {
  [site, example] = [await publish(CONTENTS.spedito), await publish(CONTENTS.esempio)];
  browser = await launch();
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", acceptDownloads: true });
  ({ page, wrong } = await watched(context, site));
});
after(async () => {
  await browser?.close();
  site?.close();
  example?.close();
});

const chips = () => page.locator(".filtri-modulo > .filtri-scelti button");
const status = () => page.locator(".filtri [role=status]").innerText();
const search = () => new URL(page.url()).searchParams;
const wait = () => page.locator(".filtri-modulo").waitFor();

/** Opens a list narrowed by these values of its facets. */
async function narrowed(file, choices = []) {
  const query = new URLSearchParams(choices).toString();
  await page.goto(site.url(file) + (query ? `?${query}` : ""));
  // The form comes when it is asked for, or with the address.
  if (!query) await page.getByRole("button", { name: "Filtra l’elenco" }).click();
  await wait();
}

/** Chooses exactly these values in the list that is open. */
const choose = (choices) =>
  page.evaluate((choices) => {
    document.querySelectorAll(".filtri input").forEach((one) => {
      one.checked = choices.some(([name, value]) => one.name === name && one.value === value);
    });
    document.querySelector(".filtri-modulo").dispatchEvent(new Event("change"));
  }, choices);

const boxes = () => page.locator(".filtri input").evaluateAll((all) => all.map((one) => [one.name, one.value]));

/** Cents of an amount as people write it. */
const cents = (text) => {
  const amount = /-?[\d.]+,\d\d/.exec(text);
  return amount ? BigInt(amount[0].replace(/[.,]/g, "")) : null;
};

/** The rows that are seen of a list, cell by cell, and the foot of its table. */
const seen = () =>
  page.evaluate(() => {
    const table = document.querySelector("tr[data-voce]").closest("table");
    const texts = (row) => Array.from(row.cells).flatMap((cell) => Array(cell.colSpan).fill(cell.innerText.trim()));
    const rows = Array.from(table.querySelectorAll("tbody tr[data-voce]")).filter((row) => row.offsetParent);
    const feet = Array.from(table.querySelectorAll("tfoot tr")).filter((row) => row.offsetParent);
    return { rows: rows.map(texts), feet: feet.map(texts) };
  });

test("totals are those of the rows that are left, to the cent", async () => {
  let compared = 0;
  for (const file of [PROJECTS, "2017-2018/alleanze/index.html", BODIES, "2017-2018/trasparenza/index.html"]) {
    if (!site.files.includes(file)) continue;
    await narrowed(file);
    for (const choice of await boxes()) {
      await choose([choice]);
      const { rows, feet } = await seen();
      const foot = feet.at(-1);
      assert.match(foot[0], new RegExp(`^Totale di ${rows.length} .* su \\d`), `${file} ${choice}`);
      foot.forEach((text, column) => {
        const amounts = rows.map((row) => row[column]);
        if (!amounts.some((amount) => cents(amount) !== null)) return;
        const known = amounts.map(cents).filter((amount) => amount !== null);
        assert.equal(cents(text), known.reduce((sum, amount) => sum + amount, 0n), `${file} ${choice} column ${column}`);
        const silent = amounts.length - known.length;
        assert.equal(/più (\d+) senza importo/.exec(text)?.[1] ?? "0", String(silent), `${file} ${choice}: ${text}`);
        compared++;
      });
    }
  }
  assert.ok(compared > 40, String(compared));
});

test("an amount that nobody tells is no zero", async () => {
  const { page: own, wrong: amiss } = await watched(context, example);
  await own.goto(`${example.url(BODIES)}?tipo=Sindacato`);
  await own.locator(".filtri-modulo").waitFor();
  const foot = await own.locator("tfoot tr").last().locator("td").allInnerTexts();
  assert.deepEqual(foot.slice(-2), ["Non indicato", "Non indicato"]);
  assert.match(await own.locator(".filtri [role=status]").innerText(), /^1 ente su 20\. Contributi: non indicato$/);
  await own.close();
  assert.deepEqual(amiss, []);
});

test("what is chosen is taken away one by one, and all together", async () => {
  await narrowed(PROJECTS);
  const of = new Map();
  for (const [name, value] of await boxes()) if (!of.has(name)) of.set(name, value);
  const choices = [...of].slice(0, 2);
  await narrowed(PROJECTS, choices);
  assert.equal(await chips().count(), 2);
  await chips().first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await chips().count(), 1);
  assert.ok(await page.evaluate(() => document.activeElement.matches(".filtri-scelti button")), "the next one has the focus");
  await page.goBack();
  assert.equal(await chips().count(), 2);
  await page.getByRole("button", { name: "Togli tutti i filtri" }).press("Enter");
  assert.equal(await chips().count(), 0);
  assert.equal([...search()].length, 0);
  assert.match(await status(), /^8 progetti$/);
  assert.ok(await page.evaluate(() => document.activeElement.tagName === "SUMMARY"));
});

test("the way back goes through each choice, and the foot is as it was", async () => {
  await narrowed(PROJECTS);
  const whole = await seen();
  const first = page.locator(".filtri input").first();
  await first.press("Space");
  const one = await status();
  await page.locator(".filtri input").nth(1).press("Space");
  await page.goBack();
  assert.equal(await status(), one);
  await page.goBack();
  assert.deepEqual(await seen(), whole);
});

test("where nothing is left, the page says what to take away", async () => {
  await narrowed(BODIES);
  const all = await boxes();
  const pairs = all.flatMap((one, i) => all.slice(i + 1).filter(([name]) => name !== one[0]).map((other) => [one, other]));
  let found = false;
  for (const pair of pairs) {
    await choose(pair);
    if (!(await status()).startsWith("0 ")) continue;
    found = true;
    await narrowed(BODIES, pair);
    break;
  }
  assert.ok(found, "some choices leave nothing");
  const way = page.locator(".filtri-vuoto button").filter({ hasText: "resta" });
  assert.equal(await page.locator(".filtri-vuoto button").count(), 2);
  const promised = Number(/resta: (\d+)/.exec(await way.first().innerText())[1]);
  const whole = page.locator(".filtri-vuoto a");
  assert.match(await whole.innerText(), /^Mostra tutto l’elenco: 18 enti$/);
  await way.first().press("Enter");
  assert.equal((await seen()).rows.length, promised);
  assert.ok(!(await page.locator(".filtri-vuoto").isVisible()));
  await page.goBack();
  await whole.press("Enter");
  assert.equal((await seen()).rows.length, 18);
});

test("beside each choice stands what it would leave", async () => {
  await narrowed(PROJECTS);
  const promised = await page.locator(".filtri label").evaluateAll((all) => all.map((one) => /\((\d+)\)/.exec(one.textContent)[1]));
  const all = await boxes();
  assert.ok(all.length > 10);
  for (const [i, choice] of all.entries()) {
    await choose([choice]);
    assert.equal(String((await seen()).rows.length), promised[i], `${choice}`);
  }
});

test("bars are drawn of what is left where its amounts differ", async () => {
  await narrowed(PROJECTS);
  let drawn = 0;
  for (const choice of await boxes()) {
    await choose([choice]);
    const amounts = await page.locator(".filtri-barre li .filtri-quanti").allInnerTexts();
    const of = (await seen()).rows.map((row) => row[5]);
    const differ = new Set(of.map((text) => String(cents(text)))).size > 1;
    assert.equal(amounts.length > 0, differ, `${choice}`);
    if (!differ) continue;
    drawn++;
    const largest = amounts.map(cents).reduce((a, b) => (a > b ? a : b));
    assert.equal(cents(amounts[0]), largest);
  }
  assert.ok(drawn > 0);
});

test("the charts of the page are drawn of what is left, and the others say that they are not", async () => {
  await narrowed(PROJECTS);
  const chart = (id) => page.locator(`figure[aria-labelledby=grafico-${id}]`);
  const words = () => chart("finanziamento").locator(".grafico-parole").innerText();
  const whole = await words();
  let drawn = 0;
  for (const choice of await boxes()) {
    await choose([choice]);
    const { rows, feet } = await seen();
    const left = rows.map((row) => row[0].split("\n")[0]).sort();
    const said = await words();
    assert.match(said, new RegExp(`^${left.length} progett[oi] su 8\\.`), `${choice}`);
    for (const sum of feet.at(-1).map(cents).filter((sum) => sum !== null)) {
      assert.ok(said.match(/-?[\d.]+,\d\d/g).some((amount) => cents(amount) === sum), `${choice}: ${sum} in ${said}`);
    }
    const bars = (await chart("finanziamento").locator(".barra:visible .barra-nome").allInnerTexts()).sort();
    if (bars.length) {
      assert.deepEqual(bars, left, `${choice}`);
      drawn++;
    } else {
      assert.equal(new Set(rows.map((row) => row.slice(2).join())).size, 1, `${choice}: no bars, and they differ`);
    }
  }
  assert.ok(drawn > 5);
  assert.ok(await page.locator("[aria-labelledby=come-tornano] > .nota", { hasText: "tutto l’elenco" }).isVisible());
  await choose([]);
  assert.equal(await words(), whole);
  assert.equal(await chart("finanziamento").locator(".barra:visible").count(), 8);
  assert.ok(!(await page.getByText("conta tutto l’elenco").first().isVisible()));
  await narrowed(BODIES);
  await choose([(await boxes())[0]]);
  assert.ok(await page.locator(".grafico > .nota", { hasText: "tutto l’elenco" }).isVisible());
});

test("the line of time keeps the projects that are left", async () => {
  const { page: own, wrong: amiss } = await watched(context, example);
  await own.goto(`${example.url("2025-2027/progetti/index.html")}?stato=in%20corso`);
  await own.locator(".filtri-modulo").waitFor();
  const time = own.locator("figure[aria-labelledby=grafico-cronologia]");
  const rows = await own.locator("tr[data-voce]:visible th a").allInnerTexts();
  assert.ok(rows.length > 1 && rows.length < 3, rows.join());
  assert.deepEqual(
    (await time.locator(".barra[data-voce]:visible .barra-nome").evaluateAll((all) => all.map((one) => one.firstChild.data))).sort(),
    rows.sort(),
  );
  assert.match(await time.locator(".grafico-parole").innerText(), /^2 progetti su 3\.$/);
  await own.close();
  assert.deepEqual(amiss, []);
});

test("the rows that are left can be had as CSV and as a sheet", async () => {
  await narrowed(PROJECTS, [(await narrowed(PROJECTS), (await boxes())[0])]);
  const { rows } = await seen();
  const saved = async (name) => {
    const coming = page.waitForEvent("download");
    await page.locator(".filtri-scarica button", { hasText: name }).press("Enter");
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  assert.match(await page.locator(".filtri-scarica").innerText(), new RegExp(`^Scarica quest[io] ?(${rows.length})?:`));
  const csv = await saved("CSV");
  assert.equal(csv.name, "elenco.csv");
  const lines = csv.bytes.toString("utf8").trim().split("\r\n");
  assert.equal(lines.length, rows.length + 1);
  const sheet = await saved("XLSX");
  assert.equal(sheet.name, "elenco.xlsx");
  const text = sheet.bytes.toString("utf8");
  assert.ok(text.startsWith("PK\u0003\u0004"));
  assert.equal(text.match(/<row>/g).length, rows.length + 1);
  // An amount is a figure, with its cents.
  assert.match(text, /<c><v>\d+\.\d\d<\/v><\/c>/);
});

test("a list without script is whole, with its totals", async () => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const bare = await plain.newPage();
  await bare.goto(`${site.url(PROJECTS)}?stato=nessuno`);
  // What is folded opens without script too.
  await bare.locator("summary", { hasText: "Progetto per progetto" }).click();
  assert.equal(await bare.locator("tr[data-voce]:visible").count(), 8);
  assert.match(await bare.locator("tfoot th").first().innerText(), /Totale di 8 progetti/);
  assert.ok(!(await bare.locator(".filtri").isVisible()));
  await plain.close();
});

test("rules are found by how they went, also in the table of rules by records", async () => {
  await narrowed(RULES);
  const outcomes = (await boxes()).filter(([name]) => name === "esito").map(([, value]) => value);
  assert.ok(outcomes.length > 2, outcomes.join());
  for (const outcome of outcomes) {
    await narrowed(RULES, [["esito", outcome]]);
    const cards = page.locator("article.regola:visible");
    const count = await cards.count();
    assert.ok(count > 0, outcome);
    for (const words of await cards.locator(":scope > .etichette").allInnerTexts()) {
      assert.ok(words.toLowerCase().includes(outcome), `${outcome}: ${words}`);
    }
    assert.equal(await page.locator(".matrice tr[data-voce]:not([hidden])").count(), count, outcome);
  }
});

test("a phone reads how a plan stands in six screens", async () => {
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const { page: small, wrong: amiss } = await watched(phone, site);
  for (const file of site.files.filter((file) => /^\d{4}-\d{4}\/conformita\/index\.html$/.test(file))) {
    await small.goto(site.url(file));
    await small.locator(".filtri > button").waitFor();
    const screens = (await small.evaluate(() => document.documentElement.scrollHeight)) / 844;
    assert.ok(screens <= 6, `${file}: ${screens.toFixed(1)} screens`);
  }
  await phone.close();
  assert.deepEqual(amiss, []);
});

test("nothing was said and nobody else was asked", () => assert.deepEqual(wrong, []));
