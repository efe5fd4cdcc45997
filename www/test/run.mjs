// Runs every test below, prints what Node's runner says, and sums up in one line that a program can read.
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(here)
  .filter((name) => name.endsWith(".test.mjs") && (wanted.length === 0 || wanted.some((w) => name.includes(w))))
  .sort()
  .map((name) => here + name);

const count = { passed: 0, failed: 0 };
const counted = (event) => {
  // A file is reported as a test of its own; only what stands in it counts, and a file that breaks.
  const isFile = event.nesting === 0 && files.includes(event.name);
  return !isFile && event.details?.type !== "suite";
};
// One file at a time: two browsers at once would be slow on small machines.
const stream = run({ files, concurrency: 1, timeout: 300_000 });
stream.on("test:pass", (event) => counted(event) && count.passed++);
stream.on("test:fail", (event) => (count.failed += counted(event) || event.nesting === 0 ? 1 : 0));
stream.compose(spec()).pipe(process.stdout);
stream.on("end", () => setImmediate(() => {
  console.log(`www: ${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
}));
