/** Lets JSX know the element: `import "probant/react"` in a declaration file of the application. */

import type { ProbantVerifierElement } from "probant";
import type { DetailedHTMLProps, HTMLAttributes } from "react";

type Attributes = Partial<Record<
  | "src" | "for" | "display" | "auto" | "network" | "recipient" | "expected-issuer" | "trust" | "theme" | "input"
  | "page" | "worker" | "mock",
  string
>> & { open?: boolean };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "probant-verifier": DetailedHTMLProps<HTMLAttributes<ProbantVerifierElement>, ProbantVerifierElement> & Attributes;
    }
  }
}
