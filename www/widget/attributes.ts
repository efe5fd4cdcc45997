/** Attributes that are properties of the same name. */

const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const REFLECTED = [
  "src", "for", "display", "auto", "network", "trust", "expected-issuer", "theme", "input", "mock", "page", "worker",
] as const;

export class ReflectingElement extends Base {
  declare src: string | null;
  declare for: string | null;
  declare display: string | null;
  declare auto: string | null;
  declare network: string | null;
  declare trust: string | null;
  declare expectedIssuer: string | null;
  declare theme: string | null;
  declare input: string | null;
  declare mock: string | null;
  declare page: string | null;
  declare worker: string | null;

  static {
    for (const name of REFLECTED) {
      const property = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
      Object.defineProperty(this.prototype, property, {
        configurable: true,
        enumerable: true,
        get(this: Element) {
          return this.getAttribute(name);
        },
        set(this: Element, value: unknown) {
          if (value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, String(value));
        },
      });
    }
  }
}
