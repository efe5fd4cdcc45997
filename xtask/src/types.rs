//! `cargo xtask types`: the TypeScript declarations of the report and the policy, written from the Rust types.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use probant::{Policy, Report};
use ts_rs::{Config, TS, TypeVisitor};

use crate::sh;

const HEAD: &str = "// Written by `cargo xtask types` from the Rust types: change those.\n";
/// Columns of a line.
const WIDTH: usize = 110;

pub fn run(args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "`cargo xtask types` takes no arguments");
    fs::write(path(), declarations())?;
    println!("wrote {}", path().display());
    Ok(())
}

fn path() -> PathBuf {
    sh::www().join("widget/report.ts")
}

/// The report and what it is made of, then the policy and what it is made of, each type where it is first named.
fn declarations() -> String {
    let mut types = Types { config: Config::new(), seen: HashSet::new(), found: BTreeMap::new() };
    types.visit::<Report>();
    types.visit::<Policy>();
    let mut text = HEAD.to_owned();
    for (root, read) in [("Report", false), ("Policy", true)] {
        let mut queue = VecDeque::from([root.to_owned()]);
        while let Some(name) = queue.pop_front() {
            let Some((docs, declaration)) = types.found.remove(&name) else { continue };
            text.push('\n');
            text.push_str(&layout(&docs, &declaration, read));
            queue.extend(declaration.split(|c: char| !c.is_alphanumeric()).map(str::to_owned));
        }
    }
    text
}

/// Docs and declarations by name. The order in which a type's parts are visited differs from build to build.
struct Types {
    config: Config,
    seen: HashSet<TypeId>,
    found: BTreeMap<String, (String, String)>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let declaration = (T::docs().unwrap_or_default(), T::decl(&self.config));
            self.found.insert(T::ident(&self.config), declaration);
        }
        T::visit_generics(self);
        T::visit_dependencies(self);
    }
}

/// Lays a declaration out: one member a line, comments of one line on one line. Members of a type that is `read` by
/// the core have defaults, but for plain strings.
fn layout(docs: &str, declaration: &str, read: bool) -> String {
    let mut out = comment(docs, "");
    let declaration = &declaration.replace("[key in string]", "[name: string]");
    let Some((head, members)) = declaration.split_once(" = { ").filter(|(_, body)| !body.starts_with('['))
    else {
        return out + &union(declaration);
    };
    let name = head.trim_start_matches("type ");
    out.push_str(&format!("export interface {name} {{\n"));
    let mut docs = String::new();
    for line in members.trim_end_matches("};").lines().map(str::trim) {
        match line.strip_suffix(',') {
            Some(member) if !line.starts_with('*') => {
                out.push_str(&comment(&docs, "  "));
                docs.clear();
                let optional = read && !member.ends_with(": string");
                let member = if optional { member.replacen(':', "?:", 1) } else { member.to_owned() };
                out.push_str(&format!("  {};\n", member));
            }
            _ => docs.extend([line, "\n"]),
        }
    }
    out + "}\n"
}

/// `/** … */` around the lines of a comment.
fn comment(docs: &str, indent: &str) -> String {
    let docs = docs.replace("[`", "`").replace("`]", "`");
    let lines: Vec<&str> = docs
        .lines()
        .map(|line| {
            line.trim().trim_start_matches("/**").trim_end_matches("*/").trim_start_matches('*').trim()
        })
        .filter(|line| !line.is_empty())
        .collect();
    match lines[..] {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        _ => format!("{indent}/**\n{indent} * {}\n{indent} */\n", lines.join(&format!("\n{indent} * "))),
    }
}

/// A union of string literals, in lines.
fn union(declaration: &str) -> String {
    let line = format!("export {declaration}\n");
    if line.len() <= WIDTH {
        return line;
    }
    line.replace(" | ", "\n  | ").replace(" = ", " =\n  | ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declarations_are_those_of_the_types() {
        let there = fs::read_to_string(path()).unwrap_or_default();
        assert!(there == declarations(), "{} is out of date: run `cargo xtask types`", path().display());
    }
}
