// The custom-elements manifest, made from the element's doc comment: one source for the documentation and for tools.

/** Reads the tags of the comment that stands before the class. */
export function manifest(source) {
  const [, comment] = /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export class ProbantVerifierElement/.exec(source) ?? [];
  if (!comment) throw new Error("element.ts: no doc comment before the class");
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, ""));
  const tags = (name) => lines.flatMap((line) => {
    const found = new RegExp(`^@${name} (?:\\{(.+?)\\} )?(?:([\\w-]+) ?)?(?:- (.*))?$`).exec(line);
    if (!found) return [];
    const [, type, key = "", description] = found;
    return [{ name: key, ...(type && { type: { text: type } }), ...(description && { description }) }];
  });
  const [element] = tags("element");
  return {
    schemaVersion: "1.0.0",
    modules: [{
      kind: "javascript-module",
      path: "dist/index.js",
      declarations: [{
        kind: "class",
        customElement: true,
        name: "ProbantVerifierElement",
        tagName: element.name,
        description: lines.find((line) => line.trim())?.trim(),
        attributes: tags("attr"),
        events: tags("fires").map((event) => ({ ...event, type: { text: eventClass(event.name) } })),
        slots: tags("slot"),
        cssParts: tags("csspart"),
        cssProperties: tags("cssprop"),
        superclass: { name: "HTMLElement" },
      }],
      exports: [
        { kind: "js", name: "ProbantVerifierElement", declaration: { name: "ProbantVerifierElement", module: "dist/index.js" } },
        { kind: "custom-element-definition", name: element.name, declaration: { name: "ProbantVerifierElement", module: "dist/define.js" } },
      ],
    }],
  };
}

const eventClass = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase()) + "Event";
