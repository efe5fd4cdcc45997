//! One file for each credential family: what is checked, and in which order.

use crate::evidence::{Evidence, Lookups};
use crate::policy::Policy;
use crate::report::{Args, Engine, Format, Headline, Report, SCHEMA};
use crate::time::Timestamp;

/// Verifies `input` at the time `now`, with the documents in `evidence`, as `policy` demands.
///
/// Pure: no I/O, no clock, no randomness. A report is made for any bytes. While the report lists needs, answer them
/// (see [`Evidence`]) and call again; each need is asked for once, and there are at most
/// [`MAX_NEEDS`](crate::budget::MAX_NEEDS).
pub fn verify(input: &[u8], evidence: &Evidence, policy: &Policy, now: Timestamp) -> Report {
    let lookups = Lookups::new(evidence, policy.dangerously_allow.http);
    let _ = input;
    let (needs, used) = lookups.into_parts();
    Report {
        schema: SCHEMA,
        verdict: None,
        headline: Headline::NotACredential,
        args: Args::new(),
        at: now.to_string(),
        format: Format::default(),
        issuer: None,
        checks: Vec::new(),
        needs,
        attested: None,
        claimed: None,
        evidence: used,
        items: Vec::new(),
        engine: Engine::default(),
    }
}
