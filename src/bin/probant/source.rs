//! Where documents come from: nowhere, a map of files, or the network.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::Instant;

use probant::Answer;
use probant::report::{Failure, Need};
use serde::Deserialize;

use crate::network::Network;

/// Answers needs.
#[derive(Debug)]
pub(crate) enum Source {
    Offline,
    Resources(Resources),
    Network(Network),
}

impl Source {
    /// The answers to one round of needs, in their order; looked up side by side where that takes time.
    pub(crate) fn answers(&self, needs: &[Need], until: Instant) -> Vec<Answer> {
        match self {
            Source::Offline => needs.iter().map(|need| failed(need, Failure::Offline)).collect(),
            Source::Resources(resources) => needs.iter().map(|need| resources.answer(need)).collect(),
            Source::Network(network) => network.answers(needs, until),
        }
    }
}

/// No document for `need`.
pub(crate) fn failed(need: &Need, failure: Failure) -> Answer {
    Answer { url: need.url.clone(), body: Err(failure), final_url: None }
}

/// A map from addresses to files or failures, read instead of the network.
#[derive(Debug)]
pub(crate) struct Resources {
    folder: PathBuf,
    map: BTreeMap<String, Resource>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Resource {
    File(PathBuf),
    Moved(Moved),
    Failed(Failed),
}

/// A document that came from elsewhere in the end.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Moved {
    file: PathBuf,
    final_url: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failed {
    failure: Failure,
}

/// A map of resources that cannot be used.
#[derive(Debug)]
pub(crate) enum BadResources {
    Unreadable(PathBuf, io::Error),
    NotAMap(PathBuf, serde_json::Error),
}

impl fmt::Display for BadResources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadResources::Unreadable(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            BadResources::NotAMap(path, error) => write!(
                f,
                "{} is not a JSON object from addresses to file names or failures: {error}",
                path.display()
            ),
        }
    }
}

impl Resources {
    /// Reads the map, and makes sure that each file it names can be opened.
    pub(crate) fn read(path: &Path) -> Result<Self, BadResources> {
        let unreadable = |path: &Path, error| BadResources::Unreadable(path.to_owned(), error);
        let text = std::fs::read(path).map_err(|e| unreadable(path, e))?;
        let map: BTreeMap<String, Resource> =
            serde_json::from_slice(&text).map_err(|e| BadResources::NotAMap(path.to_owned(), e))?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        for resource in map.values() {
            if let Resource::File(file) | Resource::Moved(Moved { file, .. }) = resource {
                let file = folder.join(file);
                File::open(&file).map_err(|e| unreadable(&file, e))?;
            }
        }
        Ok(Resources { folder, map })
    }

    fn answer(&self, need: &Need) -> Answer {
        let (file, final_url) = match self.map.get(&need.url) {
            None => return failed(need, Failure::Offline),
            Some(Resource::Failed(Failed { failure })) => return failed(need, *failure),
            Some(Resource::File(file)) => (file, None),
            Some(Resource::Moved(Moved { file, final_url })) => (file, Some(final_url.clone())),
        };
        let body = File::open(self.folder.join(file)).map_err(|_| Failure::NotFound);
        Answer {
            url: need.url.clone(),
            body: body.and_then(|file| read_capped(file, need.max_bytes)),
            final_url,
        }
    }
}

/// Reads at most `max` bytes.
pub(crate) fn read_capped(reader: impl Read, max: u32) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    match reader.take(u64::from(max) + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > max as usize => Err(Failure::TooLarge),
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(Failure::Timeout),
        Err(_) => Err(Failure::BlockedByBrowser),
    }
}
