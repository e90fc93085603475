use belfry_engine::diag::Span;

use super::mutant::{Changed, Mutant};
use super::place::of_key;

/// Something of the suite with one key changed: the key, what it becomes, and what it was.
pub(super) struct Variant<T> {
    pub(super) key: &'static str,
    pub(super) becomes: String,
    pub(super) was: String,
    pub(super) changed: T,
}

/// What is changed: its name in messages, its list in belfry.toml, and where it stands there.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) name: &'a str,
    pub(super) list: &'static str,
    pub(super) at: Span,
    pub(super) source: &'a str,
}

impl Subject<'_> {
    /// The mutant that a variant is.
    pub(super) fn mutant<T>(self, variant: Variant<T>, of: impl FnOnce(T) -> Changed) -> Mutant {
        let Variant {
            key,
            becomes,
            was,
            changed,
        } = variant;
        Mutant {
            name: format!("{}: {key} {becomes}", self.name),
            at: of_key(self.source, self.list, self.at, key),
            subject_at: self.at,
            change: format!("`{key}` {becomes} instead of {was}"),
            changed: of(changed),
        }
    }
}

/// Each entry of a list left out.
pub(super) fn without_each<T: Clone>(
    whole: &T,
    key: &'static str,
    list: impl Fn(&mut T) -> &mut Vec<String>,
    variants: &mut Vec<Variant<T>>,
) {
    for number in 0..list(&mut whole.clone()).len() {
        let mut changed = whole.clone();
        let entry = list(&mut changed).remove(number);
        variants.push(Variant {
            key,
            becomes: format!("without {entry}"),
            was: "with it".to_owned(),
            changed,
        });
    }
}
