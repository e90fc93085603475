use quick_xml::Reader;
use quick_xml::events::Event;

use super::xml_lists::{flat_list, list};
use crate::endpoint::{Document, Members};

/// Deeper elements are refused; S3's own go to five.
const MAX_DEPTH: usize = 16;

/// An element while it is read.
#[derive(Default)]
struct Element {
    name: String,
    text: String,
    children: Vec<(String, Document)>,
}

/// Reads a document of XML whose root is `root`: elements with children are structures, or lists where S3 has lists;
/// the others are text. `None` where it is not that; document types are refused, as nothing of S3 has one.
pub(super) fn read(bytes: &[u8], root: &str) -> Option<Document> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut done = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                if open.len() >= MAX_DEPTH || done.is_some() {
                    return None;
                }
                open.push(Element::new(start.local_name().as_ref())?);
            }
            Event::Empty(start) => {
                let element = Element::new(start.local_name().as_ref())?;
                close(element, &mut open, &mut done)?;
            }
            Event::End(_) => {
                let element = open.pop()?;
                close(element, &mut open, &mut done)?;
            }
            Event::Text(part) => append(&mut open, &part.xml10_content())?,
            Event::CData(part) => append(&mut open, &part.xml10_content())?,
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(letter) => append(&mut open, letter.encode_utf8(&mut [0; 4]))?,
                None => {
                    let name: &str = &reference;
                    append(&mut open, quick_xml::escape::resolve_xml_entity(name)?)?;
                }
            },
            Event::Decl(_) | Event::Comment(_) => {}
            Event::Eof if open.is_empty() => break,
            Event::Eof | Event::DocType(_) | Event::PI(_) => return None,
        }
    }
    done.filter(|(name, _)| name == root)
        .map(|(_, document)| document)
}

/// Puts a finished element into the one around it; the root is the document.
fn close(
    element: Element,
    open: &mut [Element],
    done: &mut Option<(String, Document)>,
) -> Option<()> {
    let name = element.name.clone();
    let document = element.finish()?;
    match open.last_mut() {
        Some(around) => around.children.push((name, document)),
        None if done.is_none() => *done = Some((name, document)),
        None => return None,
    }
    Some(())
}

/// Adds to the text of the innermost element; outside of the root only blanks may stand.
fn append(open: &mut [Element], text: &str) -> Option<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return None,
    }
    Some(())
}

impl Element {
    fn new(name: &str) -> Option<Self> {
        Some(Self {
            name: name.to_owned(),
            ..Self::default()
        })
        .filter(|element| !element.name.is_empty())
    }

    fn finish(self) -> Option<Document> {
        if let Some(wrapped) = list(&self.name).filter(|list| !list.is_flat) {
            let is_item = |(name, _): &(String, Document)| name == wrapped.element;
            let items = self.children.iter().all(is_item) && self.text.trim().is_empty();
            return items.then(|| {
                Document::List(self.children.into_iter().map(|(_, item)| item).collect())
            });
        }
        if self.children.is_empty() {
            return Some(Document::String(self.text));
        }
        if !self.text.trim().is_empty() {
            return None;
        }
        let mut members = Members::new();
        for (name, value) in self.children {
            match flat_list(&name) {
                Some(list) => match members
                    .entry(list.member.to_owned())
                    .or_insert_with(|| Document::List(Vec::new()))
                {
                    Document::List(items) => items.push(value),
                    _ => return None,
                },
                // Nothing but the items of a list stands twice.
                None if members.insert(name, value).is_some() => return None,
                None => {}
            }
        }
        Some(Document::Structure(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_members_lists_and_text() {
        let xml =
            b"<?xml version=\"1.0\"?>\n<Lifecycle xmlns=\"http://s3\">\n <Rule><ID>a &amp; b</ID>\
            <Filter><And><Tag><Key>k</Key><Value> v </Value></Tag></And></Filter></Rule>\
            <Rule><ID/></Rule></Lifecycle>";
        let tag = Document::structure([("Key", Document::from("k")), ("Value", " v ".into())]);
        let and = Document::structure([("Tags", Document::List(vec![tag]))]);
        let first = Document::structure([
            ("ID", Document::from("a & b")),
            ("Filter", Document::structure([("And", and)])),
        ]);
        let second = Document::structure([("ID", Document::from(""))]);
        assert_eq!(
            read(xml, "Lifecycle"),
            Some(Document::structure([(
                "Rules",
                Document::List(vec![first, second])
            )]))
        );
    }

    #[test]
    fn an_empty_set_of_tags_is_an_empty_list() {
        let read = read(b"<Tagging><TagSet></TagSet></Tagging>", "Tagging");
        let wanted = Document::structure([("TagSet", Document::List(Vec::new()))]);
        assert_eq!(read, Some(wanted));
    }

    #[test]
    fn what_is_no_such_document_is_refused() {
        for xml in [
            "",
            "<A>",
            "</A>",
            "<A></B>",
            "<A/><A/>",
            "<A/>x",
            "<B/>",
            "<A>x<B/></A>",
            "<A><B/><B/></A>",
            "<A>&unknown;</A>",
            "<!DOCTYPE A [<!ENTITY e \"x\">]><A>&e;</A>",
            &"<A>".repeat(100),
        ] {
            assert_eq!(read(xml.as_bytes(), "A"), None, "{xml}");
        }
    }
}
