use super::overload::{Overload, Site, VARCHAR, at};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, varchar_text};

/// `format(pattern, …)`: its arguments stay what they are.
pub(crate) static FORMAT: Overload = Overload {
    name: "format",
    parameters: &[],
    variadic: true,
    result: VARCHAR,
    nulls: true,
    run: format,
};

/// A place of a pattern of Java's Formatter: `%,10.2f`.
#[derive(Default)]
struct Place {
    left: bool,
    zeros: bool,
    groups: bool,
    width: usize,
    precision: Option<usize>,
}

/// The widest place and the most digits.
const WIDEST: usize = 1000;

fn format(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let Value::Varchar(pattern) = at(args, 0) else {
        return Ok(Value::Null);
    };
    let (mut out, mut next) = (String::new(), 1);
    let mut rest = pattern.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter != '%' {
            out.push(letter);
            continue;
        }
        let mut text = String::new();
        while let Some(part) = rest.next_if(|at| !at.is_alphabetic() && *at != '%') {
            text.push(part);
        }
        let beyond = |end: &str| {
            Refusal::beyond(format!(
                "`%{text}{end}` in a pattern of `format` is not supported here"
            ))
            .help("%s, %d and %f are, with a width, `-`, `0`, `,` and digits behind the point")
        };
        let Some(kind) = rest.next() else {
            return Err(beyond(""));
        };
        let wrong = || beyond(&kind.to_string());
        if matches!(kind, '%' | 'n') && text.is_empty() {
            out.push(if kind == 'n' { '\n' } else { '%' });
            continue;
        }
        let place = place(&text).ok_or_else(wrong)?;
        let (Some(value), Some(of)) = (args.get(next), site.types.get(next)) else {
            return Err(Refusal::argument(format!(
                "Invalid format string: {pattern} (MissingFormatArgument: Format specifier '%{text}{kind}')"
            )));
        };
        next += 1;
        let written = written(&place, kind, value, of).ok_or_else(wrong)?;
        out.push_str(&padded(&place, written));
    }
    Ok(Value::text(&out))
}

fn place(text: &str) -> Option<Place> {
    let mut place = Place::default();
    let digits = text.trim_start_matches(['-', '0', ',']);
    for flag in text.chars().take(text.len() - digits.len()) {
        let slot = match flag {
            '-' => &mut place.left,
            '0' => &mut place.zeros,
            _ => &mut place.groups,
        };
        // A flag that stands twice is an error of Java's.
        if std::mem::replace(slot, true) {
            return None;
        }
    }
    let (width, precision) = match digits.split_once('.') {
        Some((width, precision)) => (width, Some(precision)),
        None => (digits, None),
    };
    let number = |text: &str| {
        let plain = text.bytes().all(|at| at.is_ascii_digit());
        text.parse().ok().filter(|size| plain && *size <= WIDEST)
    };
    if !width.is_empty() {
        place.width = number(width)?;
    }
    if let Some(precision) = precision {
        place.precision = Some(number(precision)?);
    }
    let aligned = place.left || place.zeros;
    let contradicts = (place.left && place.zeros) || (aligned && place.width == 0);
    (!contradicts).then_some(place)
}

/// Sign and text; `None` where the letter does not fit the value, or is not known here.
fn written(place: &Place, kind: char, value: &Value, of: &Type) -> Option<(bool, String)> {
    let numeric = place.zeros || place.groups;
    if value.is_null() && matches!(kind, 's' | 'd' | 'f') {
        return (!place.zeros && place.precision.is_none()).then(|| (false, "null".to_owned()));
    }
    match (kind, value) {
        ('s', Value::Varchar(_) | Value::Boolean(_) | Value::Whole(_) | Value::Date(_))
            if !numeric && place.precision.is_none() =>
        {
            Some((false, varchar_text(value, of)))
        }
        ('s', Value::Double(number)) if !numeric && place.precision.is_none() => {
            Some((false, crate::value::java_double(*number)))
        }
        ('d', Value::Whole(number)) if place.precision.is_none() => {
            let digits = number.unsigned_abs().to_string();
            Some((*number < 0, grouped(place, digits, "")))
        }
        ('f', Value::Double(number)) if number.is_finite() => {
            // Java rounds the shortest digits of a double.
            let digits = number.abs().to_string();
            Some((number.is_sign_negative(), fixed(place, &digits)))
        }
        ('f', Value::Decimal(units)) => {
            let digits = varchar_text(value, of);
            Some((
                units.units() < 0,
                fixed(place, digits.trim_start_matches('-')),
            ))
        }
        _ => None,
    }
}

/// A number without its sign with as many digits behind the point as the place has, halves rounded up.
fn fixed(place: &Place, digits: &str) -> String {
    let precision = place.precision.unwrap_or(6);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let kept: String = fraction
        .chars()
        .chain(std::iter::repeat('0'))
        .take(precision)
        .collect();
    let mut all: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    if fraction
        .as_bytes()
        .get(precision)
        .is_some_and(|next| *next >= b'5')
    {
        let mut carry = true;
        for digit in all.iter_mut().rev() {
            carry = *digit == b'9';
            *digit = if carry { b'0' } else { *digit + 1 };
            if !carry {
                break;
            }
        }
        if carry {
            all.insert(0, b'1');
        }
    }
    let text: String = all.into_iter().map(char::from).collect();
    let (whole, fraction) = text.split_at(text.len() - precision);
    let fraction = match precision {
        0 => String::new(),
        _ => format!(".{fraction}"),
    };
    grouped(place, whole.to_owned(), &fraction)
}

fn grouped(place: &Place, whole: String, fraction: &str) -> String {
    if !place.groups {
        return whole + fraction;
    }
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + fraction
}

fn padded(place: &Place, (negative, text): (bool, String)) -> String {
    let sign = if negative { "-" } else { "" };
    let missing = place
        .width
        .saturating_sub(sign.len() + text.chars().count());
    match (place.left, place.zeros) {
        (true, _) => format!("{sign}{text}{}", " ".repeat(missing)),
        (_, true) => format!("{sign}{}{text}", "0".repeat(missing)),
        _ => format!("{}{sign}{text}", " ".repeat(missing)),
    }
}
