use std::io;
use std::io::Write as _;
use std::path::Path;

use belfry_engine::diag::{Help, Span};

use super::FileFindings;

/// A file's text with the changes that its findings propose, and how many those are; `None` where there are
/// none. Of changes that overlap the first is made.
pub fn fixed(file: &FileFindings) -> Option<(String, usize)> {
    let mut changes: Vec<(Span, &str)> = file
        .diagnostics
        .iter()
        .filter_map(|diagnostic| match &diagnostic.help {
            Some(Help::Replace { span, text, .. }) => Some((*span, text.as_str())),
            _ => None,
        })
        .collect();
    changes.sort();
    changes.dedup_by(|later, earlier| later.0.start < earlier.0.end || later == earlier);
    let mut text = file.source.clone();
    for (span, new) in changes.iter().rev() {
        text.get(span.start..span.end)?;
        text.replace_range(span.start..span.end, new);
    }
    (!changes.is_empty()).then_some((text, changes.len()))
}

/// Makes the proposed changes of a file in the suite's folder; says how many. A file whose text is not the one that was
/// judged, such as a dashboard with variables in it, is left alone. The new text takes the file's place at once.
pub fn apply(folder: &Path, file: &FileFindings) -> io::Result<usize> {
    let path = folder.join(&file.path);
    let on_disk = std::fs::read_to_string(&path)?;
    let Some((text, count)) = fixed(file) else {
        return Ok(0);
    };
    if on_disk != file.source {
        return Ok(0);
    }
    let beside = path.with_extension("belfry-fix");
    let mut new = std::fs::File::create(&beside)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()?;
    std::fs::set_permissions(&beside, std::fs::metadata(&path)?.permissions())?;
    std::fs::rename(&beside, &path)?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use belfry_engine::diag::{Diagnostic, check as codes};

    use super::*;

    fn file(source: &str, changes: &[(usize, usize, &str)]) -> FileFindings {
        let finding = |(start, end, text): &(usize, usize, &str)| {
            let span = Span::new(*start, *end);
            Diagnostic::warning(&codes::UNKNOWN_FIELD, span, "x").replace(span, *text, "y")
        };
        FileFindings {
            path: "q.cwli".to_owned(),
            source: source.to_owned(),
            diagnostics: changes.iter().map(finding).collect(),
        }
    }

    #[test]
    fn changes_are_made_from_the_back_and_none_twice() {
        let changes = [
            (7, 9, "level"),
            (0, 6, "filter"),
            (7, 9, "level"),
            (8, 9, "x"),
        ];
        let (text, count) = fixed(&file("fliter lv = 1", &changes)).unwrap();
        assert_eq!((text.as_str(), count), ("filter level = 1", 2));
        assert_eq!(fixed(&file("x", &[])), None);
        assert_eq!(fixed(&file("x", &[(0, 9, "y")])), None);
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("q.cwli");
        std::fs::write(&path, "other").unwrap();
        let judged = file("fields lv", &[(7, 9, "level")]);
        assert_eq!(apply(folder.path(), &judged).unwrap(), 0);
        std::fs::write(&path, "fields lv").unwrap();
        assert_eq!(apply(folder.path(), &judged).unwrap(), 1);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "fields level");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
