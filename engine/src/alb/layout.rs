use super::shape::Shape;

/// The fields of one kind of log, in the order of their places in a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    /// What people call it: `ALB access logs`.
    pub title: &'static str,
    /// How many fields the oldest published layout has.
    pub(super) least: usize,
    pub(super) fields: &'static [FieldLayout],
}

/// One field of a layout.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FieldLayout {
    /// As AWS's documentation names it.
    pub(super) name: &'static str,
    pub(super) quotes: Quotes,
    pub(super) shape: Shape,
}

/// Whether AWS writes a field in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    Bare,
    /// Lines that went through other tools have lost some of them: a bare value is read, too.
    Quoted,
    /// Nothing published shows the field: both are read.
    Unknown,
}

impl Layout {
    /// The names of the known fields, as AWS's documentation writes them.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.name)
    }

    /// The place of a known field, counted from 0.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

const fn bare(name: &'static str, shape: Shape) -> FieldLayout {
    FieldLayout {
        name,
        quotes: Quotes::Bare,
        shape,
    }
}

const fn quoted(name: &'static str) -> FieldLayout {
    FieldLayout {
        name,
        quotes: Quotes::Quoted,
        shape: Shape::Text,
    }
}

const fn unknown(name: &'static str) -> FieldLayout {
    FieldLayout {
        name,
        quotes: Quotes::Unknown,
        shape: Shape::Text,
    }
}

/// Access logs (Elastic Load Balancing user guide, "Access log entries"). The layout of 2016 ended at
/// `ssl_protocol`.
pub static ACCESS: Layout = Layout {
    title: "ALB access logs",
    least: 16,
    fields: &[
        bare("type", Shape::Type),
        bare("time", Shape::Time),
        bare("elb", Shape::Text),
        bare("client:port", Shape::Address),
        bare("target:port", Shape::Address),
        bare("request_processing_time", Shape::Decimal),
        bare("target_processing_time", Shape::Decimal),
        bare("response_processing_time", Shape::Decimal),
        bare("elb_status_code", Shape::Status),
        bare("target_status_code", Shape::Status),
        bare("received_bytes", Shape::Integer),
        bare("sent_bytes", Shape::Integer),
        quoted("request"),
        quoted("user_agent"),
        bare("ssl_cipher", Shape::Text),
        bare("ssl_protocol", Shape::Text),
        bare("target_group_arn", Shape::Text),
        quoted("trace_id"),
        quoted("domain_name"),
        quoted("chosen_cert_arn"),
        bare("matched_rule_priority", Shape::Integer),
        bare("request_creation_time", Shape::Time),
        quoted("actions_executed"),
        quoted("redirect_url"),
        quoted("error_reason"),
        quoted("target:port_list"),
        quoted("target_status_code_list"),
        quoted("classification"),
        quoted("classification_reason"),
        bare("conn_trace_id", Shape::TraceId),
        quoted("transformed_host"),
        quoted("transformed_uri"),
        quoted("request_transform_status"),
        unknown("ip_address"),
    ],
};

/// Connection logs (user guide, "Connection log entries").
pub static CONNECTION: Layout = Layout {
    title: "ALB connection logs",
    least: 12,
    fields: &[
        bare("timestamp", Shape::Time),
        bare("client_ip", Shape::Ip),
        bare("client_port", Shape::Integer),
        bare("listener_port", Shape::Integer),
        bare("tls_protocol", Shape::Text),
        bare("tls_cipher", Shape::Text),
        bare("tls_handshake_latency", Shape::Decimal),
        quoted("leaf_client_cert_subject"),
        bare("leaf_client_cert_validity", Shape::Text),
        bare("leaf_client_cert_serial_number", Shape::Text),
        bare("tls_verify_status", Shape::Verification),
        bare("conn_trace_id", Shape::TraceId),
        unknown("tls_keyexchange"),
        unknown("elb"),
        unknown("ip_address"),
    ],
};

/// Health-check logs (user guide, "Health check log entries").
pub static HEALTH_CHECK: Layout = Layout {
    title: "ALB health check logs",
    least: 8,
    fields: &[
        bare("type", Shape::Type),
        bare("time", Shape::Time),
        bare("latency", Shape::Decimal),
        bare("target_addr", Shape::Text),
        bare("target_group_id", Shape::Text),
        bare("status", Shape::Health),
        bare("status_code", Shape::Status),
        bare("reason_code", Shape::Text),
        unknown("elb"),
        unknown("ip_address"),
    ],
};
