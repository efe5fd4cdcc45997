// A headless Chromium for the tests of a file, or a Firefox.
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

/** The program that `variable` names, else the first of `names` that is installed. */
function program(variable, names) {
  const found = process.env[variable] ?? names.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path));
  if (!found) throw new Error(`No browser: install it (Debian: apt-get install ${names[0]}) or name it in ${variable}.`);
  return found;
}

/** `more` are further arguments of the browser. */
export async function launch(more = []) {
  const profile = await mkdtemp(join(tmpdir(), "probant-test-"));
  const browser = await puppeteer.launch({
    executablePath: program("PROBANT_CHROMIUM", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]),
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

/** The same in Firefox, through WebDriver BiDi. */
export async function launchFirefox() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: program("PROBANT_FIREFOX", ["firefox-esr", "firefox"]),
    headless: true,
    extraPrefsFirefox: {
      "intl.accept_languages": "en-CA",
      // No test reaches anything but this machine: all else goes to a proxy that is not there.
      "network.proxy.type": 1, "network.proxy.socks": "127.0.0.1", "network.proxy.socks_port": 9, "network.proxy.socks_remote_dns": true,
    },
  });
  return { browser, close: () => browser.close() };
}
