//! Codes of suite files.

use super::codes;

codes! {}
