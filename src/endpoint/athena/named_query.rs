use crate::endpoint::Document;

/// A query that was saved under a name; names need not differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedQuery {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) database: String,
    pub(super) text: String,
    pub(super) workgroup: String,
}

impl NamedQuery {
    pub(super) fn show(&self) -> Document {
        Document::structure([
            ("Name", Document::from(&self.name)),
            ("Description", self.description.clone().into()),
            ("Database", Document::from(&self.database)),
            ("QueryString", Document::from(&self.text)),
            ("NamedQueryId", Document::from(&self.id)),
            ("WorkGroup", Document::from(&self.workgroup)),
        ])
    }
}
