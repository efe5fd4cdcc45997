/** The example badges: one of each answer, none of which touches the network. */
import type { Failure, Policy, ProbantVerifierElement } from "../widget/index";
/** One entry of `examples/index.json`. */
export interface Example {
    id: string;
    title: {
        en: string;
        fr: string;
    };
    /** The badge, beside the index. */
    file?: string;
    /** Whom the page trusts for this example alone. */
    policy?: Policy;
    /** The documents that it needs, by address: a file beside the index, or why there is none. */
    evidence?: Record<string, string | {
        failure: Failure;
    }>;
    /** Until there is a file: the made-up state that stands in for it. */
    mock?: string;
}
export declare function loadExamples(): Promise<Example[]>;
/** Shows an example; gives what to do once another badge is shown. */
export declare function showExample(verifier: ProbantVerifierElement, example: Example): Promise<() => void>;
