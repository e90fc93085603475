//! The fraud-scoring service.
