use super::command::read_command;
use super::cursor::{Cursor, Read};
use crate::diag::{Diagnostic, query};
use crate::insights::ast::Ast;
use crate::insights::lex::Symbol;

/// `(SOURCE … | command | …)`
pub(super) fn read(cursor: &mut Cursor<'_>) -> Read<Ast> {
    let inside = cursor.peek_at(1);
    if cursor.is_symbol(Symbol::Open) && !cursor.enclosed && !inside.is_word("source") {
        cursor.advance();
        return cursor.unexpected("`SOURCE` at the head of a subquery");
    }
    read_query(cursor)
}

/// `(command | …)`, perhaps with `SOURCE` at its head.
pub(super) fn read_query(cursor: &mut Cursor<'_>) -> Read<Ast> {
    let span = cursor.span();
    cursor.expect(Symbol::Open, "(")?;
    if cursor.enclosed {
        let message = "a subquery stands inside a subquery";
        return cursor.fail(
            Diagnostic::error(&query::COMMAND_ORDER, span, message)
                .help("subqueries do not nest (CloudWatch Logs user guide)"),
        );
    }
    cursor.enclosed = true;
    let mut ast = Ast::default();
    loop {
        read_command(cursor, &mut ast)?;
        if !cursor.take_symbol(Symbol::Pipe) {
            break;
        }
    }
    cursor.enclosed = false;
    cursor.expect(Symbol::Close, ")")?;
    Ok(ast)
}
