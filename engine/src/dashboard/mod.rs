//! Dashboard bodies: model, validation, what data each widget asks for, drawing to SVG.

/// What PutDashboard says about a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationMessage {
    /// `/widgets/0/properties/metrics/1`.
    pub data_path: String,
    /// AWS's text.
    pub message: String,
}
