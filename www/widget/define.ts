/** Registers `<probant-verifier>`. */

import { ProbantVerifierElement } from "./element";

ProbantVerifierElement.define();

declare global {
  interface HTMLElementTagNameMap {
    "probant-verifier": ProbantVerifierElement;
  }
}

export { ProbantVerifierElement };
