use super::cursor::Cursor;
use crate::catalog::column_type::ColumnType;
use crate::catalog::error::DdlError;
use crate::catalog::token::Token;

/// The type of a column.
pub(super) fn read(cx: &mut Cursor<'_>) -> Result<ColumnType, DdlError> {
    let name = cx.word().to_ascii_lowercase();
    if name.is_empty() {
        return Err(cx.expected("the type of a column"));
    }
    if let Some(plain) = ColumnType::PLAIN.iter().find(|plain| **plain == name) {
        cx.take();
        return Ok(ColumnType::Plain(plain));
    }
    match name.as_str() {
        "decimal" | "char" | "varchar" => sized(cx, &name),
        "array" => {
            cx.take();
            cx.require_sign('<')?;
            let item = read(cx)?;
            cx.require_sign('>')?;
            Ok(ColumnType::Array(Box::new(item)))
        }
        "map" => {
            cx.take();
            cx.require_sign('<')?;
            let key = read(cx)?;
            cx.require_sign(',')?;
            let value = read(cx)?;
            cx.require_sign('>')?;
            Ok(ColumnType::Map(Box::new(key), Box::new(value)))
        }
        "struct" => fields(cx),
        "integer" => Err(cx.refused("`integer` is a type of queries; a column of a table is `int`")),
        _ => Err(cx.refused(format!(
            "`{name}` is not a type of Athena; the types are {}, decimal(p,s), char(n), varchar(n), array<…>, map<…,…>, struct<…:…>",
            ColumnType::PLAIN.join(", ")
        ))),
    }
}

fn fields(cx: &mut Cursor<'_>) -> Result<ColumnType, DdlError> {
    cx.take();
    cx.require_sign('<')?;
    let mut fields = Vec::new();
    loop {
        // Field names are not held to the list of reserved words: AWS's own tables have `timestamp:string`.
        let name = match cx.peek().cloned() {
            Some(Token::Word(name) | Token::Name(name)) => name.to_lowercase(),
            _ => return Err(cx.expected("the name of a field")),
        };
        cx.take();
        cx.require_sign(':')?;
        fields.push((name, read(cx)?));
        if !cx.accept_sign(',') {
            break;
        }
    }
    cx.require_sign('>')?;
    Ok(ColumnType::Struct(fields))
}

fn sized(cx: &mut Cursor<'_>, name: &str) -> Result<ColumnType, DdlError> {
    cx.take();
    if name == "decimal" && cx.peek() != Some(&Token::Sign('(')) {
        return Ok(ColumnType::Decimal(10, 0));
    }
    cx.require_sign('(')?;
    let kind = match name {
        "decimal" => {
            let precision = number(cx, 1, 38)?;
            let scale = match cx.accept_sign(',') {
                true => number(cx, 0, precision)?,
                false => 0,
            };
            let byte = |number: u16| u8::try_from(number).unwrap_or(u8::MAX);
            ColumnType::Decimal(byte(precision), byte(scale))
        }
        "char" => ColumnType::Char(number(cx, 1, 255)?),
        _ => ColumnType::Varchar(number(cx, 1, u16::MAX)?),
    };
    cx.require_sign(')')?;
    Ok(kind)
}

fn number(cx: &mut Cursor<'_>, least: u16, most: u16) -> Result<u16, DdlError> {
    let read = match cx.peek() {
        Some(Token::Number(digits)) => digits.parse().ok(),
        _ => None,
    };
    let fits = read.filter(|number| (least..=most).contains(number));
    let Some(number) = fits else {
        return Err(cx.expected(&format!("a number from {least} to {most}")));
    };
    cx.take();
    Ok(number)
}
