//! `cargo xtask contexts`: compiles the built-in JSON-LD contexts into the table that the crate embeds.
//!
//! `contexts/sources.json` says where each comes from: a published package, pinned by `contexts/package-lock.json`, or
//! the corpus, where no package ships it. It pins the SHA-256 of the file's bytes, and of what the bytes mean: the
//! canonical JSON (RFC 8785) of the value of `@context`. Nothing that differs is compiled.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use probant::codec::to_hex;
use probant::json::{self, Json};
use probant::rdf::compile::{Source, compile};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::sh;

/// The table of all contexts, for the crate.
const TABLE: &str = "src/rdf/contexts.bin";
/// The table of those that nearly every badge uses, which a page loads first.
const OFTEN: &str = "src/rdf/often.bin";
/// The digests of what the contexts are published as, for the crate.
const DIGESTS: &str = "src/rdf/digests.bin";
/// What is in it, for the reader.
const LISTING: &str = "src/rdf/contexts.md";

/// Writes the table and its listing.
pub fn run(_: &[&str]) -> Result<()> {
    let folder = folder();
    if !is_installed(&folder) {
        let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
        let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        sh::run(Command::new(npm).args(args).current_dir(&folder))?;
    }
    let corpus = corpus().context("some contexts come from the corpus: set PROBANT_CORPUS")?;
    let documents = documents(&folder, &corpus)?;
    for (name, often) in [(TABLE, false), (OFTEN, true)] {
        let table = table(&documents, often)?;
        fs::write(sh::root().join(name), &table)?;
        println!("{name}: {} bytes", table.len());
    }
    fs::write(sh::root().join(LISTING), listing(&documents))?;
    fs::write(sh::root().join(DIGESTS), digests(&corpus)?)?;
    Ok(())
}

fn folder() -> PathBuf {
    sh::root().join("xtask/contexts")
}

/// Whether the pinned packages are there.
fn is_installed(folder: &Path) -> bool {
    let time = |name: &str| fs::metadata(folder.join(name)).and_then(|meta| meta.modified()).ok();
    time("node_modules/.package-lock.json").is_some_and(|done| Some(done) >= time("package-lock.json"))
}

/// The corpus folder, if there is one.
fn corpus() -> Option<PathBuf> {
    let corpus = std::env::var_os("PROBANT_CORPUS")
        .map_or_else(|| sh::root().join("../shared/corpus"), PathBuf::from)
        .join("contexts");
    corpus.is_dir().then_some(corpus)
}

/// A context document that was read and found to be the pinned one.
struct Document {
    urls: Vec<String>,
    /// Not the latest edition of its URLs.
    former: bool,
    /// In both tables.
    often: bool,
    /// To be read as JSON-LD 1.0.
    mode_10: bool,
    /// Where it was read.
    source: String,
    /// SHA-256 of the file's bytes; none for an object in a program.
    sha256: Option<String>,
    /// SHA-256 of its canonical JSON.
    meaning: String,
    context: Json,
}

/// Reads every document that `sources.json` names.
fn documents(folder: &Path, corpus: &Path) -> Result<Vec<Document>> {
    let sources: Value = serde_json::from_slice(&fs::read(folder.join("sources.json"))?)?;
    let sources = sources.as_array().context("sources.json is no array")?;
    let mut exported = exported(folder)?.into_iter();
    let known = known_to_corpus(corpus)?;
    let mut documents = Vec::new();
    for source in sources {
        let text = |name: &str| source[name].as_str();
        let urls = source["urls"].as_array().context("no urls")?.iter();
        let urls: Vec<String> = urls.filter_map(|url| url.as_str().map(String::from)).collect();
        let name = urls.first().context("no url")?;
        let (from, bytes) = match (text("package"), text("file"), text("corpus")) {
            (Some(package), Some(file), None) => {
                let path = folder.join("node_modules").join(package);
                let from = format!("npm {package}@{}, {file}", version(&path)?);
                (from, Some(fs::read(path.join(file)).with_context(|| name.clone())?))
            }
            (Some(package), None, None) => {
                let version = version(&folder.join("node_modules").join(package))?;
                (format!("npm {package}@{version}, exported object"), None)
            }
            (None, None, Some(file)) => {
                (format!("corpus, {file}"), Some(fs::read(corpus.join(file)).with_context(|| name.clone())?))
            }
            _ => bail!("{name}: a source is a package and a file, a package and an export, or a corpus file"),
        };
        let sha256 = bytes.as_deref().map(sha256);
        ensure!(sha256.as_deref() == text("sha256"), "{name}: the bytes are not the pinned ones: {sha256:?}");
        let document = match bytes {
            Some(bytes) => parse(&bytes)?,
            None => exported.next().with_context(|| format!("{name}: not exported"))?,
        };
        let context = document.get("@context").with_context(|| format!("{name}: no context"))?.clone();
        let meaning = meaning(&context);
        ensure!(
            Some(meaning.as_str()) == text("meaning"),
            "{name}: the meaning is not the pinned one: {meaning}"
        );
        let former = text("edition") == Some("former");
        for url in &urls {
            // The corpus holds one edition of each; the other is among its alternatives.
            let Some(Known { meaning: expected, sha256 }) = known.get(url) else { continue };
            let other = text("edition").is_some();
            ensure!(other || *expected == meaning, "{url}: differs in meaning from the corpus");
            let stated = text("stated");
            ensure!(stated.is_none_or(|stated| stated == sha256), "{url}: not what its specification states");
        }
        let mode_10 = text("mode") == Some("json-ld-1.0");
        let often = source["often"].as_bool() == Some(true);
        documents.push(Document { urls, former, often, mode_10, source: from, sha256, meaning, context });
    }
    for (url, Known { meaning, .. }) in &known {
        let found =
            documents.iter().any(|document| document.urls.contains(url) && document.meaning == *meaning);
        ensure!(found, "{url}: in the corpus, but not compiled");
    }
    Ok(documents)
}

/// What the corpus has for a URL.
struct Known {
    meaning: String,
    sha256: String,
}

/// The contexts of the corpus by URL, each checked against its own hash.
fn known_to_corpus(corpus: &Path) -> Result<BTreeMap<String, Known>> {
    let index: BTreeMap<String, Value> = serde_json::from_slice(&fs::read(corpus.join("index.json"))?)?;
    let mut known = BTreeMap::new();
    for (url, entry) in index {
        let file = entry["file"].as_str().with_context(|| format!("{url}: no file"))?;
        let bytes = fs::read(corpus.join(file))?;
        let sha256 = sha256(&bytes);
        ensure!(entry["sha256"] == sha256.as_str(), "{file}: not the file that the index names");
        let document = parse(&bytes)?;
        let context = document.get("@context").with_context(|| format!("{file}: no context"))?;
        known.insert(url, Known { meaning: meaning(context), sha256 });
    }
    Ok(known)
}

/// The contexts that packages export as objects, in the order of `sources.json`.
fn exported(folder: &Path) -> Result<Vec<Json>> {
    let text = sh::output(Command::new("node").arg("read.mjs").current_dir(folder))?;
    Ok(parse(text.as_bytes())?.each().to_vec())
}

fn version(package: &Path) -> Result<String> {
    let manifest: Value = serde_json::from_slice(&fs::read(package.join("package.json"))?)?;
    manifest["version"]
        .as_str()
        .map(String::from)
        .with_context(|| format!("{}: no version", package.display()))
}

/// A published context has names twice, with different values; JavaScript, which issuers sign with, takes the last.
fn parse(bytes: &[u8]) -> Result<Json> {
    let last_wins: Value = serde_json::from_slice(bytes)?;
    json::parse(last_wins.to_string().as_bytes()).map_err(|error| anyhow::anyhow!("{error:?}"))
}

fn sha256(bytes: &[u8]) -> String {
    to_hex(&Sha256::digest(bytes))
}

fn meaning(context: &Json) -> String {
    sha256(json::canonicalize(context).as_bytes())
}

/// Compiles the documents, or those that are used `often`.
fn table(documents: &[Document], often: bool) -> Result<Vec<u8>> {
    let mut urls: BTreeMap<&str, [Option<&Document>; 2]> = BTreeMap::new();
    for document in documents.iter().filter(|document| document.often || !often) {
        for url in &document.urls {
            let slot = &mut urls.entry(url).or_default()[usize::from(document.former)];
            ensure!(slot.replace(document).is_none(), "{url}: twice");
        }
    }
    let mut sources = Vec::new();
    for (url, [current, former]) in urls {
        let current = current.with_context(|| format!("{url}: only a former edition"))?;
        let former = former.map(|former| &former.context);
        sources.push(Source { url, current: &current.context, former, mode_10: current.mode_10 });
    }
    compile(&sources).map_err(|error| anyhow::anyhow!("{error:?}"))
}

/// The digests of the exact documents, which the corpus has, by the URLs that credentials of VCDM 2.0 name: rows as
/// `src/rdf/digests.rs` reads them.
fn digests(corpus: &Path) -> Result<Vec<u8>> {
    // Of these the corpus has what their own repositories publish, and their content does not change any more. Other
    // publishers add to a context under the address that it has, so that no digest of it can be called wrong.
    const NAMED: [&str; 7] = [
        "https://www.w3.org/2018/credentials/",
        "https://www.w3.org/ns/credentials/",
        "https://www.w3.org/ns/cid/",
        "https://w3id.org/security/data-integrity/",
        "https://w3id.org/security/multikey/",
        "https://w3id.org/security/jwk/",
        "https://w3id.org/vc/status-list/",
    ];
    let index: BTreeMap<String, Value> = serde_json::from_slice(&fs::read(corpus.join("index.json"))?)?;
    let mut rows = BTreeMap::new();
    for (url, entry) in index.iter().filter(|(url, _)| NAMED.iter().any(|start| url.starts_with(start))) {
        let file = entry["file"].as_str().with_context(|| format!("{url}: no file"))?;
        let bytes = fs::read(corpus.join(file))?;
        ensure!(entry["sha256"] == sha256(&bytes).as_str(), "{file}: not the file that the index names");
        let first = |digest: &[u8]| digest.iter().take(4).copied().collect::<Vec<u8>>();
        let of_document =
            [first(&Sha256::digest(&bytes)), first(&Sha384::digest(&bytes)), first(&Sha512::digest(&bytes))];
        ensure!(
            rows.insert(first(&Sha256::digest(url)), of_document).is_none(),
            "{url}: a key is there twice"
        );
    }
    Ok(rows
        .into_iter()
        .flat_map(|(key, of_document)| [vec![key], of_document.into()].concat().concat())
        .collect())
}

/// What is in the table, as a Markdown table.
fn listing(documents: &[Document]) -> String {
    let mut rows = BTreeMap::new();
    for document in documents {
        for url in &document.urls {
            rows.insert((url, document.former), document);
        }
    }
    let mut text = String::from(
        "# Built-in contexts\n\n\
         Written by `cargo xtask contexts` beside `contexts.bin`, which holds these contexts compiled. *Bytes* is the \
         SHA-256 of the file that was read, *meaning* that of the canonical JSON (RFC 8785) of its `@context`.\n\n\
         | URL | edition | read from | bytes | meaning |\n| --- | --- | --- | --- | --- |\n",
    );
    for ((url, former), document) in rows {
        let edition = if former { "former" } else { "current" };
        let bytes = document.sha256.as_deref().unwrap_or("–");
        let Document { source, meaning, .. } = document;
        let _ = writeln!(text, "| {url} | {edition} | {source} | {bytes} | {meaning} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The committed table is what its sources compile to, byte for byte.
    #[test]
    fn the_table_is_up_to_date() {
        let folder = folder();
        let Some(corpus) = corpus().filter(|_| is_installed(&folder)) else {
            eprintln!(
                "SKIPPED: without the corpus and the packages (`cargo xtask contexts`) the table is not checked"
            );
            return;
        };
        let documents = documents(&folder, &corpus).unwrap();
        for (name, often) in [(TABLE, false), (OFTEN, true)] {
            let committed = fs::read(sh::root().join(name)).unwrap();
            assert!(table(&documents, often).unwrap() == committed, "run `cargo xtask contexts`");
        }
        assert!(
            digests(&corpus).unwrap() == fs::read(sh::root().join(DIGESTS)).unwrap(),
            "run `cargo xtask contexts`"
        );
        let listed = fs::read_to_string(sh::root().join(LISTING)).unwrap();
        assert!(listing(&documents) == listed, "run `cargo xtask contexts`");
    }
}
