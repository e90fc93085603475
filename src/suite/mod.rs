//! belfry.toml, dashboards and queries as a checked model.
