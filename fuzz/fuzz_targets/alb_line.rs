//! A line of each kind of load balancer log: refused inside the text, or divided into fields which, written again, are
//! the same fields.
#![no_main]

use belfry_engine::alb::{
    ACCESS, ACCESS_COLUMNS, CONNECTION, Entry, HEALTH_CHECK, Layout, print_line,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for layout in [&ACCESS, &CONNECTION, &HEALTH_CHECK] {
        read(layout, text);
    }
});

fn read(layout: &'static Layout, text: &str) {
    let entry = match Entry::parse(layout, text) {
        Ok(entry) => entry,
        Err(error) => return assert!(text.is_char_boundary(error.at)),
    };
    let texts: Vec<_> = entry.fields().map(|field| field.unescaped()).collect();
    assert_eq!(texts.len(), entry.names().count());
    assert_eq!(
        ACCESS_COLUMNS.values(&entry).count(),
        ACCESS_COLUMNS.names.len()
    );
    let borrowed: Vec<&str> = texts.iter().map(|text| &**text).collect();
    // Escapes in fields such as numbers were text to the reader; written again they may be refused.
    if let Ok(line) = print_line(layout, &borrowed) {
        let again = Entry::parse(layout, &line).expect("what is written is read again");
        assert!(
            again
                .fields()
                .map(|field| field.unescaped())
                .eq(texts.iter().cloned())
        );
    }
}
