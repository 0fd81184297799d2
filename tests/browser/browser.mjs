// The browser of the machine, without what it would ask of the network on its own.
import { after, before, describe } from "node:test";
import { chromium } from "playwright-core";
import { CONTENTS, publish } from "./sito.mjs";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });

/** A page that remembers what it should not do: say something, or ask another host. */
export async function watched(context, site) {
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site.address) && !url.startsWith("data:")) wrong.push(`foreign request: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  return { page, wrong };
}

/** Tests of each site that is looked at: they get it, and a browser, when they run. */
export function forEachSite(tests) {
  for (const [name, content] of Object.entries(CONTENTS)) {
    describe(`site ${name}`, () => {
      const at = { name };
      before(async () => {
        at.site = await publish(content);
        at.browser = await launch();
      });
      after(async () => {
        await at.browser?.close();
        at.site?.close();
      });
      tests(at);
    });
  }
}
