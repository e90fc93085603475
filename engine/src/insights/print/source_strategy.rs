//! Any `SOURCE`, for the properties of printing.

use proptest::prelude::*;

use crate::base::Millis;
use crate::events::LogGroupClass;
use crate::insights::source::{LogGroups, Source, SourceTime, TagFilter};

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z/!*\"]{1,4}", 0..3)
}

fn time() -> impl Strategy<Value = Option<SourceTime>> {
    prop::option::of(prop_oneof![
        (0..99_999_i64).prop_map(SourceTime::Ago),
        (0..1_900_000_000_000_i64).prop_map(|at| SourceTime::At(Millis(at))),
    ])
}

fn log_groups() -> impl Strategy<Value = LogGroups> {
    let classes = vec![LogGroupClass::Standard, LogGroupClass::InfrequentAccess];
    let parts = (texts(), texts(), prop::sample::select(classes));
    parts.prop_map(|(name_prefixes, accounts, class)| LogGroups {
        name_prefixes,
        accounts,
        class,
    })
}

pub(super) fn source_clause() -> impl Strategy<Value = Source> {
    let tag = ("[a-z]{1,3}", texts()).prop_map(|(key, values)| TagFilter::new(&key, &values));
    let tags = prop::collection::vec(tag, 0..3);
    let data_sources = prop::collection::vec("[a-z]{1,3}\\.[a-z!]{1,3}", 0..3);
    let parts = (log_groups(), tags, data_sources);
    let patterns = parts.prop_map(|(log_groups, tags, data_sources)| Source {
        log_groups: Some(log_groups),
        tags,
        data_sources,
        ..Source::default()
    });
    let names = prop::collection::btree_set("[ -~]{1,5}", 1..3).prop_map(|groups| Source {
        groups: groups.into_iter().collect(),
        ..Source::default()
    });
    (prop_oneof![patterns, names], time(), time()).prop_map(|(source, start, end)| Source {
        start,
        end,
        ..source
    })
}
