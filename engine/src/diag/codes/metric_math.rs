//! Codes of metric math expressions.

use super::codes;

codes! {}
