use crate::endpoint::{Document, Fault, Members};

/// Deeper names are refused; AWS's own go to about ten.
const MAX_DEPTH: usize = 32;

/// The pairs of a form (`application/x-www-form-urlencoded`), in order.
pub(super) fn pairs(text: &[u8]) -> Result<Vec<(String, String)>, Fault> {
    text.split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = match pair.iter().position(|byte| *byte == b'=') {
                Some(at) => (&pair[..at], &pair[at + 1..]),
                None => (pair, &[][..]),
            };
            Ok((unescape(name)?, unescape(value)?))
        })
        .collect()
}

/// Builds the structure that dotted names stand for: `A.member.1.B=v`, `M.entry.1.key=k`.
pub(super) fn structure(pairs: Vec<(String, String)>) -> Result<Document, Fault> {
    let mut root = Node::default();
    for (name, value) in pairs {
        root.insert(&name, value)?;
    }
    root.into_structure()
}

fn unescape(text: &[u8]) -> Result<String, Fault> {
    let blanks: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let bytes = escapes(&blanks).ok_or_else(|| malformed("`%` without two hexadecimal digits"))?;
    String::from_utf8(bytes).map_err(|_| malformed("a name or value is not UTF-8"))
}

/// The text that stands behind `%XX`; `None` where that is no text.
pub(in crate::endpoint) fn percent_decoded(text: &[u8]) -> Option<String> {
    String::from_utf8(escapes(text)?).ok()
}

fn escapes(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? * 16 + digit(rest.next()?)?,
            other => other,
        });
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte)
        .to_digit(16)
        .and_then(|digit| u8::try_from(digit).ok())
}

fn malformed(message: impl Into<String>) -> Fault {
    Fault::new("MalformedQueryString", message)
}

#[derive(Default)]
struct Node {
    text: Option<String>,
    children: indexmap::IndexMap<String, Self>,
}

impl Node {
    fn insert(&mut self, name: &str, value: String) -> Result<(), Fault> {
        let mut node = self;
        for (depth, part) in name.split('.').enumerate() {
            if part.is_empty() || depth >= MAX_DEPTH {
                return Err(malformed(format!(
                    "the name `{name}` is not a member's name"
                )));
            }
            node = node.children.entry(part.to_owned()).or_default();
        }
        if node.text.replace(value).is_some() {
            return Err(malformed(format!("the name `{name}` occurs twice")));
        }
        Ok(())
    }

    fn into_document(self) -> Result<Document, Fault> {
        match self.text {
            Some(text) if self.children.is_empty() => Ok(Document::String(text)),
            Some(text) => Err(malformed(format!(
                "`{text}` stands where members are named too"
            ))),
            None if self.has_only("member") => self.into_items().and_then(|items| {
                items
                    .into_iter()
                    .map(Self::into_document)
                    .collect::<Result<_, _>>()
                    .map(Document::List)
            }),
            None if self.has_only("entry") => self.into_map(),
            None => self.into_structure(),
        }
    }

    fn has_only(&self, name: &str) -> bool {
        self.children.len() == 1 && self.children.contains_key(name)
    }

    fn into_structure(self) -> Result<Document, Fault> {
        self.children
            .into_iter()
            .map(|(name, node)| Ok((name, node.into_document()?)))
            .collect::<Result<Members, Fault>>()
            .map(Document::Structure)
    }

    /// The nodes under the one child, which are numbered from 1 without gaps.
    fn into_items(self) -> Result<Vec<Self>, Fault> {
        let Some((_, numbered)) = self.children.into_iter().next() else {
            return Ok(Vec::new());
        };
        if numbered.text.as_ref().is_some_and(|text| !text.is_empty()) {
            return Err(malformed("a list's items are numbered"));
        }
        let mut items = numbered
            .children
            .into_iter()
            .map(|(number, node)| match number.parse::<usize>() {
                Ok(number) => Ok((number, node)),
                Err(_) => Err(malformed(format!(
                    "`{number}` is not the number of an item"
                ))),
            })
            .collect::<Result<Vec<_>, _>>()?;
        items.sort_by_key(|(number, _)| *number);
        let gap = items
            .iter()
            .enumerate()
            .find(|(at, (number, _))| at + 1 != *number);
        match gap {
            Some((at, (number, _))) => Err(malformed(format!(
                "a list's items are numbered from 1 without gaps: found {number}, expected {}",
                at + 1
            ))),
            None => Ok(items.into_iter().map(|(_, node)| node).collect()),
        }
    }

    /// Entries have `key` and `value`; SNS's message attributes call them `Name` and `Value`.
    fn into_map(self) -> Result<Document, Fault> {
        let mut entries = Members::new();
        for mut entry in self.into_items()? {
            let mut take = |lower, upper| {
                entry
                    .children
                    .shift_remove(lower)
                    .or_else(|| entry.children.shift_remove(upper))
            };
            let (key, value) = (take("key", "Name"), take("value", "Value"));
            let (
                Some(Self {
                    text: Some(key), ..
                }),
                Some(value),
            ) = (key, value)
            else {
                return Err(malformed("a map's entry has a `key` and a `value`"));
            };
            if entries
                .insert(key.clone(), value.into_document()?)
                .is_some()
            {
                return Err(malformed(format!("the key `{key}` occurs twice in a map")));
            }
        }
        Ok(Document::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(form: &str) -> Result<Document, Fault> {
        pairs(form.as_bytes()).and_then(structure)
    }

    /// The form that an AWS client writes for `document`.
    fn write(out: &mut String, name: &str, document: &Document) {
        match document {
            Document::String(text) => {
                let escaped: String = text.bytes().map(|b| format!("%{b:02X}")).collect();
                if !out.is_empty() {
                    out.push('&');
                }
                out.push_str(name);
                out.push('=');
                out.push_str(&escaped);
            }
            Document::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    write(out, &format!("{name}.member.{}", at + 1), item);
                }
            }
            Document::Map(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    let entry = format!("{name}.entry.{}", at + 1);
                    write(out, &format!("{entry}.key"), &key.as_str().into());
                    write(out, &format!("{entry}.value"), value);
                }
            }
            Document::Structure(members) => {
                for (member, value) in members {
                    let dot = if name.is_empty() { "" } else { "." };
                    write(out, &format!("{name}{dot}{member}"), value);
                }
            }
            other => panic!("no form for {other:?}"),
        }
    }

    fn any_document() -> impl Strategy<Value = Document> {
        ".{0,12}"
            .prop_map(Document::String)
            .prop_recursive(4, 32, 5, |inner| {
                prop_oneof![
                    proptest::collection::vec(inner.clone(), 1..5).prop_map(Document::List),
                    any_members(".{1,6}", inner.clone()).prop_map(Document::Map),
                    any_members("[A-Z][a-z]{0,7}", inner).prop_map(Document::Structure),
                ]
            })
    }

    fn any_members(
        name: &'static str,
        value: impl Strategy<Value = Document>,
    ) -> impl Strategy<Value = Members> {
        proptest::collection::vec((name, value), 1..5).prop_map(|pairs| pairs.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_a_client_writes_reads_back(members in any_members("[A-Z][a-z]{0,7}", any_document())) {
            let document = Document::Structure(members);
            let mut form = String::new();
            write(&mut form, "", &document);
            prop_assert_eq!(read(&form).unwrap(), document);
        }

        #[test]
        fn any_text_is_read_or_refused(form in "[A-Ba&=.%+1-2]{0,40}") {
            let _ = read(&form);
        }
    }

    #[test]
    fn items_of_a_list_come_by_number_not_by_place() {
        let list = Document::list(["a", "b"]);
        assert_eq!(
            read("L.member.2=b&L.member.1=a").unwrap(),
            Document::structure([("L", list)])
        );
    }

    #[test]
    fn wrong_names_are_refused() {
        for form in [
            "A.=1",
            "A=1&A=2",
            "A=1&A.B=2",
            "L.member.2=x",
            "L.member.x=1",
            "M.entry.1.key=k",
            "A=%F",
        ] {
            assert_eq!(
                read(form).unwrap_err().code,
                "MalformedQueryString",
                "{form}"
            );
        }
    }

    #[test]
    fn an_empty_list_is_an_empty_text() {
        assert_eq!(
            read("L=").unwrap(),
            Document::structure([("L", Document::from(""))])
        );
    }
}
