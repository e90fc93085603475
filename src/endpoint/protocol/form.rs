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
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = (rest.next().and_then(digit), rest.next().and_then(digit));
                let (Some(high), Some(low)) = digits else {
                    return Err(malformed("`%` without two hexadecimal digits"));
                };
                high * 16 + low
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| malformed("a name or value is not UTF-8"))
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
    children: indexmap::IndexMap<String, Node>,
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
