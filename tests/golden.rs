//! Runs the golden cases of `tests/cases/<family>/<name>`, which `cargo xtask fixtures` makes.
//!
//! Each is a folder with `input.*`; `policy.json`, where the host asks for something; `evidence/map.json`, where the
//! host has documents, with a file, a file and where it came from, or a failure for each address (all others count as
//! offline); and `expected.json`, with verdict, headline and the rows that matter, as status and reason. The name
//! begins with what comes out: `ok_`, `fail_`, `ended_`, `unknown_`, or `none_` for no verdict.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use probant::report::{Check, Failure, Group, Headline, Need, NeedKind, Reason, Report, Status, Verdict};
use probant::{Answer, Evidence, Picture, Policy, Timestamp, budget, verify, verify_with_picture};
use serde_json::Value;

/// The time for which every case is verified.
const NOW: &str = "2026-11-22T12:00:00Z";

/// Reasons that no golden case shows, each with why.
const WITHOUT_CASE: &[(Reason, &str)] = &[
    (Reason::InputTooLarge, "made on the spot, in giants_are_refused"),
    (Reason::JsonTooMany, "made on the spot, in giants_are_refused"),
    (Reason::Pending, "only while a host still fetches"),
    (Reason::PartNotLoaded, "every part is here natively; www/test shows it"),
    (Reason::Internal, "only hosts say so, of a core that broke"),
    (Reason::TypeUnknown, "such types are named by member-not-covered"),
];

struct Case {
    name: String,
    input: Vec<u8>,
    policy: Policy,
    resources: BTreeMap<String, Answer>,
    expected: Value,
}

impl Case {
    fn read(folder: &Path) -> Self {
        let json = |path: PathBuf| -> Option<Value> {
            let bytes = fs::read(&path).ok()?;
            Some(serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        };
        let input = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
            .unwrap();
        let family = folder.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let policy = json(folder.join("policy.json"));
        let evidence = folder.join("evidence");
        let map = json(evidence.join("map.json")).unwrap_or_default();
        Case {
            name: format!("{family}/{}", folder.file_name().unwrap().to_string_lossy()),
            input: fs::read(input).unwrap(),
            policy: policy.map_or_else(Policy::default, |p| serde_json::from_value(p).unwrap()),
            resources: map
                .as_object()
                .into_iter()
                .flatten()
                .map(|(url, to)| (url.clone(), answer(&evidence, url, to)))
                .collect(),
            expected: json(folder.join("expected.json")).unwrap(),
        }
    }

    /// What the host ends up with: answers are given until nothing more is needed.
    fn report(&self) -> Report {
        self.report_with(&self.resources)
    }

    fn report_with(&self, resources: &BTreeMap<String, Answer>) -> Report {
        self.rounds(resources, |_| ())
    }

    /// The documents that no verdict depends on.
    fn optional(&self) -> BTreeSet<String> {
        let mut urls = BTreeSet::new();
        self.rounds(&self.resources, |need| {
            // A digest that was pinned may decide.
            if need.optional && need.kind != NeedKind::Resource {
                urls.insert(need.url.clone());
            }
        });
        urls
    }

    fn rounds(&self, resources: &BTreeMap<String, Answer>, mut asked: impl FnMut(&Need)) -> Report {
        let now = Timestamp::parse(NOW).unwrap().at;
        let mut evidence = Evidence::default();
        for _ in 0..=budget::MAX_NEEDS + budget::MAX_PICTURES {
            let (report, picture) = verify_with_picture(&self.input, &evidence, &self.policy, now);
            if report.needs.is_empty() && picture.is_none() {
                return report;
            }
            if let (true, Some(Picture { url, .. })) = (report.needs.is_empty(), picture) {
                evidence.add(resources.get(&url).cloned().unwrap_or_else(|| failed(&url, Failure::NotFound)));
                continue;
            }
            for need in &report.needs {
                asked(need);
                assert!(!evidence.has(&need.url), "{}: {} is asked for twice", self.name, need.url);
                // Hosts look up no resource that only its digest is wanted of.
                let default =
                    if need.kind == NeedKind::Resource { Failure::Declined } else { Failure::Offline };
                evidence.add(resources.get(&need.url).cloned().unwrap_or_else(|| failed(&need.url, default)));
            }
        }
        panic!("{}: it never ends", self.name);
    }
}

/// An entry of `map.json`: a file, a file with the address that it came from, or a failure.
fn answer(folder: &Path, url: &str, to: &Value) -> Answer {
    if let Some(failure) = to.get("failure") {
        return failed(url, serde_json::from_value(failure.clone()).unwrap());
    }
    let file = to.get("file").unwrap_or(to).as_str().unwrap();
    let final_url = to.get("finalUrl").map(|url| url.as_str().unwrap().to_owned());
    Answer { url: url.into(), body: Ok(fs::read(folder.join(file)).unwrap()), final_url }
}

fn failed(url: &str, failure: Failure) -> Answer {
    Answer { url: url.into(), body: Err(failure), final_url: None }
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<PathBuf> = subfolders(&root).iter().flat_map(|family| subfolders(family)).collect();
    folders.sort();
    folders.iter().map(|folder| Case::read(folder)).collect()
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
}

/// Collects what is wrong over all cases, so that one run shows everything.
fn over_all(look: impl Fn(&Case, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for case in cases() {
        look(&case, &mut wrong);
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_case_comes_out_as_stated() {
    over_all(|case, wrong| compare(&case.name, &case.expected, &case.report(), wrong));
}

fn compare(name: &str, expected: &Value, report: &Report, wrong: &mut Vec<String>) {
    let actual = serde_json::to_value(report).unwrap();
    for member in ["verdict", "headline"] {
        if expected[member] != actual[member] {
            wrong.push(format!(
                "{name}: {member} is {}, not {}; {}",
                actual[member],
                expected[member],
                rows(report)
            ));
        }
    }
    for (id, stated) in expected["checks"].as_object().into_iter().flatten() {
        let found = report.checks.iter().filter(|c| c.id.code() == id);
        let found: Vec<String> = found.map(outcome).collect();
        if !found.iter().any(|f| stated == f.as_str()) {
            wrong.push(format!("{name}: {id} is {found:?}, not {stated}; {}", rows(report)));
        }
    }
    compare_endorsements(name, expected, report, wrong);
    // The README's table counts the case for this suite and algorithm: the report must say the same.
    if let Some(covers) = expected["covers"].as_array().filter(|_| name.contains("/ok_")) {
        let stated = covers[..2].iter().map(|part| part.as_str().unwrap()).collect::<Vec<_>>();
        let securing = report.format.securing.as_deref().unwrap_or_default();
        if securing != stated[0] && securing != stated.join(" ") {
            wrong.push(format!("{name}: secured by {securing}, not {}", stated.join(" ")));
        }
    }
    let items = expected["items"].as_array().map_or(&[][..], Vec::as_slice);
    if !items.is_empty() && items.len() != report.items.len() {
        wrong.push(format!("{name}: {} inside, not {}", report.items.len(), items.len()));
    }
    for (at, (expected, item)) in items.iter().zip(&report.items).enumerate() {
        compare(&format!("{name}[{at}]"), expected, item, wrong);
    }
}

/// What else the report of an endorsement must be: `expected` has what it is attached to.
fn compare_endorsements(name: &str, expected: &Value, report: &Report, wrong: &mut Vec<String>) {
    let Some(expected) = expected["endorsements"].as_array() else { return };
    if expected.len() != report.endorsements.len() {
        wrong.push(format!("{name}: {} endorsements, not {}", report.endorsements.len(), expected.len()));
    }
    for (at, (expected, found)) in expected.iter().zip(&report.endorsements).enumerate() {
        let name = format!("{name}, endorsement {at}");
        if expected["of"] != found.of.code() {
            wrong.push(format!("{name}: of the {}, not {}", found.of.code(), expected["of"]));
        }
        compare(&name, &expected["report"], &found.report, wrong);
    }
}

fn outcome(check: &Check) -> String {
    match check.reason {
        Some(reason) => format!("{} {}", check.status.code(), reason.code()),
        None => check.status.code().into(),
    }
}

fn rows(report: &Report) -> String {
    let rows = report.checks.iter().map(|c| format!("{} {} {:?}", c.id.code(), outcome(c), c.message.args));
    rows.collect::<Vec<_>>().join(" | ")
}

/// A case's name says what comes out of it.
#[test]
fn names_agree_with_verdicts() {
    over_all(|case, wrong| {
        let name = case.name.rsplit('/').next().unwrap();
        let prefix = match case.expected["verdict"].as_str() {
            Some("verified" | "unrecognized") => "ok_",
            Some("rejected") => "fail_",
            Some("ended") => "ended_",
            Some("incomplete") => "unknown_",
            _ => "none_",
        };
        if !name.starts_with(prefix) {
            wrong.push(format!("{} should begin with {prefix}", case.name));
        }
    });
}

/// The rules that keep the tick honest, on every report and those inside.
#[test]
fn reports_keep_the_rules() {
    over_all(|case, wrong| honest(&case.name, &case.report(), wrong));
}

fn honest(name: &str, report: &Report, wrong: &mut Vec<String>) {
    let mut rule = |holds: bool, text: &str| {
        if !holds {
            wrong.push(format!("{name}: {text}; {}", rows(report)));
        }
    };
    let is_core = |c: &&Check| matches!(c.group, Group::Format | Group::Proof | Group::Issuer);
    let core_holds = [Group::Format, Group::Proof, Group::Issuer]
        .iter()
        .all(|g| report.checks.iter().any(|c| c.group == *g))
        && report.checks.iter().filter(is_core).all(|c| matches!(c.status, Status::Passed | Status::Warned));
    rule(report.attested.is_none() || report.claimed.is_none(), "both attested and claimed");
    rule(report.attested.is_none() || core_holds, "attested without a good core");
    rule(report.issuer.is_none() || core_holds, "an issuer is named that is not proven");
    rule(report.needs.is_empty(), "something is still needed");
    for check in &report.checks {
        let silent = check.reason.is_none() && !matches!(check.status, Status::Passed | Status::Absent);
        rule(!silent, &format!("{} is {} without a reason", check.id.code(), check.status.code()));
        rule(check.group == check.id.group(), "a row in a wrong group");
        rule(check.severity == check.group.severity(), "a severity that depends on the outcome");
        rule(check.problem == check.reason.and_then(Reason::problem), "a problem that is not the reason's");
        let key = check.reason.map_or(format!("check.{}.{}", check.id.code(), check.status.code()), |r| {
            format!("reason.{}", r.code())
        });
        rule(check.message.key == key, "a message that is not the row's");
        let known = check.evidence.as_ref().is_none_or(|url| is_listed(report, url));
        rule(known, "a row rests on a document that is not listed");
    }
    rule(report.checks.is_sorted_by_key(|c| c.id), "rows out of order");
    rule(!report.checks.iter().any(|c| c.reason == Some(Reason::Pending)), "a row still waits");
    if matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized)) && report.items.is_empty() {
        rule(core_holds && report.attested.is_some(), "a good verdict without a good core");
        rule(report.issuer.is_some(), "a good verdict without an issuer");
    }
    if report.verdict == Some(Verdict::Verified) {
        rule(
            report.checks.iter().any(|c| c.group == Group::Trust && c.status == Status::Passed),
            "verified without trust",
        );
    }
    let silent = matches!(
        report.headline,
        Headline::Unsigned
            | Headline::HostedOnly
            | Headline::NotRead
            | Headline::NotACredential
            | Headline::Internal
    );
    rule(
        silent == report.verdict.is_none() || report.headline == Headline::Several,
        "a headline that does not fit the verdict",
    );
    for item in &report.items {
        rule(rank(report.verdict) >= rank(item.verdict), "better than an item inside");
    }
    for (at, item) in inside(report).enumerate() {
        // What was looked up is listed once, at the top.
        let item = Report { evidence: report.evidence.clone(), ..item.clone() };
        honest(&format!("{name}[{at}]"), &item, wrong);
    }
}

/// The reports of the credentials inside, endorsements among them.
fn inside(report: &Report) -> impl Iterator<Item = &Report> {
    report.items.iter().chain(report.endorsements.iter().map(|endorsement| &endorsement.report))
}

fn is_listed(report: &Report, url: &str) -> bool {
    report.evidence.iter().any(|e| e.url == url)
}

/// The higher, the worse; no verdict is between a good one and an open one.
fn rank(verdict: Option<Verdict>) -> u8 {
    match verdict {
        Some(Verdict::Verified) => 0,
        Some(Verdict::Unrecognized) => 1,
        None => 2,
        Some(Verdict::Incomplete) => 3,
        Some(Verdict::Ended) => 4,
        Some(Verdict::Rejected) => 5,
    }
}

/// A host that withholds a document, in any way, gains nothing by it.
#[test]
fn less_evidence_never_helps() {
    const FAILURES: [Failure; 9] = [
        Failure::Offline,
        Failure::BlockedByBrowser,
        Failure::NotFound,
        Failure::Gone,
        Failure::ServerError,
        Failure::Timeout,
        Failure::TooLarge,
        Failure::Declined,
        Failure::Policy,
    ];
    let good = |report: &Report| matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized));
    over_all(|case, wrong| {
        let full = case.report();
        let optional = case.optional();
        // What a kind of credential is called decides nothing.
        let names =
            |url: &str| full.evidence.iter().any(|e| e.url == url && e.kind == NeedKind::TypeMetadata);
        // What is read in a picture is a credential more, and no document about another.
        let is_read = |url: &str| url.starts_with("ni:");
        let decisive = |url: &str| !names(url) && !is_read(url) && !optional.contains(url);
        for withheld in case.resources.keys().filter(|url| decisive(url)) {
            for failure in FAILURES {
                let mut fewer = case.resources.clone();
                fewer.insert(withheld.clone(), failed(withheld, failure));
                let report = case.report_with(&fewer);
                let used = full
                    .evidence
                    .iter()
                    .any(|e| e.url == *withheld && e.failure.is_none() && e.kind != NeedKind::Resource);
                if good(&report) && (used || !good(&full)) {
                    wrong.push(format!("{}: {:?} without {withheld}", case.name, report.verdict));
                }
            }
        }
    });
}

/// The verdict is about the credential: whatever becomes of its endorsements, it stays.
#[test]
fn endorsements_decide_nothing() {
    let (mut carriers, mut withheld) = (0, 0);
    let own = |r: &Report| (r.verdict, r.headline, r.attested.is_some());
    for case in cases() {
        let full = case.report();
        carriers += usize::from(!full.endorsements.is_empty());
        for url in case.optional() {
            let fewer = case.resources.iter().filter(|(known, _)| **known != url);
            let fewer = fewer.map(|(url, answer)| (url.clone(), answer.clone())).collect();
            assert_eq!(own(&case.report_with(&fewer)), own(&full), "{} without {url}", case.name);
            withheld += 1;
        }
    }
    assert!(carriers >= 50 && withheld >= 5, "{carriers} carry endorsements, {withheld} documents of theirs");
}

/// The same bytes give the same report.
#[test]
fn verification_is_repeatable() {
    over_all(|case, wrong| {
        let text = |report: &Report| serde_json::to_string(report).unwrap();
        if text(&case.report()) != text(&case.report()) {
            wrong.push(case.name.clone());
        }
    });
}

#[test]
fn there_are_enough_cases() {
    let cases = cases();
    let good = |outcome: &Value| matches!(outcome["verdict"].as_str(), Some("verified" | "unrecognized"));
    // The credential, or an endorsement on it.
    let all_good = |case: &Case| {
        let endorsements = case.expected["endorsements"].as_array().map_or(&[][..], Vec::as_slice);
        good(&case.expected) && endorsements.iter().all(|endorsement| good(&endorsement["report"]))
    };
    let fails = cases.iter().filter(|case| !all_good(case)).count();
    assert!(cases.len() >= 120, "{} cases", cases.len());
    assert!(fails * 10 >= cases.len() * 6, "only {fails} of {} must not verify", cases.len());
    eprintln!("{} cases, {fails} of which must not verify", cases.len());
}

/// Every reason is shown by a case, or named here with why not; and no case is in vain.
#[test]
fn every_reason_has_a_case() {
    let mut shown = BTreeSet::new();
    for case in cases() {
        collect(&case.report(), &mut shown);
    }
    let excused = |reason: &Reason| WITHOUT_CASE.iter().any(|(r, _)| r == reason);
    let missing: Vec<&str> =
        Reason::ALL.iter().filter(|r| !shown.contains(*r) && !excused(r)).map(|r| r.code()).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    let idle: Vec<&str> =
        WITHOUT_CASE.iter().filter(|(r, _)| shown.contains(r)).map(|(r, _)| r.code()).collect();
    assert!(idle.is_empty(), "excused, but shown by a case: {idle:?}");
}

fn collect(report: &Report, shown: &mut BTreeSet<Reason>) {
    shown.extend(report.checks.iter().filter_map(|c| c.reason));
    for item in inside(report) {
        collect(item, shown);
    }
}

/// The page's examples give the answers that their names promise.
#[test]
fn the_examples_of_the_page() {
    const EXPECTED: [(&str, Option<Verdict>, Headline); 8] = [
        ("verified", Some(Verdict::Verified), Headline::Ok),
        ("unrecognized", Some(Verdict::Unrecognized), Headline::GenuineStatusNone),
        ("withdrawn", Some(Verdict::Ended), Headline::Withdrawn),
        ("ended", Some(Verdict::Ended), Headline::Expired),
        ("rejected", Some(Verdict::Rejected), Headline::Changed),
        ("other-person", Some(Verdict::Rejected), Headline::WrongPerson),
        ("incomplete", Some(Verdict::Incomplete), Headline::StatusUnknown),
        ("unsigned", None, Headline::Unsigned),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/site/examples");
    let index: Vec<Value> = serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
    assert_eq!(index.len(), EXPECTED.len());
    for (example, (id, verdict, headline)) in index.into_iter().zip(EXPECTED) {
        assert_eq!(example["id"], id);
        let evidence = example["evidence"].as_object().into_iter().flatten();
        let case = Case {
            name: id.into(),
            input: fs::read(folder.join(example["file"].as_str().unwrap())).unwrap(),
            policy: serde_json::from_value(
                example.get("policy").cloned().unwrap_or_else(|| Value::Object(Default::default())),
            )
            .unwrap(),
            resources: evidence.map(|(url, to)| (url.clone(), answer(&folder, url, to))).collect(),
            expected: Value::Null,
        };
        let report = case.report();
        assert_eq!((report.verdict, report.headline), (verdict, headline), "{id}: {}", rows(&report));
        assert!(report.checks.iter().all(|c| c.status != Status::Warned), "{id}: {}", rows(&report));
        for language in ["en", "fr"] {
            assert!(example["title"][language].is_string(), "{id}: no title in {language}");
        }
    }
}

/// What is too large to keep here is made on the spot.
#[test]
fn giants_are_refused() {
    let now = Timestamp::parse(NOW).unwrap().at;
    let refused = |input: &[u8], reason: Reason| {
        let report = verify(input, &Evidence::default(), &Policy::default(), now);
        assert!(!matches!(report.verdict, Some(Verdict::Verified | Verdict::Unrecognized)));
        assert!(report.checks.iter().any(|c| c.reason == Some(reason)), "{}", rows(&report));
        let mut wrong = Vec::new();
        honest("giant", &report, &mut wrong);
        assert!(wrong.is_empty(), "{wrong:?}");
    };
    let fifty = 50 << 20;
    refused(&vec![b' '; fifty], Reason::InputTooLarge);
    refused(&[b"{\"a\":\"".as_slice(), &vec![b'a'; fifty], b"\"}"].concat(), Reason::InputTooLarge);
    refused(&[b"\x89PNG\r\n\x1a\n".as_slice(), &vec![0; fifty]].concat(), Reason::InputTooLarge);
    let deep = 10_000;
    refused(
        &["{\"a\":".repeat(deep), "1".into(), "}".repeat(deep)].concat().into_bytes(),
        Reason::JsonTooDeep,
    );
    refused(&["[".repeat(deep), "]".repeat(deep)].concat().into_bytes(), Reason::JsonTooDeep);
    refused(format!("[{}1]", "1,".repeat(250_000)).as_bytes(), Reason::JsonTooMany);
}
