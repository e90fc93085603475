use std::path::PathBuf;

use crate::cli::connection::Loaded;
use crate::cli::{CommandError, Context, Kind};
use crate::testing::{TestFile, TestsError, read_files};

/// The test files at `paths`, or those of the suite.
pub(super) fn read(
    cx: &Context,
    loaded: &Loaded,
    paths: &[PathBuf],
) -> Result<Vec<TestFile>, CommandError> {
    read_files(&loaded.suite, &loaded.folder, paths).map_err(|error| refused(cx, error))
}

fn refused(cx: &Context, error: TestsError) -> CommandError {
    let rendered = match &error {
        TestsError::Wrong(files) => {
            let texts = files.iter().map(|file| file.render(cx.err_coloured));
            Some(texts.collect::<Vec<_>>().join("\n\n"))
        }
        TestsError::Read { .. } | TestsError::None { .. } => None,
    };
    let error = CommandError::new(Kind::User, error);
    match rendered {
        Some(text) => error.rendered(text).hint(
            "docs/testing.md shows the format; `belfry explain CODE` tells more about a code",
        ),
        None => error.hint("docs/testing.md shows how to write tests"),
    }
}
