//! Reads back what `console_link.rs` writes, by the grammar of the console's own encoding (the package `jsurl` 0.1.5)
//! and not by our encoder.

use belfry_engine::base::{Millis, TimeRange};
use proptest::prelude::*;
use serde_json::{Map, Value};

use super::{LinkTime, QueryLink, console_link};

/// What the address bar and mail programs make of a link is undone first: `%XX` or `$XX`, once or twice. Bytes are
/// UTF-16 units here, as the console's encoder means them; a text that some other tool wrote as UTF-8 bytes reads otherwise.
fn decode(link: &str) -> Option<Value> {
    let (_, detail) = link.split_once("$3FqueryDetail$3D")?;
    let mut detail = detail.replace('$', "%");
    while detail.contains('%') {
        detail = unescape(&detail)?;
    }
    let letters: Vec<char> = detail.chars().collect();
    let mut reader = Reader { letters, at: 0 };
    let value = reader.value()?;
    (reader.at == reader.letters.len()).then_some(value)
}

/// One level of `%27`.
fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut plain = parts.next()?.to_owned();
    for part in parts {
        plain.push(char::from(u8::from_str_radix(part.get(..2)?, 16).ok()?));
        plain.push_str(part.get(2..)?);
    }
    Some(plain)
}

/// The variants of a link: as it is, escaped once as mail programs do, and twice with `$` for `%` as the address bar
/// holds it.
fn variants(link: &str) -> [String; 3] {
    let (head, detail) = link.split_once("$3D").unwrap();
    let escaped = |level: &dyn Fn(u32) -> String| {
        let letters = detail.chars().map(|letter| match letter {
            '~' | '(' | ')' | '\'' => level(u32::from(letter)),
            other => other.to_string(),
        });
        format!("{head}$3D{}", letters.collect::<String>())
    };
    [
        link.to_owned(),
        escaped(&|code| format!("%{code:02x}")),
        escaped(&|code| format!("$25{code:02X}")),
    ]
}

struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self, wanted: char) -> Option<()> {
        (self.peek()? == wanted).then(|| self.at += 1)
    }

    fn value(&mut self) -> Option<Value> {
        self.take('~')?;
        match self.peek()? {
            '(' => {
                self.at += 1;
                match self.peek()? {
                    '~' => self.array(),
                    _ => self.object(),
                }
            }
            '\'' => {
                self.at += 1;
                self.text().map(Value::String)
            }
            _ => serde_json::from_str(&self.text()?).ok(),
        }
    }

    fn array(&mut self) -> Option<Value> {
        let mut items = Vec::new();
        // `~)` is the empty array.
        if self.letters.get(self.at + 1) == Some(&')') {
            self.at += 2;
            return Some(Value::Array(items));
        }
        while self.take(')').is_none() {
            items.push(self.value()?);
        }
        Some(Value::Array(items))
    }

    fn object(&mut self) -> Option<Value> {
        let mut members = Map::new();
        while self.take(')').is_none() {
            if !members.is_empty() {
                self.take('~')?;
            }
            let name = self.text()?;
            let known = members.insert(name, self.value()?);
            assert_eq!(known, None, "a key twice");
        }
        Some(Value::Object(members))
    }

    /// `*xx` and `**xxxx` are UTF-16 units, `!` is `$`; anything plain ends at `~` or `)`.
    fn text(&mut self) -> Option<String> {
        let mut units = Vec::new();
        while let Some(letter) = self.peek() {
            match letter {
                '~' | ')' => break,
                '*' => {
                    let wide = self.letters.get(self.at + 1) == Some(&'*');
                    let (skip, digits) = if wide { (2, 4) } else { (1, 2) };
                    let start = self.at + skip;
                    let hex: String = self.letters.get(start..start + digits)?.iter().collect();
                    units.push(u16::from_str_radix(&hex, 16).ok()?);
                    self.at = start + digits;
                }
                '!' => {
                    units.push(u16::from(b'$'));
                    self.at += 1;
                }
                plain if plain.is_ascii_alphanumeric() || "_.-".contains(plain) => {
                    units.push(u16::try_from(u32::from(plain)).ok()?);
                    self.at += 1;
                }
                _ => return None,
            }
        }
        String::from_utf16(&units).ok()
    }
}

fn link(text: &str, groups: &[String], time: LinkTime, utc: bool) -> String {
    console_link(&QueryLink {
        region: "eu-central-1",
        text,
        log_groups: groups,
        time,
        utc,
    })
}

fn time() -> impl Strategy<Value = LinkTime> {
    // Years 1970 to 2100.
    let moment = 0..4_102_444_800_000_i64;
    prop_oneof![
        (0..100_000_000_i64).prop_map(LinkTime::Relative),
        (moment.clone(), moment).prop_map(|(one, other)| LinkTime::Absolute(TimeRange {
            start: Millis(one.min(other)),
            end: Millis(one.max(other)),
        })),
    ]
}

proptest! {
    #[test]
    fn any_text_groups_and_range_read_back(
        text in any::<String>(),
        groups in prop::collection::vec(any::<String>(), 0..4),
        time in time(),
        utc in any::<bool>(),
    ) {
        let link = link(&text, &groups, time, utc);
        prop_assert!(link.is_ascii() && !link.contains([' ', '%', '"', '<', '>', '\\', '`', '|']));
        for link in variants(&link) {
            let found = decode(&link).expect(&link);
            prop_assert_eq!(&found["editorString"], &text);
            prop_assert_eq!(&found["source"], &Value::from(groups.clone()));
            prop_assert_eq!(&found["tz"], if utc { "UTC" } else { "LOCAL" });
            prop_assert_eq!(&found["lang"], "CWLI");
            match time {
                LinkTime::Relative(seconds) => {
                    prop_assert_eq!(&found["timeType"], "RELATIVE");
                    prop_assert_eq!(&found["unit"], "seconds");
                    prop_assert_eq!(&found["end"], 0);
                    prop_assert_eq!(found["start"].as_i64(), Some(-seconds));
                }
                LinkTime::Absolute(range) => {
                    prop_assert_eq!(&found["timeType"], "ABSOLUTE");
                    prop_assert_eq!(&found["start"], &range.start.to_rfc3339());
                    prop_assert_eq!(&found["end"], &range.end.to_rfc3339());
                }
            }
        }
    }
}

#[test]
fn what_ends_texts_and_objects_is_escaped_within_them() {
    let text = "filter @message like /~(a)'b*!%24$/ # \u{1f600}\r\n\t| limit 1";
    let groups = [
        "/a/b".to_owned(),
        "arn:aws:logs:eu-central-1:1:log-group:/x#y".to_owned(),
    ];
    let [link, once, twice] = variants(&link(text, &groups, LinkTime::Relative(0), true));
    let found = decode(&link).unwrap();
    assert!(
        twice.contains("$257E$2528end$257E0$257Estart$257E0$257EtimeType$257E$2527RELATIVE"),
        "{twice}"
    );
    assert_eq!(decode(&once).as_ref(), Some(&found));
    assert_eq!(decode(&twice).as_ref(), Some(&found));
    assert_eq!(found["editorString"], text);
    assert_eq!(found["source"][1], groups[1]);
    assert_eq!(found["start"], 0);
}
