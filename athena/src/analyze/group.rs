use super::judge::Judge;
use super::query::ordinal;
use super::relation::no_aggregates;
use super::scope::Scope;
use super::select::Item;
use crate::plan::Scalar;
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, GroupBy, GroupElement, Kind};

/// What rows are grouped by: the keys, and which of them each grouping set has.
pub(super) struct Grouping {
    pub(super) keys: Vec<Scalar>,
    pub(super) sets: Vec<Vec<usize>>,
}

/// The most grouping sets, as in Trino.
const MOST_SETS: usize = 2048;

impl Judge<'_> {
    pub(super) fn grouping(
        &mut self,
        group: Option<&GroupBy>,
        items: &[Item],
        scope: &Scope,
    ) -> Judged<Grouping> {
        let mut found = Grouping {
            keys: Vec::new(),
            sets: vec![Vec::new()],
        };
        for element in group.into_iter().flat_map(|group| &group.elements) {
            let sets: Vec<Vec<usize>> = match element {
                GroupElement::Simple(all) => vec![self.keys(all, items, scope, &mut found)?],
                GroupElement::Rollup(all) => {
                    let parts = self.all_keys(all, items, scope, &mut found)?;
                    (0..=parts.len())
                        .rev()
                        .map(|count| parts.iter().take(count).flatten().copied().collect())
                        .collect()
                }
                GroupElement::Cube(all) => {
                    let parts = self.all_keys(all, items, scope, &mut found)?;
                    if parts.len() > 11 {
                        let at = all
                            .first()
                            .and_then(|all| all.first())
                            .map_or_else(|| belfry_engine::diag::Span::new(0, 0), |expr| expr.at);
                        return Err(Refusal::athena(
                            "TOO_MANY_GROUPING_SETS",
                            at,
                            format!("GROUP BY has more than {MOST_SETS} grouping sets"),
                        ));
                    }
                    cube(&parts)
                }
                GroupElement::Sets(all) => self.all_keys(all, items, scope, &mut found)?,
            };
            let together = |one: &Vec<usize>| {
                sets.iter()
                    .map(|other| one.iter().chain(other).copied().collect())
                    .collect::<Vec<Vec<usize>>>()
            };
            found.sets = found.sets.iter().flat_map(together).collect();
        }
        for set in &mut found.sets {
            set.sort_unstable();
            set.dedup();
        }
        if group.is_some_and(|group| group.distinct) {
            let mut seen: Vec<Vec<usize>> = Vec::new();
            found.sets.retain(|set| {
                !seen.contains(set) && {
                    seen.push(set.clone());
                    true
                }
            });
        }
        Ok(found)
    }

    fn all_keys(
        &mut self,
        all: &[Vec<Expr>],
        items: &[Item],
        scope: &Scope,
        found: &mut Grouping,
    ) -> Judged<Vec<Vec<usize>>> {
        all.iter()
            .map(|one| self.keys(one, items, scope, found))
            .collect()
    }

    fn keys(
        &mut self,
        all: &[Expr],
        items: &[Item],
        scope: &Scope,
        found: &mut Grouping,
    ) -> Judged<Vec<usize>> {
        all.iter()
            .map(|expr| self.key(expr, items, scope, found))
            .collect()
    }

    fn key(
        &mut self,
        expr: &Expr,
        items: &[Item],
        scope: &Scope,
        found: &mut Grouping,
    ) -> Judged<usize> {
        let number = ordinal(expr, items.len(), "GROUP BY")?;
        let key = match number.and_then(|place| items.get(place)) {
            Some(item) => item.scalar.clone(),
            None => self
                .expr(expr, scope)
                .map_err(|refusal| not_an_alias(refusal, expr, items))?,
        };
        no_aggregates(&key, "GROUP BY clause", expr.at)?;
        let known = found.keys.iter().position(|known| *known == key);
        Ok(known.unwrap_or_else(|| {
            found.keys.push(key);
            found.keys.len() - 1
        }))
    }
}

/// All choices of the parts, those with more first.
fn cube(parts: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let last = parts.len().saturating_sub(1);
    let set = |mask: usize| {
        let chosen = parts.iter().enumerate();
        let chosen = chosen.filter(|(place, _)| mask & (1 << (last - place)) != 0);
        chosen.flat_map(|(_, part)| part).copied().collect()
    };
    (0..1_usize << parts.len()).rev().map(set).collect()
}

/// Trino does not know a SELECT's aliases in its GROUP BY: the message says what would work.
pub(super) fn not_an_alias(refusal: Box<Refusal>, expr: &Expr, items: &[Item]) -> Box<Refusal> {
    let mut names = Vec::new();
    collect_names(expr, &mut names);
    let place = items.iter().position(|item| {
        item.alias
            && item
                .name
                .as_ref()
                .is_some_and(|name| names.contains(&name.to_lowercase()))
    });
    match place {
        Some(place) if refusal.name == "COLUMN_NOT_FOUND" => refusal.help(format!(
            "Trino knows a SELECT's aliases only in ORDER BY; write the expression again, or its number {} in GROUP BY",
            place + 1
        )),
        _ => refusal,
    }
}

fn collect_names(expr: &Expr, names: &mut Vec<String>) {
    match &expr.kind {
        Kind::Column(name) => names.push(name.key()),
        Kind::Compare(_, one, other)
        | Kind::And(one, other)
        | Kind::Or(one, other)
        | Kind::Arithmetic(_, one, other) => {
            collect_names(one, names);
            collect_names(other, names);
        }
        Kind::Not(one) | Kind::IsNull(one) => collect_names(one, names),
        Kind::Call(call) => call
            .arguments
            .iter()
            .for_each(|one| collect_names(one, names)),
        _ => {}
    }
}
