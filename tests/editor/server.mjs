// The language server of editors, spoken to as they do: JSON-RPC on its standard input and output.
import { spawn } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

const SERVER = fileURLToPath(new URL("node_modules/yaml-language-server/bin/yaml-language-server", import.meta.url));

export class Server {
  #next = 1;
  #waiting = new Map();
  #diagnostics = new Map();
  #text = Buffer.alloc(0);

  /** With each schema, the files that it is for. A text with a mistake tells when the server has taken them up. */
  static async start(schemas, [path, wrong]) {
    const server = new Server();
    server.settings = {
      yaml: { schemas, validate: true, completion: true, hover: true, schemaStore: { enable: false } },
      http: {},
      "[yaml]": {},
      editor: {},
      files: {},
    };
    server.process = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    server.process.stdout.on("data", (bytes) => server.#read(bytes));
    await server.ask("initialize", {
      processId: process.pid,
      rootUri: null,
      capabilities: {
        workspace: { configuration: true },
        textDocument: { completion: { completionItem: { documentationFormat: ["markdown"] } } },
      },
    });
    server.#send({ method: "initialized", params: {} });
    server.#send({ method: "workspace/didChangeConfiguration", params: { settings: server.settings } });
    await server.open(path, wrong, (diagnostics) => diagnostics.length > 0);
    return server;
  }

  stop() {
    this.process.kill();
  }

  ask(method, params) {
    const id = this.#next++;
    this.#send({ id, method, params });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Opens a text as this file, which was not opened before; what the server says of it. */
  async open(path, text, is_all = () => true) {
    const uri = pathToFileURL(path).href;
    const said = new Promise((resolve) => this.#diagnostics.set(uri, { resolve, is_all }));
    this.#send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
    return said;
  }

  /** What is offered where `|` stands. */
  async offered(path, marked) {
    const before = marked.slice(0, marked.indexOf("|"));
    const position = { line: before.split("\n").length - 1, character: before.length - before.lastIndexOf("\n") - 1 };
    await this.open(path, marked.replace("|", ""));
    const textDocument = { uri: pathToFileURL(path).href };
    const found = await this.ask("textDocument/completion", { textDocument, position });
    return found.items;
  }

  async hover(path, text, line, character) {
    await this.open(path, text);
    const textDocument = { uri: pathToFileURL(path).href };
    const found = await this.ask("textDocument/hover", { textDocument, position: { line, character } });
    return found?.contents?.value ?? "";
  }

  #send(message) {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #read(bytes) {
    this.#text = Buffer.concat([this.#text, bytes]);
    for (;;) {
      const end = this.#text.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#text.subarray(0, end))[1]);
      const start = end + 4;
      if (this.#text.length < start + length) return;
      const message = JSON.parse(this.#text.subarray(start, start + length));
      this.#text = this.#text.subarray(start + length);
      this.#take(message);
    }
  }

  #take({ id, method, params, result, error }) {
    if (method === "workspace/configuration") {
      this.#send({ id, result: params.items.map(({ section }) => this.settings[section] ?? null) });
    } else if (method === "textDocument/publishDiagnostics") {
      const waiting = this.#diagnostics.get(params.uri);
      if (waiting?.is_all(params.diagnostics)) {
        this.#diagnostics.delete(params.uri);
        waiting.resolve(params.diagnostics);
      }
    } else if (method && id !== undefined) {
      this.#send({ id, result: null });
    } else if (!method) {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  }
}
