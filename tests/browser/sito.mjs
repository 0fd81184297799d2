// A site built by the real program, served below a path, and what its pages have in common.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const PROGRAM = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "release", "concilia");

/** The folders of records that are published and looked at. */
export const CONTENTS = { spedito: "content", esempio: join("tests", "fixtures", "esempio", "content") };

// Of the example a plan is delivered, then changed and made a draft again: its site has every page and every mark.
const DELIVERED = "2025-2027";
const CHANGES = [
  ["piani/2025-2027/progetti/nido.yaml", /titolo: .+/, "titolo: Un nido accanto al lavoro"],
  ["piani/2025-2027/progetti/sollievo.yaml", /\natti:\n/, "\natti:\n  cup: E11B26000010001\n"],
  ["sito.yaml", /casella: B2 }/, "casella: B2, comuni: [Albino, Nembro], contatti: { telefono: 035 123456 } }"],
  ["piani/2025-2027/progetti/nido.yaml", /erogatore: coop-delta/, '$&\n    contatti: { telefono: "035 432100" }'],
  ["piani/2025-2027/piano.yaml", /stato: .+/, "stato: bozza"],
  ["piani/2025-2027/piano.yaml", /\npassaggi:[^]+$/, "\n"],
];

// Not the root of a host: links that are not relative lead nowhere.
const BELOW = "/un/percorso/";
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json", ".csv": "text/csv; charset=utf-8",
  ".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".pdf": "application/pdf", ".ttl": "text/turtle",
  ".woff2": "font/woff2",
};

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

const run = (...args) => execFileSync(PROGRAM, args, { stdio: ["ignore", "ignore", "pipe"] });

function edit(content, [file, what, by]) {
  const path = join(content, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(what, by);
  if (after === before) throw new Error(`${file}: there is no ${what}`);
  writeFileSync(path, after);
}

/** A copy of the example with a delivered package, a change since then, and a plan that is a draft. */
function delivered(example, folder) {
  const content = join(folder, "content");
  cpSync(example, content, { recursive: true });
  const kept = join(content, "piani", DELIVERED, "consegne");
  const zip = join(folder, "consegna.zip");
  run("consegna", DELIVERED, "--content", content, "--out", zip);
  mkdirSync(kept);
  cpSync(zip, join(kept, "consegna-1.zip"));
  CHANGES.forEach((change) => edit(content, change));
  return content;
}

/** Builds a site into a folder of its own and serves it. */
export async function publish(content) {
  const folder = mkdtempSync(join(tmpdir(), "concilia-browser-"));
  const out = join(folder, "public");
  const records = content === CONTENTS.esempio ? delivered(join(ROOT, content), folder) : join(ROOT, content);
  // The error page, shown at any address, has links from the root of the host.
  run("build", "--content", records, "--out", out, "--base-url", `https://www.esempio.it${BELOW}`);
  const files = walk(out).map((file) => relative(out, file).split(sep).join("/")).filter((file) => !file.startsWith("."));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = path.startsWith(BELOW) ? path.slice(BELOW.length) : "404.html";
    if (file === "" || file.endsWith("/")) file += "index.html";
    // The rules for robots of a host are not those of a site below it.
    const found = files.includes(file) && path !== "/robots.txt";
    const body = readFileSync(join(out, found ? file : "404.html"));
    response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const address = `http://127.0.0.1:${server.address().port}${BELOW}`;
  return {
    out, files, address,
    url: (file) => address + file.replace(/(^|\/)index\.html$/, "$1"),
    size: (file) => statSync(join(out, file)).size,
    text: (file) => readFileSync(join(out, file), "utf8"),
    close: () => { server.closeAllConnections(); server.close(); rmSync(folder, { recursive: true, force: true }); },
  };
}

/** One page of each kind: the largest, which has most to get wrong. */
export function kinds(site) {
  const of = new Map();
  for (const file of site.files.filter((file) => file.endsWith(".html"))) {
    const kind = file
      .replace(/^\d{4}-\d{4}\//, "periodo/")
      .replace(/(progetti|alleanze|avvisi|partner|servizi|dati|norme)\/[^/]+\/index\.html$/, "$1/*/index.html")
      .replace(/^periodo\/(?!progetti|alleanze|avvisi|dati|risorse|conformita|graduatoria|rete|trasparenza|monitoraggio|chi-puo-accedere|documento|registro|storico)[^/]+\/index\.html$/, "periodo/pagina/index.html");
    if (!of.has(kind) || site.size(file) > site.size(of.get(kind))) of.set(kind, file);
  }
  return [...of.entries()].map(([kind, file]) => ({ kind, file }));
}
