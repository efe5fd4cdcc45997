// Prints, as one JSON array, the contexts that packages export as JavaScript objects: those of `sources.json` with an
// `export`, in its order. Each step of an `export` is a property or the key of a map.
import { readFileSync } from 'node:fs';

const sources = JSON.parse(readFileSync(new URL('sources.json', import.meta.url)));
const documents = [];
for (const source of sources.filter((source) => source.export)) {
  let value = await import(source.package);
  for (const step of source.export) value = value instanceof Map ? value.get(step) : value[step];
  documents.push(value);
}
console.log(JSON.stringify(documents));
