//! Sorting in little code. The standard library's sorts cost about 3 kB of WebAssembly for each type they sort; what a
//! verifier sorts is short.

use core::cmp::Ordering;

/// Sorts `items` as `compare` says; equal ones in any order. Heap sort: `n log n` steps for any input.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let count = items.len();
    for root in (0..count / 2).rev() {
        sift(items, root, count, &compare);
    }
    for end in (1..count).rev() {
        items.swap(0, end);
        sift(items, 0, end, &compare);
    }
}

/// Sorts by what `key` makes of each item.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Lets the item at `root` sink until neither child, below `end`, is greater.
fn sift<T>(items: &mut [T], mut root: usize, end: usize, compare: &impl Fn(&T, &T) -> Ordering) {
    let greater = |items: &[T], a: usize, b: usize| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b) == Ordering::Greater,
        _ => false,
    };
    while 2 * root + 1 < end {
        let left = 2 * root + 1;
        let child = if left + 1 < end && greater(items, left + 1, left) { left + 1 } else { left };
        if !greater(items, child, root) {
            return;
        }
        items.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_like_the_standard_library() {
        let mut seed = 1_u32;
        for count in 0..200 {
            let mut items: Vec<u32> = (0..count)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    seed >> 28
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_unstable();
            sort_by_key(&mut items, |item| *item);
            assert_eq!(items, expected);
        }
    }
}
