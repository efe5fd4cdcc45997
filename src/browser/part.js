// Loads parts of the core that were not loaded with it. Each is loaded once for each instance of the core; one that
// could not be had is asked for again the next time.

const own = {
  wide: () => fetch(new URL("wide.wasm", import.meta.url)),
  bbs: () => fetch(new URL("bbs.wasm", import.meta.url)),
  files: () => fetch(new URL("files.wasm", import.meta.url)),
  chain: () => fetch(new URL("chain.wasm", import.meta.url)),
  records: () => fetch(new URL("records.wasm", import.meta.url)),
  schemas: () => fetch(new URL("schemas.wasm", import.meta.url)),
};
const loading = {};

/** Loads the part `name`, from where the host says or else from beside this file. */
export function load(name, source, exports, table) {
  loading[name] ??= instantiate(name, source ?? own[name], exports, table);
  loading[name].catch(() => delete loading[name]);
  return loading[name];
}

/** The part fills its own slots of the table; what it takes from the core is in the table's other slots. */
async function instantiate(name, source, exports, table) {
  const given = await source(name);
  const bytes = given.arrayBuffer ? await given.arrayBuffer() : given;
  await WebAssembly.instantiate(bytes, { e: exports, s: new Proxy({}, { get: (_, slot) => table.get(+slot) }) });
}
