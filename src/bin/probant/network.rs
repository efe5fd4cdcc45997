//! Documents from the network: https alone, no cookies, no referrer, no proxy, no private address, bounded in size,
//! time and redirects.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::thread;
use std::time::{Duration, Instant};

use probant::Answer;
use probant::evidence::SafeUrl;
use probant::report::{Failure, Need, NeedKind};
use ureq::Agent;
use ureq::http::{StatusCode, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::source::{failed, read_capped};

/// Longest wait for one document.
const ONE: Duration = Duration::from_secs(10);
/// Longest wait for all documents of one input.
pub(crate) const ALL: Duration = Duration::from_secs(15);
/// Most redirects on the way to one document.
const REDIRECTS: u32 = 3;

/// The network.
#[derive(Debug)]
pub(crate) struct Network(Agent);

impl Network {
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .https_only(true)
            .http_status_as_error(false)
            // Followed here, each under the URL policy.
            .max_redirects(0)
            .max_redirects_will_error(false)
            // A proxy would look the name up itself, past the check of its addresses.
            .proxy(None)
            .user_agent(concat!("probant/", env!("CARGO_PKG_VERSION")))
            .build();
        Network(Agent::with_parts(config, DefaultConnector::default(), PublicOnly::default()))
    }

    pub(crate) fn answers(&self, needs: &[Need], until: Instant) -> Vec<Answer> {
        thread::scope(|scope| {
            let running: Vec<_> =
                needs.iter().map(|need| (need, scope.spawn(move || self.answer(need, until)))).collect();
            let joined = running.into_iter();
            joined
                .map(|(need, run)| run.join().unwrap_or_else(|_| failed(need, Failure::ServerError)))
                .collect()
        })
    }

    fn answer(&self, need: &Need, until: Instant) -> Answer {
        // Nobody is told who looks at a credential for what it does not depend on.
        if need.kind == NeedKind::Resource {
            return failed(need, Failure::Declined);
        }
        let until = until.min(Instant::now() + ONE);
        let mut url = need.url.clone();
        for _ in 0..=REDIRECTS {
            match self.get(&url, need, until) {
                Ok(Step::Document(bytes)) => {
                    let final_url = (url != need.url).then_some(url);
                    return Answer { url: need.url.clone(), body: Ok(bytes), final_url };
                }
                Ok(Step::Moved(to)) => url = to,
                Err(failure) => return failed(need, failure),
            }
        }
        failed(need, Failure::ServerError)
    }

    fn get(&self, url: &str, need: &Need, until: Instant) -> Result<Step, Failure> {
        let safe = SafeUrl::parse(url, false).map_err(|_| Failure::Policy)?;
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Failure::Timeout);
        }
        let request = self.0.get(safe.without_fragment()).header("Accept", &need.accept);
        let mut response =
            request.config().timeout_global(Some(left)).build().call().map_err(|e| failure(&e))?;
        match response.status() {
            status if status.is_redirection() => {
                let to = response.headers().get("location").and_then(|value| value.to_str().ok());
                to.and_then(|to| absolute(url, to)).map(Step::Moved).ok_or(Failure::ServerError)
            }
            StatusCode::NOT_FOUND => Err(Failure::NotFound),
            StatusCode::GONE => Err(Failure::Gone),
            status if status.is_success() => {
                read_capped(response.body_mut().as_reader(), need.max_bytes).map(Step::Document)
            }
            _ => Err(Failure::ServerError),
        }
    }
}

enum Step {
    Document(Vec<u8>),
    Moved(String),
}

/// A redirect's address, made absolute (RFC 3986, section 5.2); `.` and `..` are left to the server.
fn absolute(base: &str, to: &str) -> Option<String> {
    let scheme_end = base.find("://")? + 3;
    let path = base.get(scheme_end..)?.find(['/', '?', '#']).map_or(base.len(), |at| scheme_end + at);
    if to.contains("://") {
        Some(to.into())
    } else if to.starts_with("//") {
        Some(format!("https:{to}"))
    } else if to.starts_with('/') {
        Some(format!("{}{to}", base.get(..path)?))
    } else {
        let bare = base.split(['?', '#']).next()?;
        let folder = bare.get(path..)?.rfind('/').map_or(path, |at| path + at);
        Some(format!("{}/{to}", base.get(..folder)?))
    }
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::Timeout(_) => Failure::Timeout,
        ureq::Error::RequireHttpsOnly(_) | ureq::Error::BadUri(_) => Failure::Policy,
        ureq::Error::Other(cause) if cause.is::<PrivateAddress>() => Failure::Policy,
        ureq::Error::Io(cause) => match cause.kind() {
            io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown => Failure::Offline,
            io::ErrorKind::TimedOut => Failure::Timeout,
            _ => Failure::BlockedByBrowser,
        },
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => Failure::ServerError,
        _ => Failure::BlockedByBrowser,
    }
}

/// A resolver that gives no address inside a private network away: a public name may point there.
#[derive(Debug, Default)]
struct PublicOnly(DefaultResolver);

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.0.resolve(uri, config, timeout)?;
        if found.iter().all(|address| is_public(address.ip())) {
            Ok(found)
        } else {
            Err(ureq::Error::Other(Box::new(PrivateAddress)))
        }
    }
}

/// A name that leads into a private network.
#[derive(Debug)]
struct PrivateAddress;

impl fmt::Display for PrivateAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name leads to an address that is not public")
    }
}

impl StdError for PrivateAddress {}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Not in the IANA registry of special-purpose IPv4 addresses.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b));
    !special
}

/// Global unicast (2000::/3) without the blocks that are for documentation, for protocols or wrap IPv4 addresses,
/// and the NAT64 form of public IPv4 addresses.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, ..] = address.segments();
    if let Some(v4) = address.to_ipv4_mapped() {
        return is_public_v4(v4);
    }
    if [a, b, c, d, e, f] == [0x64, 0xff9b, 0, 0, 0, 0] {
        let [.., w, x, y, z] = address.octets();
        return is_public_v4(Ipv4Addr::new(w, x, y, z));
    }
    let special = (a == 0x2001 && (b < 0x200 || b == 0xdb8)) || a == 0x2002 || a == 0x3fff;
    a & 0xe000 == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_told_from_public_ones() {
        for public in
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.0.0.1",
            "127.0.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "fc00::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[test]
    fn a_name_of_this_machine_is_refused() {
        let need = |url: &str| Need {
            id: url.into(),
            kind: NeedKind::StatusList,
            url: url.into(),
            host: String::new(),
            why: probant::report::CheckId::Revocation,
            max_bytes: 10,
            accept: "*/*".into(),
            optional: false,
        };
        let network = Network::new();
        for url in
            ["http://example.org/", "https://localhost/", "https://127.0.0.1/", "https://user@example.org/"]
        {
            let answers = network.answers(&[need(url)], Instant::now() + ALL);
            assert_eq!(answers[0].body, Err(Failure::Policy), "{url}");
        }
        // Past the URL policy, the resolver itself refuses: no request leaves this machine.
        let error = network.0.get("https://localhost/").call().unwrap_err();
        assert_eq!(failure(&error), Failure::Policy, "{error}");
    }

    #[test]
    fn redirects_are_made_absolute() {
        for (base, to, want) in [
            ("https://a.org/x/y?q#f", "https://b.org/", "https://b.org/"),
            ("https://a.org/x/y", "//b.org/z", "https://b.org/z"),
            ("https://a.org/x/y", "/z", "https://a.org/z"),
            ("https://a.org/x/y?q=/", "z", "https://a.org/x/z"),
            ("https://a.org", "z", "https://a.org/z"),
            ("https://a.org?q", "/z", "https://a.org/z"),
        ] {
            assert_eq!(absolute(base, to).as_deref(), Some(want), "{base} {to}");
        }
    }
}
