use super::cursor::{Cursor, Read};
use crate::base::Millis;
use crate::diag::{Diagnostic, query};
use crate::insights::lex::{Symbol, TokenKind};
use crate::insights::source::{Source, SourceTime};

/// Epoch numbers from here on are milliseconds: as seconds they would lie after the year 5100.
const FIRST_MILLIS: i64 = 100_000_000_000;

/// `start=-1d end=now` behind the groups of a `SOURCE`, in any order.
pub(super) fn read(cursor: &mut Cursor<'_>, source: &mut Source) -> Read<()> {
    loop {
        let start = cursor.take_word("start");
        if !start && !cursor.take_word("end") {
            return Ok(());
        }
        cursor.expect(Symbol::Equal, "=")?;
        let time = Some(moment(cursor)?);
        if start {
            source.start = time;
        } else {
            source.end = time;
        }
    }
}

fn moment(cursor: &mut Cursor<'_>) -> Read<SourceTime> {
    let span = cursor.span();
    let behind = cursor.take_symbol(Symbol::Minus);
    let time = match cursor.peek() {
        TokenKind::Period(period) => period.millis().map(SourceTime::Ago),
        word if !behind && word.is_word("now") => Some(SourceTime::Ago(0)),
        TokenKind::Number(text) if !behind => text.parse().ok().map(epoch),
        TokenKind::Text(text) if !behind => Millis::parse_rfc3339(text).map(SourceTime::At),
        _ => None,
    };
    let Some(time) = time else {
        let span = span.to(cursor.span());
        let message = "a moment is `now`, a period such as `-1d`, epoch seconds, or a text such as `\"2026-04-20T10:00:00Z\"`";
        return cursor.fail(Diagnostic::error(&query::UNEXPECTED_TOKEN, span, message));
    };
    cursor.advance();
    Ok(time)
}

fn epoch(number: i64) -> SourceTime {
    SourceTime::At(match number {
        FIRST_MILLIS.. => Millis(number),
        _ => Millis::from_seconds(number),
    })
}
