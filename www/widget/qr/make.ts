import type * as dom from "../dom";

/** What elements are made with. It is handed in, so that the first visit's script stays in one piece. */
export type Make = Pick<typeof dom, "h" | "button">;
