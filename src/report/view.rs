//! What a card needs to show a credential. Text is the credential's own: never markup, never trusted as such.

use serde::Serialize;

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
    /// Claims that no data model places elsewhere in the view: those of an SD-JWT VC.
    pub claims: Vec<Claim>,
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
    /// `status`
    pub status: Option<String>,
    /// `requiredValue` or `requiredLevel` of the description.
    pub required: Option<String>,
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
