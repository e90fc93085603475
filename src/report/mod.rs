//! Everything a person reads in a terminal.
