// The editor in a real browser: a project and its amounts by forms alone, by keyboard, on a phone; with script and without.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { launch } from "./browser.mjs";
import { ROOT } from "./sito.mjs";

const PROGRAM = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "release", "concilia");
const PHONE = { width: 390, height: 844 };
const NEW = "content/piani/2025-2027/progetti/ludoteca-del-monte.yaml";
const NIDO = "content/piani/2025-2027/progetti/nido.yaml";

let folder, program, browser, entry, preview;

const free = () => new Promise((ready) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => ready(port));
  });
});

/** The program on a folder: its process, the address that opens the editor, and that of the preview. */
async function serve(port) {
  const process = spawn(PROGRAM, ["serve", "--port", String(port)], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  return new Promise((ready) => process.stdout.on("data", (data) => {
    said += data;
    const entry = said.match(/http:\S+\/entra\/\S+/)?.[0];
    if (entry) ready({ process, entry, preview: said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0] });
  }));
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "concilia-editor-"));
  cpSync(join(ROOT, "tests", "fixtures", "sito"), folder, { recursive: true });
  ({ process: program, entry, preview } = await serve(await free()));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  program?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const read = (file) => readFileSync(join(folder, file), "utf8");

/** A page of the editor that remembers what it should not do. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(error.message));
  await page.goto(entry);
  return { context, page, wrong };
}

/** Moves to a control by Tab alone, and sees that the focus shows and is not hidden. */
async function reach(page, selector, most = 250) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate((selector) => {
      const at = document.activeElement;
      if (!at.matches(selector)) return null;
      const box = at.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
      return { ring: getComputedStyle(at).outlineStyle !== "none", free: at === top || at.contains(top) };
    }, selector);
    if (!there) continue;
    assert.ok(there.ring && there.free, `${selector}: ${JSON.stringify(there)}`);
    return;
  }
  assert.fail(`${selector} is not reached by Tab on ${page.url()}`);
}

async function type(page, name, text) {
  await reach(page, `[name="${name}"]`);
  await page.keyboard.type(text);
  // A list of names that opened is closed.
  await page.keyboard.press("Escape");
}

/** Nothing that axe finds, nothing wider than the screen. */
async function sound(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${page.url()} is ${wide} px too wide`);
  const bypassed = await page.evaluate((source) => { (0, eval)(source); return axe.run(); }, axe.source).catch(() => null);
  assert.ok(bypassed, "axe runs");
  const found = bypassed.violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`);
  assert.deepEqual(found, [], page.url());
}

test("a project and its amounts are made with forms alone, by keyboard, on a phone", async () => {
  const { context, page, wrong } = await open({ bypassCSP: true });
  await sound(page);
  await reach(page, "a[href='schede']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/schede$/);
  await sound(page);
  await reach(page, "a[href*='genere=progetto']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/nuova/);
  await sound(page);
  await type(page, "titolo", "Ludoteca del monte");
  await type(page, "alleanza", "Alleanza del Monte");
  await type(page, "avviso", "Avviso 2025");
  await type(page, "stato", "Presentato");
  await reach(page, "main button:not([name])");
  await page.keyboard.press("Enter");
  await page.waitForURL(/scheda\?/);
  assert.equal(read(NEW), "titolo: Ludoteca del monte\nalleanza: monte\navviso: avviso-2025\nstato: presentato\n");
  await sound(page);
  await reach(page, "a[href^='progetto?']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/progetto\?/);
  await sound(page);
  for (const [name, text] of [
    ["finanziamento.costo_complessivo", "70.000,00"],
    ["finanziamento.cofinanziamento", "20000"],
    ["finanziamento.contributo_richiesto", "50.000"],
    ["n0.partenariato.+.ente", "Comune di Alfa"],
    ["n0.partenariato.+.ruolo", "Capofila"],
    ["n0.partenariato.+.quota", "40.000"],
    ["n1.partenariato.+.ente", "Cooperativa sociale Delta"],
    ["n1.partenariato.+.ruolo", "Partner"],
    ["n1.partenariato.+.quota", "29.000"],
  ]) {
    await type(page, name, text);
  }
  const outcome = page.locator("#conto-quota td:last-child");
  await outcome.filter({ hasText: "mancano" }).waitFor();
  assert.equal(await outcome.textContent(), "mancano €\u00a01.000,00");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("30.000");
  await outcome.filter({ hasText: "torna" }).waitFor();
  assert.ok(!read(NEW).includes("finanziamento"), "nothing is written before it is saved");
  await reach(page, "main form.scheda button:not([name])");
  await page.keyboard.press("Enter");
  await page.waitForURL(/salvato=/);
  await sound(page);
  assert.equal(read(NEW), `titolo: Ludoteca del monte
alleanza: monte
avviso: avviso-2025
stato: presentato
finanziamento:
  costo_complessivo: 70000.00
  cofinanziamento: 20000.00
  contributo_richiesto: 50000.00
partenariato:
  - ente: comune-alfa
    ruolo: capofila
    quota: 40000.00
  - ente: coop-delta
    ruolo: partner
    quota: 30000.00
`);
  assert.deepEqual(wrong, []);
  // Its amounts are not in the totals of the plan: while there is an error the page leads to its record from the panel.
  await page.goto(`${preview}2025-2027/progetti/nido/`);
  await page.click(".concilia-pannello >> text=Modifica");
  await page.waitForURL(/scheda\?file=/);
  rmSync(join(folder, NEW));
  await context.close();
});

test("without script the same forms save the same", async () => {
  const { context, page } = await open({ javaScriptEnabled: false });
  const before = read(NIDO);
  await page.goto(`${page.url()}scheda?file=${NIDO.replace("content/", "")}`);
  await page.fill("[name='finanziamento.cofinanziamento_in_denaro']", "5.000,00");
  await page.press("[name='finanziamento.cofinanziamento_in_denaro']", "Enter");
  await page.waitForURL(/salvato=/);
  const after = before.replace("cofinanziamento_in_denaro: 4000.00", "cofinanziamento_in_denaro: 5000.00");
  assert.equal(read(NIDO), after);
  await page.click("button:has-text('Annulla questa modifica')");
  await page.waitForURL(/salvato=/);
  assert.equal(read(NIDO), before);
  await context.close();
});

test("what is wrong is told while one writes, beside its field", async () => {
  const { context, page, wrong } = await open();
  await page.goto(`${page.url()}scheda?file=${NIDO.replace("content/", "")}`);
  await page.fill("[name='finanziamento.contributo_riconosciuto']", "41.000");
  const beside = page.locator("[id='r-finanziamento.contributo_riconosciuto'] .errore");
  await beside.waitFor();
  assert.match(await beside.textContent(), /richiesti/);
  await page.fill("[name='finanziamento.contributo_riconosciuto']", "40.000,00");
  await beside.waitFor({ state: "detached" });
  assert.deepEqual(wrong, []);
  await context.close();
});

/** Where the focus is, and whether the bar that saves covers it. */
const focus = (page) => page.evaluate(() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const bar = document.querySelector(".fondo").getBoundingClientRect();
  const within = at.closest(".fondo") !== null;
  return { id: at.id, seen: box.bottom > 0 && box.top < innerHeight, free: within || box.bottom <= bar.top + 1 || box.top >= bar.bottom };
});

test("a link to a field opens it and puts the focus there, with script and without", async () => {
  for (const javaScriptEnabled of [true, false]) {
    const { context, page } = await open({ javaScriptEnabled });
    const form = `${page.url()}scheda?file=${NIDO.replace("content/", "")}`;
    for (const id of ["c-domanda.presentata", "c-finanziamento.cofinanziamento", "c-azioni", "c-rendicontazione"]) {
      await page.goto("about:blank");
      await page.goto(`${form}#${id}`);
      if (javaScriptEnabled) {
        const at = await focus(page);
        assert.deepEqual(at, { id, seen: true, free: true });
      }
      assert.ok(await page.locator(`[id="${id}"]`).isVisible(), `${id} is closed`);
    }
    await context.close();
  }
});

test("the bar that saves covers no field that has the focus, on a phone by keyboard", async () => {
  const { context, page } = await open();
  await page.goto(`${page.url()}scheda?file=${NIDO.replace("content/", "")}`);
  await page.locator(".indice summary").click();
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press(key);
      const at = await focus(page);
      assert.ok(at.seen && at.free, `${key} ${i}: ${JSON.stringify(at)}`);
    }
  }
  await context.close();
});

/** Pastes a text into a control, as a browser would. */
const paste = (page, selector, text) => page.evaluate(([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const place = document.querySelector(selector);
  place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}, [selector, text]);

test("rows of a spreadsheet are pasted into a table, without their headings and with as many rows as they are", async () => {
  const { context, page } = await open();
  await page.goto(`${page.url()}progetto?file=${NIDO.replace("content/", "")}`);
  const rows = ["ENTE\tRuolo\tquota", "Fondazione Zeta\tPartner\t1.000,00", "Cooperativa sociale Epsilon\tpartner\t2.000,00"];
  const others = ["Ente Uno\tpartner\t3", "Ente Due\tpartner\t4", "Ente Tre\tpartner\t5", ""];
  await paste(page, "[name='n0.partenariato.+.ente']", [...rows, ...others].join("\r\n"));
  const value = (name) => page.inputValue(`[name='${name}']`);
  assert.equal(await value("n0.partenariato.+.ente"), "Fondazione Zeta");
  assert.equal(await value("n1.partenariato.+.ruolo"), "partner");
  assert.equal(await value("n1.partenariato.+.quota"), "2.000,00");
  assert.equal(await value("n4.partenariato.+.ente"), "Ente Tre");
  assert.equal(await page.locator("[name='n5.partenariato.+.ente']").count(), 0);
  const said = page.locator("form.scheda [role='status']");
  assert.match(await said.textContent(), /^La prima riga incollata era quella delle intestazioni: l'ho saltata\.$/);
  await sound(page);
  await context.close();
});

test("a ranking that is pasted with its headings stays beside its projects, and what has no project is told", async () => {
  const { context, page } = await open();
  await page.goto(`${page.url()}avviso?file=piani/2025-2027/avvisi/avviso-2025.yaml`);
  const places = page.locator("[name$='|graduatoria.posizione']");
  const first = `[name='${await places.first().getAttribute("name")}']`;
  await paste(page, first, "Posizione\tPunteggio\tRichiesto\n3\t20,5\t1.000,00\n1\t28,5\t2.000,00\n2\t25\t\n4\t\t\n");
  assert.deepEqual(await places.evaluateAll((all) => all.map((one) => one.value)), ["3", "1", "2"]);
  const said = await page.locator("form.scheda [role='status']").textContent();
  assert.match(said, /intestazioni: l'ho saltata\. La tabella incollata ha più righe di quanti sono i progetti: l'ultima è rimasta fuori\./);
  // A line that names its project is of that project, whatever the order; a name that is none of them is told.
  const names = await page.locator("table.griglia tbody th a").allTextContents();
  const named = [`${names[2]}\t7`, `${names[0]}\t8`, "Un altro progetto\t9"];
  await paste(page, first, ["Progetto\tPosizione", ...named].join("\n"));
  assert.deepEqual(await places.evaluateAll((all) => all.map((one) => one.value)), ["8", "1", "7"]);
  assert.match(await page.locator("form.scheda [role='status']").textContent(), /Non è fra i progetti: Un altro progetto\./);
  await paste(page, first, named.slice(0, 1).join("\n").replace("7", "6"));
  assert.deepEqual(await places.evaluateAll((all) => all.map((one) => one.value)), ["8", "1", "6"]);
  // Rows without headings are all there.
  await paste(page, first, "1\n2\n3");
  assert.deepEqual(await places.evaluateAll((all) => all.map((one) => one.value)), ["1", "2", "3"]);
  assert.equal(await page.locator("form.scheda [role='status']").textContent(), "");
  await context.close();
});

test("names that are pasted into a list fill a box each", async () => {
  const { context, page } = await open();
  await page.goto(`${page.url()}scheda?file=piani/2025-2027/alleanze/monte.yaml`);
  await paste(page, "[name='partner.+']", "Uno\nDue\r\nTre\nQuattro\n");
  const boxes = page.locator("[name^='partner.']");
  const values = () => boxes.evaluateAll((all) => all.map((one) => one.value));
  assert.deepEqual((await values()).slice(-4), ["Uno", "Due", "Tre", "Quattro"]);
  assert.ok((await values()).length === 6, "what was there stays");
  await sound(page);
  await context.close();
});

test("seven pages of the preview are new after a save, and a page of it leads to its record", async () => {
  const { context, page } = await open();
  const home = page.url();
  const tabs = [];
  for (let i = 0; i < 7; i++) {
    const tab = await context.newPage();
    await tab.goto(`${preview}2025-2027/progetti/nido/`);
    // It is new by itself once the records have no error.
    await tab.locator(".concilia-pannello").waitFor({ state: "detached" });
    tabs.push(tab);
  }
  await tabs[6].click("text=Modifica");
  await tabs[6].waitForURL(/scheda\?file=/);
  assert.ok(tabs[6].url().startsWith(home));
  await tabs[6].fill("[name='titolo']", "Un nido in sette finestre");
  await tabs[6].press("[name='titolo']", "Enter");
  await tabs[6].waitForURL(/salvato=/);
  for (const tab of tabs.slice(0, 6)) await tab.locator("h1", { hasText: "Un nido in sette finestre" }).waitFor();
  await context.close();
});

test("a script of the preview reads and writes nothing of the editor", async () => {
  const { context, page } = await open({ bypassCSP: true });
  const home = page.url();
  const before = read(NIDO);
  await page.goto(preview);
  const tried = await page.evaluate(async ([home, file]) => {
    const body = new URLSearchParams({ file, dove: "", titolo: "Rubato", azione: "salva" });
    const reads = await fetch(home, { credentials: "include" }).then(() => "read", () => "refused");
    const opaque = await fetch(`${home}scheda`, { method: "POST", body, credentials: "include", mode: "no-cors" }).then((answer) => answer.type, () => "refused");
    return { reads, opaque };
  }, [home, NIDO.replace("content/", "")]);
  assert.equal(tried.reads, "refused");
  assert.equal(read(NIDO), before);
  await page.setContent(`<form method="post" action="${home}scheda"><input name="file" value="x"><button>x</button></form>`);
  const answered = page.waitForResponse(/scheda$/);
  await page.click("button");
  assert.equal((await answered).status(), 403);
  await context.close();
});

test("what is written while the program is closed and opened again is saved", async () => {
  const { context, page } = await open({ bypassCSP: true });
  await page.goto(`${page.url()}scheda?file=${NIDO.replace("content/", "")}`);
  await page.fill("[name='sintesi']", "Scritto mentre concilia era spento.");
  const port = new URL(preview).port;
  program.kill();
  await new Promise((gone) => program.on("exit", gone));
  await page.press("[name='titolo']", "Enter");
  await page.locator("#spento").waitFor();
  assert.equal(await page.inputValue("[name='sintesi']"), "Scritto mentre concilia era spento.");
  ({ process: program, entry, preview } = await serve(port));
  await page.press("[name='titolo']", "Enter");
  await page.locator("h1", { hasText: "Non ancora salvato" }).waitFor();
  assert.match(await page.textContent("main"), /Scritto mentre concilia era spento\./);
  await sound(page);
  await page.fill("#indirizzo", entry);
  await page.press("#indirizzo", "Enter");
  await page.waitForURL(/salvato=\d/);
  await sound(page);
  assert.match(read(NIDO), /^sintesi: Scritto mentre concilia era spento\.$/m);
  await page.goto(entry);
  await page.click("a[href='modifiche']");
  await sound(page);
  await context.close();
});
