/// AWS's comparisons with a threshold, and their signs.
const COMPARISONS: &[(&str, &str)] = &[
    ("GreaterThanThreshold", ">"),
    ("GreaterThanOrEqualToThreshold", ">="),
    ("LessThanThreshold", "<"),
    ("LessThanOrEqualToThreshold", "<="),
];

/// The sign of a comparison.
pub(super) fn sign(comparison: &str) -> &'static str {
    let mut all = COMPARISONS.iter();
    all.find(|(name, _)| *name == comparison)
        .map_or("", |(_, sign)| sign)
}

/// Every other one: its name and its sign.
pub(super) fn others(comparison: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = COMPARISONS.iter().copied();
    all.filter(move |(name, _)| *name != comparison)
}

/// Every other treatment of missing data.
pub(super) fn other_treatments(own: &str) -> impl Iterator<Item = &'static str> {
    let all = ["missing", "notBreaching", "breaching", "ignore"];
    all.into_iter().filter(move |other| *other != own)
}
