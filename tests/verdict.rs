//! The verdict over every combination of statuses: 6 to the power of 7, one row in each group.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

use probant::report::{Facts, Group, Status, Verdict, verdict};

const GROUPS: [Group; 7] = [
    Group::Format,
    Group::Proof,
    Group::Issuer,
    Group::Currency,
    Group::Recipient,
    Group::Trust,
    Group::Extra,
];

/// Groups that every credential's report has a row in.
const REQUIRED: usize = 6;
const CORE: usize = 3;
const CURRENCY: usize = 3;
const RECIPIENT: usize = 4;
const TRUST: usize = 5;

type Row = [Status; 7];

fn every_row() -> impl Iterator<Item = Row> {
    (0..6usize.pow(7)).map(|n| std::array::from_fn(|group| Status::ALL[n / 6usize.pow(group as u32) % 6]))
}

fn of(row: &Row) -> Verdict {
    verdict(Facts::of(GROUPS.into_iter().zip(*row)))
}

fn holds(status: Status) -> bool {
    matches!(status, Status::Passed | Status::Warned)
}

/// The table, line by line, written down once more without the function's own helpers.
fn by_the_table(row: &Row) -> Verdict {
    use Status::{Absent, Failed, Passed, Skipped, Unknown, Warned};
    let core = &row[..CORE];
    match (row[CURRENCY], row[RECIPIENT], row[TRUST]) {
        _ if core.contains(&Failed) => Verdict::Rejected,
        _ if !core.iter().all(|s| holds(*s)) => Verdict::Incomplete,
        (_, Failed, _) => Verdict::Rejected,
        (Failed, _, _) => Verdict::Ended,
        (Unknown | Skipped, _, _) | (_, Unknown | Skipped, _) => Verdict::Incomplete,
        (_, _, Unknown) => Verdict::Incomplete,
        (_, _, Failed | Absent | Skipped) => Verdict::Unrecognized,
        (Passed | Warned | Absent, Passed | Warned | Absent, Passed | Warned) => Verdict::Verified,
    }
}

#[test]
fn every_combination() {
    let mut seen = 0;
    for row in every_row() {
        seen += 1;
        let answer = of(&row);
        assert_eq!(answer, by_the_table(&row), "{row:?}");
        if answer == Verdict::Verified {
            assert!(row[..CORE].iter().all(|s| holds(*s)) && holds(row[TRUST]), "{row:?}");
            assert!(!row[..REQUIRED].contains(&Status::Unknown), "{row:?}");
        }
        if row[..CORE].contains(&Status::Failed) {
            assert_eq!(answer, Verdict::Rejected, "{row:?}");
        }
    }
    assert_eq!(seen, 279_936);
}

/// Not looking is never better than looking.
#[test]
fn ignorance_never_verifies() {
    for row in every_row() {
        for group in 0..REQUIRED {
            for less in [Status::Unknown, Status::Skipped] {
                let mut row = row;
                row[group] = less;
                assert_ne!(of(&row), Verdict::Verified, "{row:?}");
            }
        }
    }
}

#[test]
fn a_missing_row_never_verifies() {
    for row in every_row() {
        for gone in GROUPS.into_iter().take(REQUIRED) {
            let rest = GROUPS.into_iter().zip(row).filter(|(group, _)| *group != gone);
            let answer = verdict(Facts::of(rest));
            assert!(
                matches!(answer, Verdict::Incomplete | Verdict::Rejected),
                "{answer:?} without {gone:?}: {row:?}"
            );
        }
    }
    assert_eq!(verdict(Facts::of([])), Verdict::Incomplete);
}

/// `extra` is worth knowing and decides nothing, there or not.
#[test]
fn extra_never_decides() {
    for row in every_row() {
        let bare = verdict(Facts::of(GROUPS.into_iter().zip(row).take(REQUIRED)));
        assert_eq!(of(&row), bare, "{row:?}");
    }
}

/// A group is as good as its worst row: a second row never improves the answer.
#[test]
fn more_rows_never_improve() {
    let rank = |v| match v {
        Verdict::Verified => 2,
        Verdict::Unrecognized => 1,
        Verdict::Ended | Verdict::Rejected | Verdict::Incomplete => 0,
    };
    for row in every_row() {
        let answer = of(&row);
        for group in GROUPS {
            for &status in Status::ALL {
                let rows = GROUPS.into_iter().zip(row).chain([(group, status)]);
                assert!(rank(verdict(Facts::of(rows))) <= rank(answer), "{row:?} and {group:?} {status:?}");
            }
        }
    }
}

/// One example of each line, as a person would read the table.
#[test]
fn the_lines() {
    use Status::{Absent, Failed, Passed, Skipped, Unknown, Warned};
    let good = [Passed; 7];
    let with = |group: usize, status| {
        let mut row = good;
        row[group] = status;
        of(&row)
    };
    assert_eq!(of(&good), Verdict::Verified);
    assert_eq!(of(&[Warned; 7]), Verdict::Verified);
    for core in 0..CORE {
        assert_eq!(with(core, Failed), Verdict::Rejected);
        for open in [Unknown, Absent, Skipped] {
            assert_eq!(with(core, open), Verdict::Incomplete);
        }
    }
    assert_eq!(with(RECIPIENT, Failed), Verdict::Rejected);
    assert_eq!(with(CURRENCY, Failed), Verdict::Ended);
    assert_eq!(with(CURRENCY, Absent), Verdict::Verified);
    assert_eq!(with(RECIPIENT, Absent), Verdict::Verified);
    for open in [Unknown, Skipped] {
        assert_eq!(with(CURRENCY, open), Verdict::Incomplete);
        assert_eq!(with(RECIPIENT, open), Verdict::Incomplete);
    }
    assert_eq!(with(TRUST, Unknown), Verdict::Incomplete);
    for nobody in [Failed, Absent, Skipped] {
        assert_eq!(with(TRUST, nobody), Verdict::Unrecognized);
    }
    // What failed outranks what is open, and the person outranks the dates.
    assert_eq!(of(&[Failed, Unknown, Unknown, Failed, Failed, Failed, Passed]), Verdict::Rejected);
    assert_eq!(of(&[Passed, Passed, Passed, Failed, Failed, Passed, Passed]), Verdict::Rejected);
    assert_eq!(of(&[Passed, Passed, Passed, Failed, Unknown, Unknown, Passed]), Verdict::Ended);
}
