//! The first line is a filter pattern, the rest a message: refused inside the text, or matched without a panic.
#![no_main]

use belfry_engine::pattern::FilterPattern;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (pattern, message) = text.split_once('\n').unwrap_or((text, "{\"a\":1}"));
    match FilterPattern::parse(pattern) {
        Ok(parsed) => assert_eq!(parsed.matches(message), parsed.extract(message).is_some()),
        Err(error) => assert!(pattern.get(error.span.start..error.span.end).is_some()),
    }
});
