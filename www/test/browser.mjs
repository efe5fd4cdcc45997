// One headless Chromium for all tests.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];

export function chromium() {
  const named = process.env.PROBANT_CHROMIUM;
  const found = named ?? CANDIDATES.find((path) => existsSync(path));
  if (!found) throw new Error("No Chromium: install it (Debian: apt-get install chromium) or name it in PROBANT_CHROMIUM.");
  return found;
}

/** `more` are further arguments of the browser. */
export async function launch(more = []) {
  const profile = await mkdtemp(join(tmpdir(), "probant-test-"));
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    userDataDir: profile,
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--disable-dev-shm-usage", "--lang=en-CA",
      // No test reaches anything but this machine.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
      ...more,
    ],
  });
  const close = async () => {
    await browser.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}
