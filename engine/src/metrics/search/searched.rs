use std::collections::BTreeSet;

use super::{Designator, Search, Term, Terms};

/// What a search asks for, as far as its text says it for certain: the parts that must hold together. Alternatives and what is
/// excluded are left out, but for alternatives of names of metrics, each of which is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// The namespace of the schema, or of `Namespace="…"`.
    pub namespace: Option<String>,
    /// `MetricName="…"`.
    pub metrics: Vec<String>,
    /// Names of dimensions.
    pub dimensions: BTreeSet<String>,
    /// Whether the metrics have no other dimensions: the schema lists them.
    pub is_exact: bool,
}

impl Search {
    /// What it asks for.
    pub(in crate::metrics) fn searched(&self) -> Searched {
        let mut searched = Searched::default();
        if let Some(schema) = &self.schema {
            searched.namespace = Some(schema.namespace.clone());
            searched.dimensions.clone_from(&schema.dimensions);
            searched.is_exact = !schema.dimensions.is_empty();
        }
        if let Some(terms) = &self.terms {
            searched.note(terms);
        }
        searched
    }
}

impl Searched {
    fn note(&mut self, terms: &Terms) {
        match terms {
            Terms::All(all) => all.iter().for_each(|terms| self.note(terms)),
            Terms::Any(any) => {
                let names: Option<Vec<String>> = any.iter().map(metric_name).collect();
                self.metrics.extend(names.unwrap_or_default());
            }
            Terms::Not(_) => {}
            Terms::One {
                designator: Some(designator),
                term,
            } => self.note_one(designator, term),
            Terms::One { .. } => {}
        }
    }

    fn note_one(&mut self, designator: &Designator, term: &Term) {
        match (designator, term) {
            (Designator::MetricName, Term::Exact(name)) => self.metrics.push(name.clone()),
            (Designator::Namespace, Term::Exact(name)) => self.namespace = Some(name.clone()),
            (Designator::Dimension(name), _) if !self.is_exact => {
                self.dimensions.insert(name.clone());
            }
            _ => {}
        }
    }
}

fn metric_name(terms: &Terms) -> Option<String> {
    match terms {
        Terms::One {
            designator: Some(Designator::MetricName),
            term: Term::Exact(name),
        } => Some(name.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn searched(text: &str) -> Searched {
        Search::parse(text).unwrap().searched()
    }

    #[test]
    fn a_schema_names_the_exact_dimensions() {
        let found =
            searched(r#"{AWS/ECS,ClusterName,ServiceName} MetricName="CPUUtilization" web"#);
        assert_eq!(found.namespace.as_deref(), Some("AWS/ECS"));
        assert_eq!(found.metrics, ["CPUUtilization"]);
        assert!(found.is_exact && found.dimensions.len() == 2);
    }

    #[test]
    fn designators_name_some_of_the_dimensions() {
        let found = searched(r#"Namespace="A" MetricName="M" ClusterName="c" TaskId"#);
        assert_eq!(found.namespace.as_deref(), Some("A"));
        assert!(!found.is_exact && found.dimensions.contains("ClusterName"));
    }

    #[test]
    fn what_is_excluded_is_not_asked_for_and_alternatives_of_names_are() {
        let found = searched(r#"{A} (MetricName="M" OR MetricName="N") NOT MetricName="O""#);
        assert_eq!(found.metrics, ["M", "N"]);
        assert!(!found.is_exact);
    }
}
