//! `cargo xtask serve`: the built page on this machine, under the strictest policy that it must run under.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::{build, sh};

const PORT: u16 = 8080;

/// Longest request head, in bytes.
const MAX_HEAD: u64 = 16 << 10;

const HEADERS: &str = "\
Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
connect-src https: 'self'; img-src 'self' data: blob:\r\n\
X-Content-Type-Options: nosniff\r\n\
Referrer-Policy: no-referrer\r\n\
Cache-Control: no-cache\r\n\
Connection: close\r\n";

pub fn run(args: &[&str]) -> Result<()> {
    let port = match args {
        [] => None,
        ["--port", port] => Some(port.parse().context("--port wants a number")?),
        _ => bail!("usage: cargo xtask serve [--port N]"),
    };
    build::run()?;
    let listener = listen(port)?;
    println!("http://{}/", listener.local_addr()?);
    let site = sh::www().join("dist/site").canonicalize()?;
    for stream in listener.incoming().flatten() {
        let site = site.clone();
        thread::spawn(move || {
            // A reader who goes away in the middle is no error of ours.
            let _ = answer(&stream, &site);
        });
    }
    Ok(())
}

/// On `port`; where none is asked for, on 8080 or else any free one.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    match port {
        Some(port) => bind(port).with_context(|| format!("port {port}")),
        None => Ok(bind(PORT).or_else(|_| bind(0))?),
    }
}

fn answer(mut stream: &TcpStream, site: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(MAX_HEAD)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // Closing a connection with unread bytes would reset it under the answer.
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let mut parts = request.split(' ');
    let (method, target) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let (status, kind, body) = match (method, find(site, target)) {
        ("GET" | "HEAD", Some(file)) => ("200 OK", media_type(&file), fs::read(&file)?),
        ("GET" | "HEAD", None) => ("404 Not Found", "text/plain", b"not found\n".to_vec()),
        _ => ("405 Method Not Allowed", "text/plain", b"only GET and HEAD\n".to_vec()),
    };
    let length = body.len();
    write!(stream, "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{HEADERS}\r\n")?;
    if method != "HEAD" {
        stream.write_all(&body)?;
    }
    stream.flush()
}

/// The file below `site` (which is canonical) that a request's target names.
fn find(site: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = percent_decoded(path)?;
    let plain = |part: &str| !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    if !path.split('/').all(plain) {
        return None;
    }
    let mut file = site.join(path);
    if file.is_dir() {
        file.push("index.html");
    }
    // A symbolic link must not lead out either.
    let file = file.canonicalize().ok()?;
    (file.starts_with(site) && file.is_file()).then_some(file)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/vnd.microsoft.icon",
        "txt" | "ts" | "md" | "jwt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serves_files_of_the_site_and_nothing_else() {
        let outside = std::env::temp_dir().join(format!("probant-serve-{}", std::process::id()));
        let site = outside.join("site");
        fs::create_dir_all(site.join("sub")).unwrap();
        for (file, text) in
            [("secret", "no"), ("site/index.html", "top"), ("site/sub/a b.wasm", "wasm"), ("site/.env", "no")]
        {
            fs::write(outside.join(file), text).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(outside.join("secret"), site.join("link")).unwrap();
        let site = site.canonicalize().unwrap();

        let (listener, answers) = (listen(Some(0)).unwrap(), 13);
        let address = listener.local_addr().unwrap();
        let served = site.clone();
        let server = thread::spawn(move || {
            for stream in listener.incoming().take(answers) {
                answer(&stream.unwrap(), &served).unwrap();
            }
        });
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).unwrap();
            write!(stream, "{request} HTTP/1.1\r\nHost: here\r\n\r\n").unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).unwrap();
            text
        };

        let top = ask("GET /?url=https://example.org/..");
        assert!(top.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html"), "{top}");
        assert!(
            top.contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                && top.ends_with("\r\n\r\ntop")
        );
        assert!(ask("GET /sub/a%20b.wasm").contains("application/wasm"));
        assert!(ask("HEAD /index.html").ends_with("\r\n\r\n"));
        assert!(ask("POST /index.html").starts_with("HTTP/1.1 405"));
        for target in [
            "/../secret",
            "/%2e%2e/secret",
            "/sub/..%2f../secret",
            "/link",
            "/.env",
            "//secret",
            "/%zz",
            "/sub",
            "secret",
        ] {
            let answer = ask(&format!("GET {target}"));
            assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
        }
        server.join().unwrap();
        fs::remove_dir_all(outside).unwrap();
    }
}
