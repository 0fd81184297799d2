// The schemas that `concilia schema` writes, in the language server that editors use and in a validator.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

import Ajv from "ajv";

import { Server } from "./server.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PROGRAM = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "release", "concilia");
const FIXTURES = join(ROOT, "tests", "fixtures");
/** The folders whose records are all sound. */
const CONTENTS = [
  join(ROOT, "content"),
  ...["esempio", "sito", "dgr-2028", "conformita"].map((name) => join(FIXTURES, name, "content")),
];

/** The schemas for a folder of records, and which files each is for. */
function written(content) {
  const folder = mkdtempSync(join(tmpdir(), "schemi-"));
  after(() => rmSync(folder, { recursive: true }));
  const told = execFileSync(PROGRAM, ["schema", "--content", content, "--out", folder], { encoding: "utf8" });
  const { "yaml.schemas": files } = JSON.parse(told.slice(told.indexOf("{")));
  const schemas = Object.fromEntries(Object.entries(files).map(([schema, glob]) => [pathToFileURL(schema).href, glob]));
  return { folder, schemas };
}

function records(folder) {
  const all = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".yaml")).sort();
  return all.map((name) => join(folder, name));
}

/** A server that knows the schemas of a folder. */
function started(content) {
  return Server.start(written(content).schemas, [join(content, "partner", "sonda.yaml"), "sconosciuto: 1\n"]);
}

const said = (diagnostics) => diagnostics.map(({ range, message }) => `${range.start.line + 1}: ${message}`);

test("the schemas are sound draft-07", () => {
  const { folder } = written(CONTENTS[0]);
  const names = readdirSync(folder).filter((name) => name.endsWith(".schema.json"));
  assert.equal(names.length, 12);
  for (const name of names) {
    const schema = JSON.parse(readFileSync(join(folder, name), "utf8"));
    assert.equal(schema.$schema, "http://json-schema.org/draft-07/schema#");
    const ajv = new Ajv({ strict: false, validateFormats: false });
    assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
    ajv.compile(schema);
  }
});

for (const content of CONTENTS) {
  test(`nothing is said of the records of ${relative(ROOT, content)}`, async () => {
    const server = await started(content);
    try {
      const files = records(content);
      assert.ok(files.length > 2);
      for (const file of files) {
        const found = await server.open(file, readFileSync(file, "utf8"));
        assert.deepEqual(said(found), [], file);
      }
    } finally {
      server.stop();
    }
  });
}

test("nothing is said of the norms of the program", async () => {
  const server = await started(CONTENTS[0]);
  try {
    for (const file of records(join(ROOT, "src", "norme"))) {
      const place = join(CONTENTS[0], "norme", relative(join(ROOT, "src", "norme"), file));
      assert.deepEqual(said(await server.open(place, readFileSync(file, "utf8"))), [], file);
    }
  } finally {
    server.stop();
  }
});

test("what is wrong is said, what may be written next is not, keys and values are offered", async () => {
  const content = join(FIXTURES, "esempio", "content");
  const server = await started(content);
  let files = 0;
  const project = () => join(content, "piani", "2025-2027", "progetti", `nuovo-${(files += 1)}.yaml`);
  const labels = async (path, text) => (await server.offered(path, text)).map(({ label }) => label);
  try {
    const wrong = [
      "titolo: 388", "alleanza: non-ancora-scritta", "stato: finito", "pubblicato_il: 12/3/2026", "alenza: x", "durata:",
      "finanziamento:", "  costo_complessivo: 1.000,00", "  contributo: 2.00", "",
    ].join("\n");
    const found = said(await server.open(project(), wrong));
    assert.deepEqual(found.map((line) => line.split(":")[0]).sort(), ["3", "4", "5", "8", "9"], found.join("\n"));
    assert.ok(found.includes("8: qui va un importo, per esempio `65000.00`"), found.join("\n"));

    const keys = await labels(project(), "titolo: Uno\n|");
    assert.ok(["alleanza", "stato", "finanziamento", "pagamenti"].every((key) => keys.includes(key)), keys.join());
    assert.ok(!keys.includes("titolo"), keys.join());
    const inside = await labels(project(), "titolo: Uno\nfinanziamento:\n  |");
    assert.ok(inside.includes("contributo_riconosciuto"), inside.join());
    const ids = await labels(project(), "titolo: Uno\nalleanza: |");
    assert.ok(["monte", "piano", "stazione"].every((id) => ids.includes(id)), ids.join());
    const bodies = await labels(project(), "titolo: Uno\npartenariato:\n  - ente: |");
    assert.ok(bodies.includes("coop-delta"), bodies.join());
    const states = await server.offered(project(), "titolo: Uno\nstato: |");
    const running = states.find(({ label }) => label === "in_corso");
    assert.match(JSON.stringify(running), /non è ancora finito/);
    const words = await labels(project(), "titolo: Uno\nazioni:\n  - titolo: Due\n    macrocategoria: |");
    assert.ok(words.includes("mobilita-casa-lavoro"), words.join());
    const questions = await labels(project(), "titolo: Uno\ndichiarazioni:\n  |");
    assert.ok(questions.includes("contributo-per-studi-o-tavoli"), questions.join());
    const list = await labels(join(content, "partner", "nuovi.yaml"), "- id: uno\n  nome: Uno\n  categoria: |");
    assert.ok(list.includes("cooperativa-sociale"), list.join());

    const hover = await server.hover(project(), "titolo: Uno\npagamenti: []\n", 1, 3);
    assert.match(hover, /una riga per mandato/);
  } finally {
    server.stop();
  }
});
