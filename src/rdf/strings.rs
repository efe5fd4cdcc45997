//! Strings by number and numbers by string: terms and IRIs are compared, copied and looked up as integers.

use std::borrow::Cow;

use super::Error;

/// Bytes of strings that were put together, such as prefix and suffix: a long prefix could be used often.
const MAX_BUILT: usize = 16 << 20;

/// A set of strings, each with the number of its coming.
#[derive(Debug, Default)]
pub(super) struct Strings<'a> {
    items: Vec<Cow<'a, str>>,
    /// Open addressing, at most half full; 0 is free, else the number and one.
    slots: Vec<u32>,
    built: usize,
    detours: usize,
}

impl<'a> Strings<'a> {
    /// A set of `items`, which are distinct.
    pub(super) fn of(items: impl Iterator<Item = &'a str>) -> Self {
        let mut strings = Strings { items: items.map(Cow::Borrowed).collect(), ..Strings::default() };
        strings.rehash();
        strings
    }

    pub(super) fn len(&self) -> u32 {
        self.items.len() as u32
    }

    pub(super) fn get(&self, number: u32) -> &str {
        self.items.get(number as usize).map_or("", AsRef::as_ref)
    }

    pub(super) fn find(&self, text: &str) -> Option<u32> {
        self.probe(text, &mut 0)
    }

    fn probe(&self, text: &str, detours: &mut usize) -> Option<u32> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(text) as usize;
        loop {
            let number = self.slots.get(at & mask)?.checked_sub(1)?;
            if self.get(number) == text {
                return Some(number);
            }
            *detours += 1;
            at = at.wrapping_add(1);
        }
    }

    /// The number of `text`, new if need be.
    ///
    /// # Errors
    /// [`Error::TooComplex`] when the strings grow too large, or were chosen to collide.
    pub(super) fn intern(&mut self, text: Cow<'a, str>) -> Result<u32, Error> {
        if let Cow::Owned(text) = &text {
            self.built += text.len();
        }
        let mut detours = 0;
        if let Some(number) = self.probe(&text, &mut detours)
            && self.built <= MAX_BUILT
        {
            return Ok(number);
        }
        self.detours += detours;
        if self.built > MAX_BUILT || self.detours > 8 * self.items.len() + 4096 {
            return Err(Error::TooComplex);
        }
        self.items.push(text);
        if self.items.len() * 2 > self.slots.len() {
            self.rehash();
        } else {
            self.place(self.len());
        }
        Ok(self.len() - 1)
    }

    fn rehash(&mut self) {
        self.slots = vec![0; (self.items.len() * 2).next_power_of_two().max(64)];
        for number in 1..=self.len() {
            self.place(number);
        }
    }

    fn place(&mut self, number: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(self.get(number - 1)) as usize;
        while let Some(slot) = self.slots.get_mut(at & mask) {
            if *slot == 0 {
                *slot = number;
                return;
            }
            at = at.wrapping_add(1);
        }
    }
}

/// Eight bytes at a time.
fn hash(text: &str) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = text.len() as u64;
    let mut rest = text.as_bytes();
    loop {
        let word = match rest.split_first_chunk::<8>() {
            Some((chunk, after)) => {
                rest = after;
                u64::from_le_bytes(*chunk)
            }
            None => {
                let word = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
                rest = &[];
                word
            }
        };
        hash = (hash ^ word).wrapping_mul(FACTOR);
        hash ^= hash >> 32;
        if rest.is_empty() {
            return hash as u32;
        }
    }
}
