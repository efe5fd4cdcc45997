//! Reason codes: why a row came out as it did. Stable public API; each has a sentence in every language.

use super::codes::codes;

/// Writes the enum once, with each variant's code and problem type beside it.
macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal $(: $problem:ident)?;)*) => {
        codes! {
            /// Why a check came out as it did.
            #[derive(PartialOrd, Ord)]
            #[non_exhaustive]
            pub enum Reason {
                $($(#[$doc])* $name = $code,)*
            }
        }

        impl Reason {
            /// The W3C problem type, where one is defined.
            pub const fn problem(self) -> Option<Problem> {
                match self { $($(Reason::$name => Some(Problem::$problem),)?)* _ => None }
            }
        }
    };
}

reasons! {
    // Reading the input
    /// Nothing was given.
    EmptyInput = "empty-input";
    /// More bytes than any badge has.
    InputTooLarge = "input-too-large";
    /// Text or bytes of no kind that carries a credential.
    NotRecognized = "not-recognized";
    /// The text is not UTF-8.
    NotUtf8 = "not-utf8": ParsingError;
    /// Not JSON (RFC 8259).
    JsonSyntax = "json-syntax": ParsingError;
    /// JSON that ends too early.
    JsonTruncated = "json-truncated": ParsingError;
    /// Text after the end of the JSON.
    JsonTrailing = "json-trailing": ParsingError;
    /// Two members with one name: readers would see different documents.
    JsonDuplicateName = "json-duplicate-name": ParsingError;
    /// Half a character.
    JsonLoneSurrogate = "json-lone-surrogate": ParsingError;
    /// A number that no reader can hold.
    JsonNumberRange = "json-number-range": ParsingError;
    /// Nested more deeply than any badge.
    JsonTooDeep = "json-too-deep": ParsingError;
    /// More members than any badge.
    JsonTooMany = "json-too-many": ParsingError;
    /// JSON that is not a credential.
    NotACredential = "not-a-credential";
    /// A picture with no credential inside.
    ImageWithoutCredential = "image-without-credential";
    /// A picture whose parts do not add up.
    ImageDamaged = "image-damaged";
    /// A picture with more than one credential inside.
    ImageSeveral = "image-several";
    /// A picture that stores its credential in another way than the standard provides for.
    ImageIrregular = "image-irregular";
    /// A picture with a badge of the older standard beside the one that was checked.
    ImageAlsoOlder = "image-also-older";
    /// An SVG with a document type declaration, which is never read.
    SvgUnsafe = "svg-unsafe";
    /// A PDF document that is damaged, or made in a way that is not read.
    PdfNotRead = "pdf-not-read";
    /// A PDF document that is locked.
    PdfLocked = "pdf-locked";
    /// A PDF document that no credential is attached to.
    PdfWithoutCredential = "pdf-without-credential";
    /// A credential that was attached to a PDF document, whose pages were not looked at.
    PdfPages = "pdf-pages";
    /// An archive whose parts do not add up.
    ArchiveDamaged = "archive-damaged";
    /// An archive that is locked.
    ArchiveLocked = "archive-locked";
    /// A token, a wallet or a message that is encrypted, and for whoever has its key.
    Encrypted = "encrypted";
    /// An archive that is packed in a way that is not read.
    ArchiveUnsupported = "archive-unsupported";
    /// An archive without any credential.
    ArchiveWithoutCredential = "archive-without-credential";
    /// An archive that also has files that are no credentials.
    FilesOthers = "files-others";
    /// A web page, not a credential.
    HtmlPage = "html-page";
    /// A credential in CBOR-LD as QR codes carry it (Verifiable Credential Barcodes): not read here.
    CborLdNotRead = "cbor-ld-not-read";
    /// A health certificate (EU DCC, SMART Health Card), which says nothing of what somebody learned.
    HealthPass = "health-pass";
    /// It stands in a web page, which proves nothing by itself.
    FoundInPage = "found-in-page";
    /// It was in a QR code, in a picture at a link or in a file.
    FoundInCode = "found-in-code";
    /// It stands among other data, which nobody signed.
    FoundAmong = "found-among";
    /// A link that offers a wallet a credential, or asks one for it.
    WalletLink = "wallet-link";
    /// Only the issuing platform's own page can show it.
    HostedOnly = "hosted-only";
    /// A kind of credential that is recognised but not checked here.
    FamilyUnsupported = "family-unsupported";
    // Form of the credential
    /// The first context is not the data model's (VCDM 2.0, section 4.3).
    ContextMissing = "context-missing": MalformedValueError;
    /// A context that is not built in; none is ever fetched.
    ContextUnknown = "context-unknown";
    /// A context inside the credential that changes what known terms mean.
    ContextForbidden = "context-forbidden": MalformedValueError;
    /// A member that the data model requires is not there.
    MemberMissing = "member-missing": MalformedValueError;
    /// A member has a form that the data model does not allow.
    MemberMalformed = "member-malformed": MalformedValueError;
    /// A member name that could hide meaning from the signature.
    MemberForbidden = "member-forbidden": MalformedValueError;
    /// Members that no context defines: the signature does not cover them.
    MemberNotCovered = "member-not-covered": DataLossDetectionError;
    /// Members that only the credential itself defines.
    MemberDefinedInline = "member-defined-inline";
    /// A value whose form could hide meaning from the signature.
    ValueForbidden = "value-forbidden": MalformedValueError;
    /// A type that no context defines.
    TypeUnknown = "type-unknown": MalformedValueError;
    /// A date that is not one.
    DateMalformed = "date-malformed": MalformedValueError;
    /// It ends before it begins.
    DatesReversed = "dates-reversed": MalformedValueError;
    /// A date without a time zone; read as UTC.
    DateWithoutZone = "date-without-zone";
    /// It names a schema that is not checked here.
    SchemaNotChecked = "schema-not-checked";
    /// It was not compared with its schema, for the signature does not hold.
    SchemaNotAsked = "schema-not-asked";
    /// It does not fit the schema that it names.
    SchemaMismatch = "schema-mismatch": MalformedValueError;
    /// It names a schema of a kind that cannot be evaluated here.
    SchemaUnsupported = "schema-unsupported";
    /// What it names as its schema is none.
    SchemaMalformed = "schema-malformed";
    /// The schema comes in a credential whose own signature does not hold.
    SchemaUnproven = "schema-unproven";
    /// The schema comes in a credential that is not in force.
    SchemaEnded = "schema-ended";
    /// What it refers to is not what was signed for.
    DigestMismatch = "digest-mismatch": CryptographicSecurityError;
    /// What it refers to was not fetched and compared.
    ResourceNotChecked = "resource-not-checked";
    /// The description of its kind is not the one that the issuer signed for.
    TypeMetadataMismatch = "type-metadata-mismatch";
    // Signature
    /// There is no signature.
    ProofMissing = "proof-missing";
    /// The signature's own members have a wrong form.
    ProofMalformed = "proof-malformed": ProofVerificationError;
    /// A kind of signature that is not checked here.
    ProofUnsupported = "proof-unsupported";
    /// What the issuer gave to the holder alone, to derive from; it was not checked.
    ProofBase = "proof-base";
    /// The holder chose what to show of what was signed.
    PartShown = "part-shown";
    /// What is not there, or not all, may be among what the holder left out.
    MayBeLeftOut = "may-be-left-out";
    /// A good signature, beside one of a kind that is not checked here.
    ProofAlongside = "proof-alongside";
    /// More signatures than are checked.
    ProofTooMany = "proof-too-many";
    /// The signature itself has ended.
    ProofExpired = "proof-expired": ProofVerificationError;
    /// It refers to an earlier signature that is not there.
    ProofChain = "proof-chain": ProofVerificationError;
    /// The entry in a blockchain is not named properly.
    ChainMalformed = "chain-malformed": ProofVerificationError;
    /// The entry in a blockchain is about something else.
    ChainMismatch = "chain-mismatch": CryptographicSecurityError;
    /// The entry is in a blockchain's waiting room still.
    ChainUnconfirmed = "chain-unconfirmed";
    /// What was found about a blockchain's entry proves nothing.
    ChainUnproven = "chain-unproven";
    /// Two servers say different things of one entry.
    ChainDisagree = "chain-disagree";
    /// It cannot be told who made the entry.
    ChainNoSender = "chain-no-sender";
    /// A blockchain that is not looked up.
    ChainUnsupported = "chain-unsupported";
    /// A trial: the chain it names is for tests, or none.
    ChainTest = "chain-test";
    /// The signature does not fit the contents.
    SignatureInvalid = "signature-invalid": CryptographicSecurityError;
    /// The signature is not written as the method demands.
    SignatureMalformed = "signature-malformed": ProofVerificationError;
    /// The proof does not lead from the contents to what was recorded.
    PathInvalid = "path-invalid": CryptographicSecurityError;
    /// Signed for another purpose.
    PurposeMismatch = "purpose-mismatch": ProofVerificationError;
    /// Signed for another site.
    DomainMismatch = "domain-mismatch": InvalidDomainError;
    /// Signed for another challenge.
    ChallengeMismatch = "challenge-mismatch": InvalidChallengeError;
    /// So tangled that checking it was given up.
    TooComplex = "too-complex": ProofTransformationError;
    /// Signed with an earlier edition of a vocabulary.
    ContextFormer = "context-former";
    /// The list of vocabularies goes on after the part that is signed.
    ContextExtended = "context-extended";
    /// A name of the method from before it was a standard.
    SuiteOldName = "suite-old-name";
    /// Not a complete signed token.
    JwtMalformed = "jwt-malformed": ParsingError;
    /// A token that is not signed, or signed with a shared secret.
    JwtAlgorithmForbidden = "jwt-algorithm-forbidden": CryptographicSecurityError;
    /// A token header with a member that must not be there.
    JwtHeaderForbidden = "jwt-header-forbidden": ProofVerificationError;
    /// The token and the credential inside it disagree.
    JwtClaimMismatch = "jwt-claim-mismatch": MalformedValueError;
    /// A disclosed claim is not written as the standard demands.
    DisclosureMalformed = "disclosure-malformed": ParsingError;
    /// A disclosed claim that the issuer did not sign.
    DisclosureUnreferenced = "disclosure-unreferenced": CryptographicSecurityError;
    /// A disclosed claim that stands in two places.
    DisclosureRepeated = "disclosure-repeated": CryptographicSecurityError;
    /// A disclosed claim under a name that must not be disclosed.
    DisclosureName = "disclosure-name": CryptographicSecurityError;
    /// A digest method that may not be used.
    DisclosureHash = "disclosure-hash": CryptographicSecurityError;
    // Issuer and key
    /// The key is not written as its kind demands.
    KeyMalformed = "key-malformed": InvalidVerificationMethod;
    /// The key is so short or so chosen that others could sign with it.
    KeyWeak = "key-weak": InvalidVerificationMethod;
    /// A way of naming keys that is not supported here.
    KeyMethodUnsupported = "key-method-unsupported";
    /// The signature names no usable key.
    KeyUrlMalformed = "key-url-malformed": InvalidVerificationMethodUrl;
    /// The issuer's document does not list the key.
    KeyNotFound = "key-not-found": InvalidVerificationMethod;
    /// The issuer's document does not allow the key to sign credentials.
    KeyNotAuthorized = "key-not-authorized": InvalidRelationshipForVerificationMethod;
    /// The key belongs to someone other than the issuer.
    KeyNotIssuer = "key-not-issuer": InvalidVerificationMethod;
    /// It was made before the issuer used the key.
    KeyNotYet = "key-not-yet": InvalidVerificationMethod;
    /// The issuer has withdrawn the key.
    KeyRevoked = "key-revoked": InvalidVerificationMethod;
    /// The key has ended.
    KeyExpired = "key-expired": InvalidVerificationMethod;
    /// The key does not fit the kind of signature.
    KeyWrongKind = "key-wrong-kind": InvalidVerificationMethod;
    /// The issuer's document cannot be read.
    KeyDocumentMalformed = "key-document-malformed": InvalidControlledIdentifierDocument;
    /// The issuer's document is somebody else's.
    KeyDocumentMismatch = "key-document-mismatch": InvalidControlledIdentifierDocumentId;
    /// Only the credential itself says that the key is the issuer's.
    KeySelfAsserted = "key-self-asserted";
    // Seals
    /// Whose the seal is cannot be found out here.
    SealOwner = "seal-owner";
    /// The credential names another issuer than the seal does.
    SealOther = "seal-other";
    /// The certificates that came with the seal do not vouch for one another.
    SealChain = "seal-chain": CryptographicSecurityError;
    /// It was sealed while its certificate was not valid.
    SealTime = "seal-time": InvalidVerificationMethod;
    /// The certificate of the seal has ended since.
    SealEnded = "seal-ended";
    // OpenAttestation
    /// What a program in a blockchain records is not asked here.
    LedgerNotAsked = "ledger-not-asked";
    /// Whether the key still is the issuer's was not asked.
    KeyNotAsked = "key-not-asked";
    /// Two resolvers say different things of a domain.
    DnsDisagree = "dns-disagree";
    // Badges of Open Badges 2.0 and before
    /// It describes an award or an issuer, and awards nothing to anybody.
    BadgePart = "badge-part";
    /// It is not signed: its issuer's server says that it was awarded.
    Hosted = "hosted";
    /// The file and the issuer's server disagree.
    HostedDiffers = "hosted-differs";
    /// The file states something that the issuer's server does not.
    HostedOmits = "hosted-omits";
    /// The server that should keep it does not have it.
    HostedGone = "hosted-gone";
    /// It names no address at which anybody could be asked.
    NoAddress = "no-address";
    /// The issuer's profile does not count badges at this address as the issuer's.
    IssuerScope = "issuer-scope";
    /// The server answers with something else than what it should keep.
    LinkedMalformed = "linked-malformed";
    /// The server's document belongs to another server.
    LinkedOther = "linked-other";
    /// A document names another address as its own.
    LinkedMoved = "linked-moved";
    /// What it is awarded for is told outside the signature.
    LinkedOutside = "linked-outside";
    // Documents that could not be had
    /// A document is still to be fetched.
    Pending = "pending";
    /// No network.
    Offline = "offline";
    /// The server did not answer, or does not let web pages ask.
    BlockedByBrowser = "blocked-by-browser";
    /// The document is not there.
    NotFound = "not-found";
    /// The server answered with an error.
    ServerError = "server-error";
    /// No answer in time.
    Timeout = "timeout";
    /// The answer is too large.
    TooLarge = "too-large";
    /// The look-up was declined.
    Declined = "declined";
    /// An address that is never fetched.
    UrlRefused = "url-refused";
    /// A part of the verifier itself could not be loaded.
    PartNotLoaded = "part-not-loaded";
    // In force
    /// It is not valid yet.
    NotYetValid = "not-yet-valid";
    /// It has ended.
    Expired = "expired";
    /// It ends within 30 days.
    ExpiresSoon = "expires-soon";
    /// The issuer has withdrawn it.
    Revoked = "revoked";
    /// The issuer has put it on hold.
    Suspended = "suspended";
    /// The issuer has left a message about it.
    StatusMessage = "status-message";
    /// The issuer has a newer copy of it.
    StatusRefresh = "status-refresh";
    /// Withdrawal was not asked about, for the signature does not hold.
    StatusNotAsked = "status-not-asked";
    /// A way to publish withdrawals that is not supported here.
    StatusUnsupported = "status-unsupported";
    /// The credential's own status entry has a wrong form.
    StatusMalformed = "status-malformed": MalformedValueError;
    /// The status list cannot be read.
    StatusListMalformed = "status-list-malformed": StatusVerificationError;
    /// The status list's own signature does not hold.
    StatusListUnproven = "status-list-unproven": StatusVerificationError;
    /// The status list is out of date.
    StatusListEnded = "status-list-ended": StatusVerificationError;
    /// The status list is for another purpose.
    StatusListPurpose = "status-list-purpose": StatusVerificationError;
    /// The status list is signed by someone other than the issuer.
    StatusListOther = "status-list-other": StatusVerificationError;
    /// The status list says that its address is another one than it was found at.
    StatusListMoved = "status-list-moved": StatusVerificationError;
    /// The status list is shorter than the standard demands.
    StatusListShort = "status-list-short": StatusListLengthError;
    /// The status list has no such entry.
    StatusIndexRange = "status-index-range": RangeError;
    /// A status that only the issuer knows the meaning of.
    StatusOwnMeaning = "status-own-meaning";
    /// The credential has no id to look up in the list of withdrawals.
    StatusNoId = "status-no-id";
    // Person
    /// It was issued to someone else.
    RecipientMismatch = "recipient-mismatch";
    /// It does not say whom it was issued to in a form that can be compared.
    RecipientNotComparable = "recipient-not-comparable";
    /// The address fits but for capital letters.
    RecipientIgnoringCase = "recipient-ignoring-case";
    /// The person fits, but only by a kind of hash that is broken.
    RecipientWeakHash = "recipient-weak-hash";
    /// Nobody proved that they hold it.
    HolderNotProven = "holder-not-proven";
    /// Its holder signed for showing it, but not in answer to a challenge: a copy could be shown by anybody.
    HolderUnchallenged = "holder-unchallenged";
    /// Whoever presents it is not whom it was issued to.
    HolderOther = "holder-other";
    /// Whoever presents it says it of themselves.
    SelfAsserted = "self-asserted";
    // Records of several credentials
    /// It has no signature of its own; the publisher of the record that it stands in issued it, and signed the record.
    RecordCovers = "record-covers";
    /// Somebody else than its issuer says that it was issued: the publisher of the record that it stands in.
    RecordHearsay = "record-hearsay";
    /// It names another person than the record that it stands in.
    RecordOtherPerson = "record-other-person";
    /// It does not say that it is about the person whom the record names.
    RecordPersonOpen = "record-person-open";
    /// The record's signature leaves open which achievement it was awarded for.
    RecordUnsettled = "record-unsettled";
    /// A record relates something to what is not in it.
    AssociationDangling = "association-dangling";
    /// A record holds one credential twice.
    RecordRepeated = "record-repeated";
    /// A result is below what was required, or says that it was not passed.
    ResultBelow = "result-below";
    /// A result is not among those that its description allows.
    ResultOutside = "result-outside";
    /// A result names a description that is not there.
    ResultUndescribed = "result-undescribed";
    // Endorsements
    /// An endorsement of what it is attached to.
    EndorsementFits = "endorsement-fits";
    /// An endorsement of something else than what it is attached to.
    EndorsementSubject = "endorsement-subject";
    /// The issuer endorses itself.
    EndorsementSelf = "endorsement-self";
    /// Not every endorsement could be confirmed.
    EndorsementDoubtful = "endorsement-doubtful";
    /// The proof of holding does not fit this credential.
    HolderBindingInvalid = "holder-binding-invalid": ProofVerificationError;
    /// The proof of holding is from the future, or has ended.
    HolderBindingTime = "holder-binding-time": ProofVerificationError;
    /// The proof of holding answers the challenge, but says that it is old.
    HolderBindingOld = "holder-binding-old";
    /// A proof of holding, where the issuer named no key to prove it with.
    HolderKeyMissing = "holder-key-missing": ProofVerificationError;
    // Recognition
    /// Nobody was looked up, for the issuer's own key does not hold.
    IssuerNotProven = "issuer-not-proven";
    /// None of the host's issuers.
    IssuerNotListed = "issuer-not-listed";
    /// It uses the name of a recognised issuer, but not its identifier.
    IssuerLookAlike = "issuer-look-alike";
    /// A test network or test authority.
    TestNetwork = "test-network";
    // Others
    /// Our own fault.
    Internal = "internal";
}

codes! {
    /// Problem types of VCDM 2.0 (section 7.3.4), Data Integrity, Controlled Identifiers and Bitstring Status List, by
    /// the last part of their URL.
    #[allow(missing_docs, reason = "the names are the specifications' own")]
    pub enum Problem {
        ParsingError = "PARSING_ERROR",
        MalformedValueError = "MALFORMED_VALUE_ERROR",
        DataLossDetectionError = "DATA_LOSS_DETECTION_ERROR",
        ProofVerificationError = "PROOF_VERIFICATION_ERROR",
        CryptographicSecurityError = "CRYPTOGRAPHIC_SECURITY_ERROR",
        InvalidDomainError = "INVALID_DOMAIN_ERROR",
        InvalidChallengeError = "INVALID_CHALLENGE_ERROR",
        ProofTransformationError = "PROOF_TRANSFORMATION_ERROR",
        InvalidVerificationMethod = "INVALID_VERIFICATION_METHOD",
        InvalidVerificationMethodUrl = "INVALID_VERIFICATION_METHOD_URL",
        InvalidRelationshipForVerificationMethod = "INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD",
        InvalidControlledIdentifierDocument = "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT",
        InvalidControlledIdentifierDocumentId = "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID",
        StatusVerificationError = "STATUS_VERIFICATION_ERROR",
        StatusListLengthError = "STATUS_LIST_LENGTH_ERROR",
        RangeError = "RANGE_ERROR",
    }
}
