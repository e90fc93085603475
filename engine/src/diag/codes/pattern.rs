//! Codes of filter patterns.

use super::codes;

codes! {}
