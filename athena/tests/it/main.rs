//! What the crate answers and refuses, from the outside.

#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "tests; their tables of cases are long"
)]

mod answers;
mod cases;
mod corpus;
mod deployed;
mod refusals;
mod world;
