use std::collections::BTreeMap;

use crate::alarms::Evaluation;

/// One series of an alarm over many: what it is grouped by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contributor {
    /// `ContributorAttributes`: names and values of what the query groups by.
    pub attributes: BTreeMap<String, String>,
}

/// One series, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct ContributorEvaluation {
    /// Which series.
    pub contributor: Contributor,
    /// What its points say.
    pub evaluation: Evaluation,
}

impl Contributor {
    /// The series grouped by these.
    pub fn new<N: Into<String>, V: Into<String>>(
        attributes: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let owned = attributes.into_iter().map(|(n, v)| (n.into(), v.into()));
        Self {
            attributes: owned.collect(),
        }
    }

    /// `ContributorId`: 16 hexadecimal digits, as in the user guide's examples. How AWS makes them is not said; here
    /// they are a hash (FNV-1a) of the attributes, so that the same series has the same id in every run.
    pub fn id(&self) -> String {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        for (name, value) in &self.attributes {
            name.bytes().for_each(&mut add);
            add(0);
            value.bytes().for_each(&mut add);
            add(1);
        }
        format!("{hash:016x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_names_from_values() {
        let ids = [
            Contributor::new([("ab", "c")]).id(),
            Contributor::new([("a", "bc")]).id(),
            Contributor::default().id(),
        ];
        assert!(ids.iter().all(|id| id.len() == 16));
        assert!(ids[0] != ids[1] && ids[1] != ids[2]);
    }
}
