//! Platforms whose credentials are pages: only the platform's own page can show them.
//!
//! To add one, add a line: the name that people know it by; the links that it gives out; where it keeps a badge that
//! can be checked, or nothing; and such a link as an example. A link is a host and the beginning of a path, by whole
//! segments:
//!
//! - `*.` before a host stands for any names in front of it, or none;
//! - `*` is any one segment, `{id}` one of letters, digits, `-` and `_`, and `{uuid}` a UUID; each is written into the
//!   badge's address in its place. An ending such as `.html` is left out;
//! - query and fragment are not looked at.
//!
//! Whether a platform lets pages of other sites read its badges is its own affair: where it does not, the answer is the
//! one for platforms that keep none.
//!
//! The first line that fits counts. A line says no more than that a link looks like one of the platform's: the answer
//! sends the reader there to look, and nothing is green for it. The tests hold every line to its example.

/// A line of the list.
struct Platform {
    name: &'static str,
    link: &'static str,
    badge: &'static str,
}

macro_rules! platforms {
    ($($name:literal, $link:literal, $badge:literal, $example:literal;)*) => {
        const PLATFORMS: &[Platform] = &[$(Platform { name: $name, link: $link, badge: $badge }),*];
        #[cfg(test)]
        const EXAMPLES: &[&str] = &[$($example),*];
    };
}

// Badges of Open Badges 2.0 at addresses of their own: Credly documents its own (OBI methods), Badgr and its successors
// serve JSON at the assertion's address, Accredible and Open Badge Factory write theirs into the badges they bake.
platforms! {
    "Credly", "*.credly.com/badges/{uuid}", "https://www.credly.com/api/v1/obi/v2/badge_assertions/{id}",
        "https://www.credly.com/badges/5b0a3ccf-6d3a-44c1-9d6b-8c0d6f0f7a11/public_url";
    "Credly", "*.youracclaim.com/badges/{uuid}", "https://www.credly.com/api/v1/obi/v2/badge_assertions/{id}",
        "https://www.youracclaim.com/badges/5b0a3ccf-6d3a-44c1-9d6b-8c0d6f0f7a11";
    "Credly", "*.credly.com/earner/earned/badge/{uuid}", "https://www.credly.com/api/v1/obi/v2/badge_assertions/{id}",
        "https://www.credly.com/earner/earned/badge/5b0a3ccf-6d3a-44c1-9d6b-8c0d6f0f7a11";
    "Credly", "*.credly.com/go/*", "", "https://www.credly.com/go/8hQx2c1T";
    "Credly", "*.credly.com/users/*", "", "https://www.credly.com/users/ana-souza/badges";
    "Accredible", "*.credential.net/{uuid}", "https://api.accredible.com/v1/obi/badge_assertions/{id}",
        "https://skillshop.credential.net/dc00957f-08cc-4790-8fcf-c4d0fcd6f0ed#acc.X2xtCL8i";
    "Accredible", "*.credential.net/*", "", "https://www.credential.net/profile/anasouza/wallet";
    "Accredible", "*.accredible.com/{uuid}", "https://api.accredible.com/v1/obi/badge_assertions/{id}",
        "https://www.accredible.com/dc00957f-08cc-4790-8fcf-c4d0fcd6f0ed";
    "Canvas Credentials", "badges.parchment.com/public/assertions/{id}", "https://api.badgr.io/public/assertions/{id}",
        "https://badges.parchment.com/public/assertions/CRpdg3GaSFu_R6HxUYf7Bg";
    "Canvas Credentials", "eu.badgr.com/public/assertions/{id}", "https://api.eu.badgr.io/public/assertions/{id}",
        "https://eu.badgr.com/public/assertions/CRpdg3GaSFu_R6HxUYf7Bg";
    "Canvas Credentials", "ca.badgr.com/public/assertions/{id}", "https://api.ca.badgr.io/public/assertions/{id}",
        "https://ca.badgr.com/public/assertions/CRpdg3GaSFu_R6HxUYf7Bg";
    "Canvas Credentials", "au.badgr.com/public/assertions/{id}", "https://api.au.badgr.io/public/assertions/{id}",
        "https://au.badgr.com/public/assertions/CRpdg3GaSFu_R6HxUYf7Bg";
    "Canvas Credentials", "*.badgr.com/public/assertions/{id}", "https://api.badgr.io/public/assertions/{id}",
        "https://badgr.com/public/assertions/vMp5QwdiS3CSiip684pu_A?identity__email=ana%40example.org";
    "Canvas Credentials", "api.badgr.io/public/assertions/{id}", "https://api.badgr.io/public/assertions/{id}",
        "https://api.badgr.io/public/assertions/ZwxV7sqTTqa-r_vK51VsdA.json?v=2_0";
    "Canvas Credentials", "*.badges.parchment.com/public/assertions/*", "",
        "https://eu.badges.parchment.com/public/assertions/CRpdg3GaSFu_R6HxUYf7Bg";
    "Canvas Credentials", "*.badgr.com/public/collections/*", "",
        "https://badgr.com/public/collections/fcfad6d9e5d0c9f4";
    "Canvas Credentials", "*.badgr.io/backpack/*", "", "https://api.badgr.io/backpack/shared";
    "edubadges", "*.edubadges.nl/public/assertions/{id}", "https://api.edubadges.nl/public/assertions/{id}",
        "https://www.edubadges.nl/public/assertions/sjERzbG5RzaK-g00419__A";
    "Open Badge Factory", "*.openbadgefactory.com/v1/assertion/{id}", "https://openbadgefactory.com/v1/assertion/{id}",
        "https://openbadgefactory.com/v1/assertion/1ad0ca0b37b55d3def2a09fc01d2167bac8e28dd.html";
    "Open Badge Passport", "*.openbadgepassport.com/app/badge/info/*", "",
        "https://openbadgepassport.com/app/badge/info/918042";
    "BCdiploma", "*.bcdiploma.com/check/*", "",
        "https://certificate.bcdiploma.com/check/B0B491E86C4DD3E9F0065313B4851457AD99C52B";
    "BCdiploma", "*.evidenz.io/check/*", "",
        "https://certificate.evidenz.io/check/BA55E42EE976F0FB2609A95B0DB41056161E238C";
    "Microsoft Learn", "learn.microsoft.com/api/credentials/share/*", "",
        "https://learn.microsoft.com/api/credentials/share/en-us/AnaSouza-2617/2F8B28CFEEC1459B?sharingId=64FA5A3EE1F1C592";
    "Microsoft Learn", "learn.microsoft.com/users/*", "",
        "https://learn.microsoft.com/users/anasouza-2617/credentials/2f8b28cfeec1459b";
    "Microsoft Learn", "learn.microsoft.com/*/users/*", "",
        "https://learn.microsoft.com/fr-ca/users/anasouza-2617/transcript/7o2e4h8k";
    "Microsoft Learn", "learn.microsoft.com/*/credentials/certifications/*", "",
        "https://learn.microsoft.com/en-us/credentials/certifications/azure-fundamentals/";
    "LinkedIn Learning", "*.linkedin.com/learning/certificates/*", "",
        "https://www.linkedin.com/learning/certificates/1afb21ee837b1d8d7d5dff8b0e7c8baae750db41b48d984bd453106a312e";
    "Coursera", "*.coursera.org/verify/*", "", "https://coursera.org/verify/ABCD1234EFGH";
    "Coursera", "*.coursera.org/share/*", "", "https://coursera.org/share/0a1b2c3d4e5f60718293a4b5c6d7e8f9";
    "Coursera", "*.coursera.org/account/accomplishments/*", "",
        "https://www.coursera.org/account/accomplishments/records/LLXMVLXX367R";
    "edX", "credentials.edx.org/credentials/*", "",
        "https://credentials.edx.org/credentials/35a6225738e248c182c1ef87b86f2802/";
    "edX", "*.edx.org/certificates/*", "", "https://courses.edx.org/certificates/35a6225738e248c182c1ef87b86f2802";
    "Google Skills", "*.cloudskillsboost.google/public_profiles/*", "",
        "https://www.cloudskillsboost.google/public_profiles/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/badges/5288705";
    "Google Skills", "*.skills.google/public_profiles/*", "",
        "https://www.skills.google/public_profiles/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/badges/5288705";
    "Google Skillshop", "skillshop.exceedlms.com/profiles/*", "",
        "https://skillshop.exceedlms.com/profiles/0a1b2c3d4e5f";
    "CertMetrics", "cp.certmetrics.com/*/*/public/verify/*", "",
        "https://cp.certmetrics.com/amazon/en/public/verify/credential/d0dd54bf93df495da5c3e75ee2d0f1a7";
    "CertMetrics", "*.certmetrics.com/*/public/*", "",
        "https://www.certmetrics.com/amazon/public/badge.aspx?i=2&t=c&d=2018-03-01&ci=AWS00000000";
    "AWS Training and Certification", "*.aws.training/certification/*", "",
        "https://www.aws.training/certification/verify/0a1b2c3d";
    "Cisco Networking Academy", "*.netacad.com/certificates", "",
        "https://www.netacad.com/certificates/?issuanceId=17b2117b-c712-4343-9057-9c780b629be6";
    "Salesforce Trailhead", "trailhead.salesforce.com/*/credentials/*", "",
        "https://trailhead.salesforce.com/en/credentials/certification-detail-print/?searchString=3KCM4zNGj7FsPl0CEt6Ou8";
    "Salesforce Trailhead", "trailhead.salesforce.com/credentials/*", "",
        "https://trailhead.salesforce.com/credentials/verification/";
    "Salesforce Trailhead", "*.salesforce.com/trailblazer/*", "", "https://www.salesforce.com/trailblazer/anasouza";
    "Udemy", "*.udemy.com/certificate/*", "",
        "https://www.udemy.com/certificate/UC-0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/";
    "Udemy", "ude.my/*", "", "https://ude.my/UC-0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
    "MyCreds", "learner.mycreds.ca/*", "",
        "https://learner.mycreds.ca/sharelink/853b543d-53e4-4159-9d97-5b1089b5e6a7/33d2319a-4d66-4af7-953e-9e07d060c14a";
    "MyCreds", "*.mycreds.ca/sharelink/*", "",
        "https://www.mycreds.ca/sharelink/853b543d-53e4-4159-9d97-5b1089b5e6a7";
    "MesCertif", "*.mescertif.ca/sharelink/*", "",
        "https://learner.mescertif.ca/sharelink/853b543d-53e4-4159-9d97-5b1089b5e6a7";
    "Certifier", "*.credsverse.com/credentials/*", "",
        "https://credsverse.com/credentials/f2ab5bb4-2689-46bf-a50f-1c23b192a0e1";
    "Certifier", "*.certifier.io/credentials/*", "",
        "https://verify.certifier.io/credentials/f2ab5bb4-2689-46bf-a50f-1c23b192a0e1";
    "Sertifier", "*.sertifier.com/*/verify/*", "", "https://verified.sertifier.com/en/verify/61686239515503/";
    "Sertifier", "*.sertifier.com/*/profile/*", "", "https://verified.sertifier.com/tr/profile/anasouza1155750/";
    "Badgecraft", "*.badgecraft.eu/*/user-badges/*", "", "https://www.badgecraft.eu/en/user-badges/5d1f0c";
    "Badge List", "*.badgelist.com/u/*", "", "https://badgelist.com/u/anasouza";
    "Parchment", "*.parchment.com/u/award/*", "",
        "https://www.parchment.com/u/award/877ddb7d34111e1741c380984dfeb7a4";
    "Digitary", "*.digitary.net/document/*", "", "https://core.digitary.net/document/0a1b2c3d-4e5f";
    "Digitary", "verify.digitary.net", "", "https://verify.digitary.net/0a1b2c3d-4e5f";
    "My eQuals", "*.myequals.edu.au/sharelink/*", "",
        "https://www.myequals.edu.au/sharelink/853b543d-53e4-4159-9d97-5b1089b5e6a7/33d2319a";
    "Europass", "europa.eu/europass/eportfolio/api/eprofile/shared-profile/*", "",
        "https://europa.eu/europass/eportfolio/api/eprofile/shared-profile/ana-souza/975572a7-4607-4c3d-a6b0-5efd54024fad?view=html";
    "Europass", "europa.eu/europass/eportfolio/screen/*", "",
        "https://europa.eu/europass/eportfolio/screen/share/documents/0a1b2c3d?lang=en";
    "Europass", "europa.eu/europass/digital-credentials/viewer", "",
        "https://europa.eu/europass/digital-credentials/viewer/#/view/0a1b2c3d";
    "GIAC", "*.giac.org/certified-professional/*", "",
        "https://www.giac.org/certified-professional/ana-souza/123456";
    "CompTIA", "verify.comptia.org", "", "https://verify.comptia.org/?code=ABCDEF123456";
    "ISC2", "*.isc2.org/memberverification", "", "https://www.isc2.org/MemberVerification?lastName=Souza";
    "Oracle University", "catalog-education.oracle.com/ords/certview/sharebadge", "",
        "https://catalog-education.oracle.com/ords/certview/sharebadge?id=0A1B2C3D";
    "Oracle University", "catalog-education.oracle.com/*/certview/sharebadge", "",
        "https://catalog-education.oracle.com/pls/certview/sharebadge?id=0A1B2C3D";
    "Red Hat", "rhtapps.redhat.com/verify", "", "https://rhtapps.redhat.com/verify?certId=123-456-789";
    "HubSpot Academy", "app.hubspot.com/academy/achievements/*", "",
        "https://app.hubspot.com/academy/achievements/0a1b2c3d/en/1/ana-souza/inbound";
    "FutureLearn", "*.futurelearn.com/certificates/*", "", "https://www.futurelearn.com/certificates/0a1b2c3";
    "DataCamp", "*.datacamp.com/statement-of-accomplishment/*", "",
        "https://www.datacamp.com/statement-of-accomplishment/course/0a1b2c3d";
    "DataCamp", "*.datacamp.com/certificate/*", "", "https://www.datacamp.com/certificate/DA0012345678901";
    "freeCodeCamp", "*.freecodecamp.org/certification/*", "",
        "https://www.freecodecamp.org/certification/anasouza/responsive-web-design";
    "HackerRank", "*.hackerrank.com/certificates/*", "", "https://www.hackerrank.com/certificates/0a1b2c3d4e5f";
    "Udacity", "*.udacity.com/certificate/*", "", "https://www.udacity.com/certificate/e/0a1b2c3d-4e5f";
    "Udacity", "confirm.udacity.com/*", "", "https://confirm.udacity.com/0A1B2C3D";
    "Simplilearn", "certificates.simplicdn.net/share/*", "",
        "https://certificates.simplicdn.net/share/1234567.pdf";
    "Great Learning", "*.mygreatlearning.com/certificate/*", "",
        "https://www.mygreatlearning.com/certificate/ABCDEFGH";
    "FUN MOOC", "lms.fun-mooc.fr/certificates/*", "",
        "https://lms.fun-mooc.fr/certificates/35a6225738e248c182c1ef87b86f2802";
    "OpenClassrooms", "*.openclassrooms.com/*/course-certificates/*", "",
        "https://openclassrooms.com/fr/course-certificates/1234567890";
    "Virtualbadge", "*.virtualbadge.io/certificate-validator", "",
        "https://www.virtualbadge.io/certificate-validator?credential=0a1b2c3d-4e5f";
    "CertifyMe", "my.certifyme.online/verify/*", "", "https://my.certifyme.online/verify/0a1b2c3d4e5f";
    "Diplomasafe", "*.diplomasafe.com/*", "", "https://app.diplomasafe.com/en-US/diploma/d0a1b2c3d";
}

/// A platform that a link leads to.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub(super) name: &'static str,
    /// The host in the link.
    pub(super) host: &'a str,
    /// Where it keeps a badge that can be checked.
    pub(super) badge: Option<String>,
}

/// The platform whose link `link` is.
pub(super) fn of(link: &str) -> Option<Site<'_>> {
    let (host, rest) = split(link)?;
    let path = rest.split('?').next().unwrap_or_default();
    PLATFORMS.iter().find_map(|line| {
        let id = line.id(host, path)?;
        let badge = line.badge.split_once("{id}").map(|(start, end)| [start, id, end].concat());
        Some(Site { name: line.name, host, badge })
    })
}

impl Platform {
    /// What stands for the badge in a link of this line; empty where nothing does.
    fn id<'a>(&self, host: &str, path: &'a str) -> Option<&'a str> {
        let (site, wanted) = self.link.split_once('/').unwrap_or((self.link, ""));
        if !is_host(host, site) {
            return None;
        }
        let mut id = "";
        let mut segments = path.split('/').skip(1);
        for wanted in wanted.split('/').filter(|wanted| !wanted.is_empty()) {
            let segment = segments.next().filter(|segment| !segment.is_empty())?;
            match wanted {
                "*" => {}
                "{id}" | "{uuid}" => {
                    id = segment.split('.').next().unwrap_or_default();
                    let fits = if wanted == "{id}" { is_id(id) } else { is_uuid(id) };
                    if !fits {
                        return None;
                    }
                }
                _ if segment.eq_ignore_ascii_case(wanted) => {}
                _ => return None,
            }
        }
        Some(id)
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-').map(str::len);
    groups.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

/// Whether `host` is the one that `site` names, or, after `*.`, one below it.
pub(super) fn is_host(host: &str, site: &str) -> bool {
    match site.strip_prefix("*.") {
        None => host.eq_ignore_ascii_case(site),
        Some(site) => match host.len().checked_sub(site.len()).and_then(|at| host.split_at_checked(at)) {
            Some((before, end)) => {
                end.eq_ignore_ascii_case(site) && (before.is_empty() || before.ends_with('.'))
            }
            None => false,
        },
    }
}

/// Host, and path with query, of a web address that names nothing else: no user, no port, no character that readers
/// of addresses treat differently.
pub(super) fn split(link: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = link.split_once(':')?;
    let is_web = ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let rest = rest.strip_prefix("//").filter(|_| is_web)?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, rest) = rest.split_at_checked(rest.find(['/', '?']).unwrap_or(rest.len()))?;
    let is_host = !host.is_empty()
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
        && !rest.bytes().any(|b| b == b'\\' || b.is_ascii_control());
    is_host.then_some((host, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn every_line_knows_its_example_and_no_look_alike() {
        for (line, example) in PLATFORMS.iter().zip(EXAMPLES) {
            let site = of(example).unwrap_or_else(|| panic!("{example} is not known"));
            assert_eq!(site.name, line.name, "{example} is taken by a line before");
            let (host, rest) = split(example).unwrap();
            let path = rest.split('?').next().unwrap();
            assert!(line.id(host, path).is_some(), "{} does not fit {example}", line.link);
            let labels: Vec<&str> = host.rsplitn(3, '.').collect();
            let name = format!("{}.{}", labels[1], labels[0]);
            for other in [
                format!("https://{host}.evil.example{rest}"),
                format!("https://evil.example/{host}{rest}"),
                format!("https://evil.example{rest}"),
                format!("https://{host}@evil.example{rest}"),
                format!("https://evil.example@{host}{rest}"),
                format!("https://{host}:444{rest}"),
                format!("https://evil-{name}{rest}"),
                format!("https://{}{rest}", host.replace(['a', 'e', 'o'], "\u{430}")),
                format!("https://{}{rest}", host.replace('.', "\u{3002}")),
                format!("https://{host}.{rest}"),
                format!("https://{host}\\evil.example{rest}"),
                format!("ftp://{host}{rest}"),
                format!("https:{host}{rest}"),
            ] {
                assert!(
                    of(&other).is_none_or(|site| site.name != line.name),
                    "{other} is taken for {}",
                    line.name
                );
            }
            if line.link.contains('/') {
                assert!(of(&format!("https://{host}/")).is_none(), "{} takes a whole site", line.link);
            }
            for same in [example.replacen("https", "HTTP", 1), example.replace(host, &host.to_uppercase())] {
                assert_eq!(of(&same).map(|site| site.name), Some(line.name), "{same}");
            }
        }
    }

    #[test]
    fn every_line_is_well_formed() {
        for (line, example) in PLATFORMS.iter().zip(EXAMPLES) {
            let (site, path) = line.link.split_once('/').unwrap_or((line.link, ""));
            let host = site.strip_prefix("*.").unwrap_or(site);
            assert!(crate::evidence::is_public_host(host), "{}", line.link);
            assert!(host.to_ascii_lowercase() == host && !line.name.trim().is_empty(), "{}", line.link);
            assert!(path.is_empty() || path.split('/').all(|segment| !segment.is_empty()), "{}", line.link);
            let ids = path.matches(['{']).count();
            assert_eq!(
                ids,
                usize::from(!line.badge.is_empty()),
                "{}: an id and a badge go together",
                line.link
            );
            if let Some(badge) = of(example).unwrap().badge {
                assert!(
                    crate::evidence::SafeUrl::parse(&badge, false).is_ok() && !badge.contains('{'),
                    "{badge}"
                );
            }
        }
    }

    #[test]
    fn the_address_of_a_badge_is_made_of_its_id_alone() {
        let badge = |link: &str| of(link).and_then(|site| site.badge);
        let at = |id: &str| Some(format!("https://api.badgr.io/public/assertions/{id}"));
        assert_eq!(badge("https://badgr.com/public/assertions/a-B_1.json?v=2_0#x"), at("a-B_1"));
        assert_eq!(badge("https://badgr.com/public/assertions/a-B_1/image"), at("a-B_1"));
        assert_eq!(badge("https://badgr.com/public/assertions/..%2f..%2fx"), None);
        assert_eq!(badge("https://badgr.com/public/assertions/"), None);
        assert_eq!(badge("https://www.credential.net/10000001"), None);
        assert!(of("https://www.credential.net/10000001").is_some());
    }
}
