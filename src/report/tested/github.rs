use std::io::{self, Write};

use super::Tested;
use super::annotation::annotation;
use super::sides::plain;

/// An annotation for everything that failed.
pub fn write_github(out: &mut dyn Write, tested: &Tested<'_>) -> io::Result<()> {
    for (file, test, outcome) in tested.each() {
        for failure in &outcome.failures {
            let more = format!("{}\n{}", test.name, plain(&failure.sides));
            let path = tested.path(&file.path);
            let source = &file.source;
            annotation(out, &path, source, &failure.diagnostic, more.trim_end())?;
        }
    }
    Ok(())
}
