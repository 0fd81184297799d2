// The pictures of the guide and of the README, taken from the program as it is: `npm run figure`.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { CONTENTS, PROGRAM, ROOT } from "./sito.mjs";

const MEDIA = join(ROOT, "docs", "guida", "content", "media");
const HEAVIEST = 60_000;
const SCREEN = { width: 1120, height: 760 };

/** The preview of the records in a folder and their editor, at the addresses that it tells. */
async function serve(folder) {
  const child = spawn(PROGRAM, ["serve", "--port", "4470"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const told = await new Promise((found, failed) => {
    let said = "";
    const listen = (part) => {
      said += part;
      const addresses = said.match(/http:\/\/127\.0\.0\.1:\d+\/\S*(?=\s)/g) ?? [];
      if (addresses.length === 2) found(addresses);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.on("exit", (code) => failed(new Error(`concilia serve: ${code}\n${said}`)));
  });
  const [address, editor] = told;
  return { address, editor, stop: () => child.kill() };
}

/** What is to be seen of a page, as WebP: the best quality that is light enough. */
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready);
  const session = await page.context().newCDPSession(page);
  for (const quality of [90, 80, 70, 60, 50, 40]) {
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality });
    const bytes = Buffer.from(data, "base64");
    if (bytes.length > HEAVIEST) continue;
    writeFileSync(join(MEDIA, `${name}.webp`), bytes);
    console.log(`${name}.webp: ${bytes.length} bytes, quality ${quality}`);
    return;
  }
  throw new Error(`${name} is too heavy`);
}

function change(file, from, to) {
  const before = readFileSync(file, "utf8");
  if (!before.includes(from)) throw new Error(`${file}: there is no ${from}`);
  writeFileSync(file, before.replace(from, to));
}

/** The pictures of one site: its folder of records, what is done with a page of its preview, and before it is shown. */
async function site(browser, content, pictures, prepare = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "concilia-figure-"));
  const records = join(folder, "content");
  cpSync(join(ROOT, content), records, { recursive: true });
  prepare(records);
  const preview = await serve(folder);
  try {
    const page = await browser.newPage({ viewport: SCREEN, reducedMotion: "reduce", colorScheme: "light" });
    await pictures(page, (path) => page.goto(new URL(path, preview.address).href), records, preview.editor);
    await page.close();
  } finally {
    preview.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

const browser = await launch();
try {
  await site(browser, CONTENTS.spedito, async (page, open) => {
    await open("");
    await picture(page, "sito");
  });
  await site(browser, CONTENTS.esempio, async (page, open, records, editor) => {
    await open("2025-2027/progetti/nido/");
    await picture(page, "progetto");
    await open("2025-2027/conformita/");
    await picture(page, "conformita");
    await page.goto(editor);
    await picture(page, "editor");
    await page.getByRole("link", { name: "Schede" }).click();
    await page.getByRole("link", { name: "Un nido vicino al lavoro" }).first().click();
    page.on("dialog", (question) => question.accept());
    await page.fill("[name='finanziamento.contributo_riconosciuto']", "57.000,00");
    const told = page.locator("[id='r-finanziamento.contributo_riconosciuto'] .errore");
    await told.waitFor();
    await told.evaluate((element) => element.scrollIntoView({ block: "center" }));
    await picture(page, "editor-scheda");
    await open("2025-2027/progetti/nido/");
    const nido = join(records, "piani", "2025-2027", "progetti", "nido.yaml");
    change(nido, "contributo_richiesto: 56000.00", "contributo_richiesto: 57000.00");
    await page.getByText("Q-01").first().waitFor();
    await picture(page, "errore");
  }, (records) => cpSync(join(MEDIA, "logo.svg"), join(records, "media", "logo.svg")));
} finally {
  await browser.close();
}
