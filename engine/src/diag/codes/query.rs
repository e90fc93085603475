//! Codes of Logs Insights queries.

use super::codes;

codes! {}
