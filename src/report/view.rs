//! What a card needs to show a credential. Text is the credential's own: never markup, never trusted as such.

use serde::Serialize;

use super::codes::codes;

/// A credential, ready to show.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// The credential's id.
    pub id: Option<String>,
    /// The credential's types.
    pub types: Vec<String>,
    /// What to call it: the achievement's name, else the credential's.
    pub title: Option<String>,
    /// The credential's own description.
    pub description: Option<String>,
    /// Who says they issued it.
    pub issuer: Party,
    /// To whom.
    pub subject: SubjectView,
    /// For what.
    pub achievement: Option<AchievementView>,
    /// When it was awarded, as written (`awardedDate`, else the beginning of validity).
    pub awarded: Option<String>,
    /// Beginning of validity, as written.
    pub valid_from: Option<String>,
    /// End of validity, as written.
    pub valid_until: Option<String>,
    /// Results of assessments.
    pub results: Vec<ResultView>,
    /// Evidence.
    pub evidence: Vec<EvidenceView>,
    /// The credential's picture.
    pub image: Option<ImageView>,
    /// What an endorsement says of what it endorses (`endorsementComment`), possibly Markdown.
    pub comment: Option<String>,
    /// Where a newer copy may be had (`refreshService`): an address that is never asked by itself.
    pub refresh: Option<String>,
    /// Claims that no data model places elsewhere in the view: those of an SD-JWT VC, or of an endorsement of 2.0.
    pub claims: Vec<Claim>,
    /// What an achievement, its award or the issuer's profile say beyond the members above, by the data model's own path:
    /// `creditsEarned`, `achievement.fieldOfStudy`, `issuer.parentOrg`, … (Open Badges 3.0, Appendix B.1), and what only
    /// the European Learning Model has, by its names: `awardedBy`, `achievement.mode`, … One path may stand several
    /// times; labels are the kinds of identifiers, and what credits count in.
    pub details: Vec<Claim>,
    /// Texts of the members above that are there in several languages.
    pub translations: Vec<Translation>,
    /// What a record says of the achievements in it (CLR 2.0, `ClrSubject`).
    pub record: Option<RecordView>,
    /// Whether the issuer signed more than is shown: claims that the holder withholds, or decoys in their place.
    pub withheld: bool,
    /// Names of members that the signature covers but that no known vocabulary defines.
    pub other: Vec<String>,
}

/// One claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    /// Its name; names with full stops between them where it lies inside others, array members by number from 1.
    pub name: String,
    /// What the credential's type calls it.
    pub label: Option<String>,
    /// Its value as text.
    pub value: String,
}

/// A text of the view that is there in several languages, in one of them (VCDM 2.0, section 11.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Translation {
    /// Which, by its path in the view: `title`, `issuer.name`, `achievement.description`, `details.0.value`, …
    pub of: String,
    /// Language, BCP 47.
    pub language: String,
    /// The text.
    pub value: String,
}

/// What a record says beside the credentials in it. Those are the report's items, each with an answer of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    /// Whether the publisher says that it knows of more than the record holds.
    pub partial: bool,
    /// Achievements that the record describes: its publisher's word. That they were earned, only credentials say.
    pub achievements: Vec<AchievementView>,
    /// How achievements belong together.
    pub associations: Vec<Association>,
}

/// How two achievements, or the credentials for them, belong together (CLR 2.0, `Association`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Association {
    /// `associationType`: what the source is to the target; `isChildOf`, `isParentOf`, `isPartOf`, `precedes`, …
    pub kind: String,
    /// The source's id.
    pub source: String,
    /// The target's id.
    pub target: String,
    /// Whether source and target are in the record.
    pub resolved: bool,
}

/// A person or body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Party {
    /// Identifier.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Home page.
    pub url: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Picture.
    pub image: Option<ImageView>,
}

/// Whom a credential was issued to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SubjectView {
    /// The subject's id.
    pub id: Option<String>,
    /// A name stated in the clear.
    pub name: Option<String>,
    /// Identifiers (OB 3.0 `IdentityObject`).
    pub identifiers: Vec<Identifier>,
}

/// One identifier of a subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Identifier {
    /// `emailAddress`, `name`, `sourcedId`, …
    pub kind: String,
    /// The value in the clear; absent where it is hashed.
    pub value: Option<String>,
    /// Whether only a hash is stated.
    pub hashed: bool,
}

/// What was achieved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AchievementView {
    /// Identifier.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Kind (`achievementType`).
    pub kind: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// How it is earned.
    pub criteria: Option<Criteria>,
    /// Skills and frameworks it is aligned to.
    pub alignments: Vec<Alignment>,
    /// Tags.
    pub tags: Vec<String>,
    /// Its picture.
    pub image: Option<ImageView>,
    /// Who designed it, where that is not the issuer.
    pub creator: Option<Party>,
    /// Language, BCP 47.
    pub language: Option<String>,
}

/// How something is earned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Criteria {
    /// A page that describes it; outside the signature.
    pub url: Option<String>,
    /// The description, possibly Markdown.
    pub narrative: Option<String>,
}

/// A link to a skill or framework.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Alignment {
    /// `targetName`
    pub name: Option<String>,
    /// `targetUrl`
    pub url: Option<String>,
    /// `targetType`
    pub kind: Option<String>,
    /// `targetFramework`
    pub framework: Option<String>,
    /// `targetCode`
    pub code: Option<String>,
}

/// A result of an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ResultView {
    /// The name of what was measured.
    pub name: Option<String>,
    /// `value`
    pub value: Option<String>,
    /// `achievedLevel`: the level's name.
    pub level: Option<String>,
    /// `status`
    pub status: Option<String>,
    /// `requiredValue`, or the name of the `requiredLevel`, of the description.
    pub required: Option<String>,
    /// `resultType` of the description: `LetterGrade`, `Percent`, …
    pub kind: Option<String>,
    /// The least value that it could have (`valueMin`).
    pub least: Option<String>,
    /// The greatest (`valueMax`).
    pub greatest: Option<String>,
    /// The values that it could have (`allowedValue`), from low to high.
    pub allowed: Vec<String>,
    /// How it compares with its description; nothing where that demands nothing.
    pub fit: Option<ResultFit>,
    /// Skills and frameworks that the result itself is aligned to, and those of its description.
    pub alignments: Vec<Alignment>,
}

codes! {
    /// How a result compares with its description (Open Badges 3.0, `ResultDescription`).
    pub enum ResultFit {
        /// It is what was required, or better.
        Met = "met",
        /// It is less than what was required, or says itself that it was not passed.
        Below = "below",
        /// It is not among the values that the description allows.
        Outside = "outside",
        /// The description that it names is not there.
        Undescribed = "undescribed",
        /// It cannot be compared.
        Open = "open",
    }
}

/// A piece of evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EvidenceView {
    /// Where it is; outside the signature unless a digest is given.
    pub url: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Narrative, possibly Markdown.
    pub narrative: Option<String>,
    /// What kind of thing it is (`genre`).
    pub genre: Option<String>,
    /// For whom it was made (`audience`).
    pub audience: Option<String>,
}

/// A picture: decoration, unless the credential carries its digest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImageView {
    /// An https or data URL.
    pub src: String,
    /// What it shows, in words.
    pub caption: Option<String>,
}
