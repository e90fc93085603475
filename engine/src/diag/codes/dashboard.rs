//! Codes of dashboard bodies.

use super::codes;

codes! {}
