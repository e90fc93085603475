//! The pages: the five dashboards.
