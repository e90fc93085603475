//! Any text is a query or is refused at places inside it; nothing panics.
#![no_main]

use belfry_engine::diag::has_errors;
use belfry_engine::insights;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match insights::compile(text) {
        Ok((_, warnings)) => assert!(!has_errors(&warnings)),
        Err(diagnostics) => {
            assert!(has_errors(&diagnostics));
            for diagnostic in diagnostics {
                let span = diagnostic.primary.span;
                assert!(text.get(span.start..span.end).is_some(), "{span:?}");
            }
        }
    }
});
