use super::overload::Overload;

/// All files' tables.
const TABLES: [&[Overload]; 15] = [
    super::array::TABLE,
    super::bits::TABLE,
    super::condition::TABLE,
    super::datetime::TABLE,
    super::date_format::TABLE,
    super::ip::TABLE,
    super::joda::TABLE,
    super::map::TABLE,
    super::math::TABLE,
    super::regexp::TABLE,
    super::round::TABLE,
    super::sequence::TABLE,
    super::text::TABLE,
    super::time_parts::TABLE,
    super::url::TABLE,
];

/// The overloads of a name in small letters; none for names that no table has.
pub(crate) fn find(name: &str) -> Vec<&'static Overload> {
    let all = TABLES.iter().flat_map(|table| table.iter());
    all.filter(|overload| overload.name == name).collect()
}

/// The names of all functions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLES
        .iter()
        .flat_map(|table| table.iter())
        .map(|overload| overload.name)
}
