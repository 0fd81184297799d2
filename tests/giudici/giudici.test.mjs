// What judges other than those of `tests/browser` say of one page of each kind: each has rules that the others lack.
// They take a quarter of an hour and Lighthouse measures time, so they are run by hand.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { HtmlValidate } from "html-validate";
import { forEachSite, watched } from "../browser/browser.mjs";
import { kinds } from "../browser/sito.mjs";

const require = createRequire(import.meta.url);
const read = (file) => readFileSync(require.resolve(file), "utf8");
const AXE = read("axe-core/axe.min.js");
const SNIFFER = read("html_codesniffer/build/HTMLCS.js");
const IBM = readFileSync(join(dirname(require.resolve("accessibility-checker-engine/package.json")), "ace.js"), "utf8");

/** Asks of every kind of page, everything opened, and gathers what is said. */
async function ask({ site, browser }, question) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", bypassCSP: true });
  const { page } = await watched(context, site);
  const said = [];
  for (const { kind, file } of kinds(site)) {
    await page.goto(site.url(file), { waitUntil: "load" });
    await page.evaluate(() => document.querySelectorAll("main details").forEach((part) => (part.open = true)));
    for (const line of await question(page)) said.push(`${kind}: ${line}`);
  }
  await context.close();
  return said;
}

forEachSite((at) => {
  test("html-validate", async () => {
    const judge = new HtmlValidate({
      extends: ["html-validate:standard", "html-validate:a11y"],
      rules: {
        // Elements without content are written as in the standard, `<br>` and not `<br/>`: this rule is about style.
        "void-style": ["error", { style: "omit" }],
        // A box in which a wide table scrolls is a region with a name and no section of the text.
        "prefer-native-element": ["error", { exclude: ["region"] }],
      },
    });
    const said = [];
    for (const { kind, file } of kinds(at.site)) {
      const { results } = await judge.validateString(at.site.text(file), file);
      for (const { messages } of results) {
        for (const { ruleId, message, line, column } of messages) said.push(`${kind}:${line}:${column}: ${ruleId}: ${message}`);
      }
    }
    assert.deepEqual(said, []);
  });

  test("axe, best practices", async () => {
    const said = await ask(at, async (page) => {
      await page.evaluate(AXE);
      const options = { runOnly: { type: "tag", values: ["best-practice", "wcag22aa", "wcag21aa", "wcag2aa", "wcag2a"] } };
      const { violations } = await page.evaluate((options) => axe.run(document, options), options);
      return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)}`));
    });
    assert.deepEqual(said, []);
  });

  test("IBM Equal Access", async () => {
    const said = await ask(at, async (page) => {
      await page.evaluate(`${IBM};window.ace = ace;`);
      const { results } = await page.evaluate(() => new ace.Checker().check(document, ["WCAG_2_2"]));
      const wrong = results.filter(({ value: [level, outcome] }) => level === "VIOLATION" && outcome === "FAIL");
      return wrong.map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet?.slice(0, 160)}`);
    });
    assert.deepEqual(said, []);
  });

  test("HTML_CodeSniffer", async () => {
    const said = await ask(at, async (page) => {
      await page.evaluate(SNIFFER);
      return page.evaluate(
        () =>
          new Promise((done) => {
            HTMLCS.process("WCAG2AA", document, () => {
              const wrong = HTMLCS.getMessages().filter((message) => message.type === HTMLCS.ERROR);
              done(wrong.map(({ code, msg, element }) => `${code}: ${msg} ${element.outerHTML?.slice(0, 160)}`));
            });
          }),
      );
    });
    assert.deepEqual(said, []);
  });

  test("Lighthouse", async () => {
    const said = [];
    const pages = new Set(["index.html", "periodo/progetti/*/index.html", "servizi/index.html", "cerca/index.html"]);
    for (const { kind, file } of kinds(at.site).filter(({ kind }) => pages.has(kind))) {
      const flags = ["--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"];
      // Not waited for in one piece: the site is served from here.
      const { stdout } = await promisify(execFile)(
        process.execPath, [require.resolve("lighthouse/cli/index.js"), at.site.url(file), ...flags],
        { maxBuffer: 1 << 27, env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? "/usr/bin/chromium" } },
      );
      const { categories, audits } = JSON.parse(stdout);
      for (const { id, score, auditRefs } of Object.values(categories).filter(({ score }) => score !== 1)) {
        const low = auditRefs.filter((ref) => ref.weight > 0 && audits[ref.id].score !== null && audits[ref.id].score < 1);
        said.push(`${kind}: ${id} ${score}: ${low.map((ref) => ref.id).join(", ")}`);
      }
    }
    assert.deepEqual(said, []);
  });
});
