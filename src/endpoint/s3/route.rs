use crate::endpoint::Operation;

/// What an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::endpoint) enum On {
    /// `/`
    Service,
    /// `/bucket`
    Bucket,
    /// `/bucket/key`
    Object,
}

/// What a request carries in its body.
#[derive(Clone, Copy, Debug)]
pub(in crate::endpoint) enum Takes {
    /// Nothing that is read.
    Nothing,
    /// Bytes, under this member.
    Bytes(&'static str),
    /// Text, under this member.
    Text(&'static str),
    /// A document of XML with this root, under the same name; may be left out.
    Xml(&'static str),
}

/// What an answer carries in its body.
#[derive(Clone, Copy, Debug)]
pub(in crate::endpoint) enum Gives {
    /// Nothing.
    Nothing,
    /// This member as it is: bytes or text.
    Raw(&'static str),
    /// This member as the root of a document.
    Payload(&'static str),
    /// All members that are no headers, under this root.
    Root(&'static str),
}

/// Names on the wire beside the members they stand for.
pub(in crate::endpoint) type Names = &'static [(&'static str, &'static str)];

/// How an operation stands in HTTP: the `http` traits of S3's API model.
#[derive(Debug)]
pub(in crate::endpoint) struct Route {
    pub(in crate::endpoint) operation: &'static Operation,
    pub(in crate::endpoint) method: &'static str,
    pub(in crate::endpoint) on: On,
    /// The parameter of the address that must be there: `policy`.
    pub(in crate::endpoint) subresource: Option<&'static str>,
    /// The header that must be there: `x-amz-copy-source`.
    pub(in crate::endpoint) marked_by: Option<&'static str>,
    /// Further parameters of the address.
    pub(in crate::endpoint) parameters: Names,
    /// Headers that are members of the request.
    pub(in crate::endpoint) headers: Names,
    pub(in crate::endpoint) takes: Takes,
    /// Whether a body without any checksum is refused.
    pub(in crate::endpoint) needs_checksum: bool,
    pub(in crate::endpoint) gives: Gives,
    /// Members of the answer that are headers.
    pub(in crate::endpoint) answer_headers: Names,
    pub(in crate::endpoint) status: u16,
}

impl Route {
    /// Without parameters, headers and bodies, answered with 200.
    pub(in crate::endpoint) const fn new(
        method: &'static str,
        on: On,
        operation: &'static Operation,
    ) -> Self {
        Self {
            operation,
            method,
            on,
            subresource: None,
            marked_by: None,
            parameters: &[],
            headers: &[],
            takes: Takes::Nothing,
            needs_checksum: false,
            gives: Gives::Nothing,
            answer_headers: &[],
            status: 200,
        }
    }

    /// With the parameter that tells it from others.
    pub(in crate::endpoint) const fn at(self, subresource: &'static str) -> Self {
        Self {
            subresource: Some(subresource),
            ..self
        }
    }

    /// With the header that tells it from others.
    pub(in crate::endpoint) const fn marked_by(self, header: &'static str) -> Self {
        Self {
            marked_by: Some(header),
            ..self
        }
    }

    pub(in crate::endpoint) const fn parameters(self, parameters: Names) -> Self {
        Self { parameters, ..self }
    }

    pub(in crate::endpoint) const fn headers(self, headers: Names) -> Self {
        Self { headers, ..self }
    }

    pub(in crate::endpoint) const fn takes(self, takes: Takes) -> Self {
        Self { takes, ..self }
    }

    /// The body comes with `Content-MD5` or `x-amz-checksum-…`, or is refused.
    pub(in crate::endpoint) const fn checked(self) -> Self {
        Self {
            needs_checksum: true,
            ..self
        }
    }

    pub(in crate::endpoint) const fn gives(self, gives: Gives) -> Self {
        Self { gives, ..self }
    }

    pub(in crate::endpoint) const fn answer_headers(self, answer_headers: Names) -> Self {
        Self {
            answer_headers,
            ..self
        }
    }

    /// Answered with 204.
    pub(in crate::endpoint) const fn no_content(self) -> Self {
        Self {
            status: 204,
            ..self
        }
    }
}
