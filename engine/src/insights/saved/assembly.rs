use std::rc::Rc;

use crate::diag::{Diagnostic, Help, Span};

/// A text put together of pieces, and where each comes from.
#[derive(Debug, Default)]
pub(in crate::insights) struct Expanded {
    pub(in crate::insights) text: String,
    pieces: Vec<Piece>,
}

/// A stretch of the expanded text, up to `end`.
#[derive(Debug)]
struct Piece {
    end: usize,
    origin: Origin,
}

/// Where a piece comes from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// From the text that was written, beginning there.
    Written(usize),
    /// It stands in the place of this.
    Instead(Span),
    /// From the text of a saved query, called there.
    Saved(Rc<str>, Span),
}

impl Expanded {
    pub(super) fn add(&mut self, text: &str, origin: Origin) {
        self.text.push_str(text);
        let end = self.text.len();
        self.pieces.push(Piece { end, origin });
    }

    /// A finding about the expanded text as one about the text that was written.
    pub(in crate::insights) fn told(&self, found: Diagnostic) -> Diagnostic {
        let (span, query) = self.place(found.primary.span);
        let mut told = found.clone();
        told.primary.span = span;
        for label in &mut told.secondary {
            label.span = self.place(label.span).0;
        }
        told.secondary.retain(|label| label.span != span);
        if let Some(Help::Replace {
            span,
            text,
            message,
        }) = found.help
        {
            told.help = Some(match self.exact(span) {
                Some(span) => Help::Replace {
                    span,
                    text,
                    message,
                },
                None => Help::Text(format!("{message}: `{text}`")),
            });
        }
        if let Some(query) = query {
            told.message = format!("in the saved query `{query}`: {}", found.message);
            let excerpt = found.primary.span.text(&self.text);
            let line = excerpt.lines().next().unwrap_or_default().trim();
            if told.primary.text.is_empty() && !line.is_empty() {
                told.primary.text = format!("its text says `{line}`");
            }
        }
        told
    }

    /// Where a stretch of the expanded text stands in the text that was written.
    pub(in crate::insights) fn written(&self, span: Span) -> Span {
        self.place(span).0
    }

    /// Where a stretch of the expanded text comes from, and the saved query it stands in, if it does.
    fn place(&self, span: Span) -> (Span, Option<Rc<str>>) {
        let mut whole: Option<Span> = None;
        let mut query = None;
        for (from, to, origin) in self.touched(span) {
            let part = match origin {
                Origin::Written(start) => Span::new(
                    start + span.start.clamp(from, to) - from,
                    start + span.end.clamp(from, to) - from,
                ),
                Origin::Instead(place) => *place,
                Origin::Saved(name, call) => {
                    query.get_or_insert_with(|| Rc::clone(name));
                    *call
                }
            };
            whole = Some(whole.map_or(part, |whole| whole.to(part)));
        }
        (whole.unwrap_or_default(), query)
    }

    /// The same stretch of the written text, if it stands there word for word.
    fn exact(&self, span: Span) -> Option<Span> {
        let written =
            |(_, _, origin): (usize, usize, &Origin)| matches!(origin, Origin::Written(_));
        let mut touched = self.touched(span);
        let is_one = touched.next().is_some_and(written) && touched.next().is_none();
        drop(touched);
        is_one.then(|| self.place(span).0)
    }

    /// The pieces that a stretch lies in, with their ends; of an empty one the piece it begins or ends.
    fn touched(&self, span: Span) -> impl Iterator<Item = (usize, usize, &Origin)> {
        let starts = std::iter::once(0).chain(self.pieces.iter().map(|piece| piece.end));
        let pieces = starts.zip(&self.pieces);
        let last = self.pieces.len().saturating_sub(1);
        let touches = move |(at, (from, piece)): &(usize, (usize, &Piece))| {
            let holds_start = *from <= span.start && span.start < piece.end;
            let ends_text = *at == last && span.start >= piece.end;
            (*from < span.end && span.start < piece.end) || holds_start || ends_text
        };
        pieces
            .enumerate()
            .filter(touches)
            .map(|(_, (from, piece))| (from, piece.end, &piece.origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_what_was_written() {
        let mut text = Expanded::default();
        let call = Span::new(4, 20);
        text.add("abc|", Origin::Written(0));
        text.add("saved ", Origin::Saved("Q".into(), call));
        text.add("'v'", Origin::Written(12));
        text.add(" more", Origin::Saved("Q".into(), call));
        text.add("|end", Origin::Written(20));
        let place = |from, to| text.place(Span::new(from, to));
        assert_eq!(place(1, 3), (Span::new(1, 3), None));
        assert_eq!(place(5, 7), (call, Some("Q".into())));
        assert_eq!(place(10, 13), (Span::new(12, 15), None));
        assert_eq!(place(11, 12), (Span::new(13, 14), None));
        assert_eq!(place(6, 16), (call, Some("Q".into())));
        assert_eq!(place(19, 22), (Span::new(21, 24), None));
        assert_eq!(place(22, 22), (Span::new(24, 24), None));
        assert_eq!(text.exact(Span::new(6, 12)), None);
        assert_eq!(text.exact(Span::new(10, 12)), Some(Span::new(12, 14)));
    }
}
