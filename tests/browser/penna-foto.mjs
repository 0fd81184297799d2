import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, renameSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { ROOT } from "./sito.mjs";
const folder = mkdtempSync("/work/tmp/penna-foto-");
cpSync(join(ROOT, "tests", "fixtures", "sito"), folder, { recursive: true });
const start = (port) => new Promise((ready) => {
  const p = spawn(join(ROOT, "target/release/concilia"), ["serve", "--port", port], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  p.stdout.on("data", (d) => { said += d; const e = said.match(/http:\S+\/entra\/\S+/)?.[0]; if (e) ready([p, e]); });
});
let [p, entry] = await start("4870");
const browser = await launch();
const N = "piani/2025-2027/progetti/nido.yaml";
const out = "/work/tmp/penna-foto/";
for (const [w, h] of [[390, 844], [1280, 900]]) for (const scheme of ["light", "dark"]) {
  const c = await browser.newContext({ viewport: { width: w, height: h }, colorScheme: scheme, reducedMotion: "reduce" });
  const page = await c.newPage();
  await page.goto(entry);
  const home = page.url();
  const shot = async (name) => page.screenshot({ path: `${out}${name}-${w}-${scheme}.png`, fullPage: true });
  for (const [name, to] of [["casa", ""], ["schede", "schede"], ["scheda", `scheda?file=${N}`], ["azione", `scheda?file=${N}&dove=azioni.0`], ["tabella", `progetto?file=${N}`], ["nuova", "nuova?genere=progetto"]]) {
    await page.goto(home + to); await shot(name);
  }
  await page.goto(`${home}scheda?file=${N}`);
  await page.fill("[name='titolo']", `Titolo ${w} ${scheme}`); await page.press("[name='titolo']", "Enter"); await page.waitForURL(/salvato/);
  await page.click("button:has-text('Annulla questa')"); await page.waitForURL(/salvato=\d/);
  await page.goto(`${home}modifiche`); await shot("modifiche");
  await page.goto(`${home}scheda?file=${N}`);
  await page.fill("[name='titolo']", "Perso");
  renameSync(join(folder, "content", N), join(folder, "content", N.replace("nido", "asilo")));
  await new Promise((r) => setTimeout(r, 1500));
  await page.press("[name='titolo']", "Enter"); await page.locator("h1", { hasText: "Non salvato" }).waitFor(); await shot("perso");
  renameSync(join(folder, "content", N.replace("nido", "asilo")), join(folder, "content", N));
  await new Promise((r) => setTimeout(r, 1500));
  await page.goto(`${home}scheda?file=${N}`);
  await page.fill("[name='titolo']", "Ripreso");
  p.kill(); await new Promise((r) => p.on("exit", r));
  await page.press("[name='titolo']", "Enter"); await page.locator("#spento").waitFor(); await page.screenshot({ path: `${out}spento-${w}-${scheme}.png` });
  [p, entry] = await start("4870");
  await page.press("[name='titolo']", "Enter"); await page.locator("h1", { hasText: "Non ancora" }).waitFor(); await shot("ripreso");
  await c.close();
}
await browser.close(); p.kill();
