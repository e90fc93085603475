//! Prices against AWS's own examples, and what is counted with them.

mod estimate;
mod inputs;
mod worked_examples;
