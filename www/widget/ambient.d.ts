/** Style sheets are bundled as text. */
declare module "*.css" {
  const text: string;
  export default text;
}

/** The core is made by `cargo xtask build` and stays a file of its own. */
declare module "*/core/core.js";
