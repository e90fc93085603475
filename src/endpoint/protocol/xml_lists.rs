/// How S3's lists stand in XML: a member, the element of each item, and whether the items stand in an element of the
/// member's name or without one (`xmlFlattened`).
pub(super) struct XmlList {
    pub(super) member: &'static str,
    pub(super) element: &'static str,
    pub(super) is_flat: bool,
}

/// The lists of all operations that are answered (S3's API model): none has two forms.
pub(super) const LISTS: &[XmlList] = &[
    flat("Rules", "Rule"),
    flat("Transitions", "Transition"),
    flat(
        "NoncurrentVersionTransitions",
        "NoncurrentVersionTransition",
    ),
    flat("Tags", "Tag"),
    flat("Objects", "Object"),
    flat("Contents", "Contents"),
    flat("CommonPrefixes", "CommonPrefixes"),
    flat("ChecksumAlgorithms", "ChecksumAlgorithm"),
    flat("Deleted", "Deleted"),
    flat("Errors", "Error"),
    flat("Parts", "Part"),
    flat("Uploads", "Upload"),
    XmlList {
        member: "Buckets",
        element: "Bucket",
        is_flat: false,
    },
    XmlList {
        member: "TagSet",
        element: "Tag",
        is_flat: false,
    },
];

const fn flat(member: &'static str, element: &'static str) -> XmlList {
    XmlList {
        member,
        element,
        is_flat: true,
    }
}

/// The list whose items stand as `element` beside the other members.
pub(super) fn flat_list(element: &str) -> Option<&'static XmlList> {
    LISTS.iter().find(|l| l.is_flat && l.element == element)
}

/// The list of this member.
pub(super) fn list(member: &str) -> Option<&'static XmlList> {
    LISTS.iter().find(|list| list.member == member)
}
