// The Nu Html Checker has nothing to say of any page, style or drawing; every link and anchor of a page resolves.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CONTENTS, publish } from "./sito.mjs";

const VNU = createRequire(import.meta.url)("vnu-jar");

for (const [name, content] of Object.entries(CONTENTS)) {
  describe(`site ${name}`, () => {
    let site;
    before(async () => (site = await publish(content)));
    after(() => site?.close());

    for (const [kind, flags] of [[".html", []], [".css", ["--css"]], [".svg", ["--svg"]]]) {
      test(`no error in any ${kind} file`, () => {
        // The styles of the frame undo what browsers have learnt since the checker: `attribuzione.test.mjs` judges them.
        const own = (file) => file.endsWith(kind) && file !== "concilia.css";
        const files = site.files.filter(own).map((file) => join(site.out, file));
        assert.ok(files.length > 0);
        const checked = spawnSync("java", ["-Xss8m", "-jar", VNU, "--errors-only", "--format", "gnu", ...flags, ...files], {
          encoding: "utf8", maxBuffer: 1 << 26,
        });
        assert.equal(checked.stderr.replaceAll(`file:${site.out}/`, ""), "");
        assert.equal(checked.status, 0);
      });
    }

    test("every link and anchor resolves", () => {
      const dead = [];
      const ids = new Map();
      const idsOf = (file) => {
        if (!ids.has(file)) ids.set(file, new Set([...site.text(file).matchAll(/\sid="([^"]+)"/g)].map((m) => m[1])));
        return ids.get(file);
      };
      const pages = site.files.filter((file) => file.endsWith(".html") && file !== "404.html");
      for (const file of pages) {
        for (const [, target] of site.text(file).matchAll(/\s(?:href|src)="([^"]*)"/g)) {
          if (/^[a-z][a-z+.-]*:/i.test(target)) continue;
          const url = new URL(target.replaceAll("&amp;", "&"), `http://x/${file.replace(/index\.html$/, "")}`);
          let to = decodeURIComponent(url.pathname.slice(1));
          if (target.startsWith("#")) to = file;
          if (to === "" || to.endsWith("/")) to += "index.html";
          const anchor = decodeURIComponent(url.hash.slice(1));
          if (!site.files.includes(to)) dead.push(`${file}: ${target}`);
          else if (anchor && to.endsWith(".html") && !idsOf(to).has(anchor)) dead.push(`${file}: ${target}`);
        }
      }
      assert.deepEqual(dead, []);
    });
  });
}
