use super::{Evidence, FACTORS, Factor, Recommendation, RiskFactor};

/// What the factors add up to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// 0 (nothing speaks against it) to 100.
    pub risk_score: u8,
    /// Those that spoke, in the order of [`FACTORS`].
    pub risk_factors: Vec<RiskFactor>,
}

impl Score {
    /// Whether the transaction is called fraud.
    pub fn is_fraud(&self) -> bool {
        self.recommendation() == Recommendation::Block
    }

    /// What to do with it.
    pub fn recommendation(&self) -> Recommendation {
        self.risk_score.into()
    }
}

/// Scores one transaction.
pub fn score(evidence: &Evidence<'_>) -> Score {
    let risk_factors: Vec<_> = FACTORS.iter().filter_map(|f| assess(f, evidence)).collect();
    let sum = risk_factors
        .iter()
        .fold(0_u8, |sum, f| sum.saturating_add(f.points));
    Score {
        risk_score: sum.min(100),
        risk_factors,
    }
}

fn assess(factor: &Factor, evidence: &Evidence<'_>) -> Option<RiskFactor> {
    let (points, reason) = (factor.assess)(evidence)?;
    Some(RiskFactor {
        name: factor.name,
        points,
        reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::testing::{Case, transaction};

    fn suspicious() -> Case {
        let mut transaction = transaction();
        transaction.amount = 1200.0;
        transaction.location = "Nome, AK".to_owned();
        transaction.merchant_name = "Somebody".to_owned();
        transaction.local_time = jiff::civil::time(3, 0, 0, 0);
        Case::new(transaction)
    }

    #[test]
    fn an_ordinary_transaction_scores_nothing() {
        let score = Case::new(transaction()).after(3).score();
        assert_eq!((score.risk_score, score.is_fraud()), (0, false));
        assert_eq!(score.recommendation(), Recommendation::Approve);
    }

    #[test]
    fn points_add_up_in_the_order_of_the_table() {
        let score = suspicious().after(3).score();
        let points: Vec<_> = score
            .risk_factors
            .iter()
            .map(|f| (f.name, f.points))
            .collect();
        assert_eq!(
            points,
            [
                ("high_amount", 55),
                ("unusual_location", 30),
                ("night_time", 15),
                ("new_merchant", 15)
            ]
        );
        assert_eq!((score.risk_score, score.is_fraud()), (100, true));
    }

    #[test]
    fn the_sum_is_capped_at_one_hundred() {
        let score = suspicious().after(3).score();
        let sum: u32 = score.risk_factors.iter().map(|f| u32::from(f.points)).sum();
        assert_eq!((sum, score.risk_score), (115, 100));
    }

    #[test]
    fn the_recommendation_changes_at_forty_and_at_seventy() {
        let of = Recommendation::from;
        assert_eq!(
            (of(39), of(40)),
            (Recommendation::Approve, Recommendation::Review)
        );
        assert_eq!(
            (of(69), of(70)),
            (Recommendation::Review, Recommendation::Block)
        );
    }

    #[test]
    fn no_factor_gives_more_than_its_weight() {
        for before in [0, 3, 9, 50] {
            for found in suspicious().after(before).score().risk_factors {
                let factor = FACTORS.iter().find(|f| f.name == found.name).unwrap();
                assert!(
                    (1..=factor.weight).contains(&found.points),
                    "{}",
                    found.name
                );
            }
        }
    }
}
