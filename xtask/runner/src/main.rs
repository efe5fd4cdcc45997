//! What cargo calls with each test compiled to WASM: see `xtask/src/test.rs`.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
