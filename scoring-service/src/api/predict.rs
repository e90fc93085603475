use axum::Json;
use axum::extract::{Request, State};
use axum::response::IntoResponse;
use serde::Serialize;

use super::{Answer, App, Event, Fault, body};
use crate::log::{
    CIRCUIT_BREAKER_STATE, FRAUD_DETECTIONS, MODEL_LATENCY, Measurements, RISK_SCORE, milliseconds,
};
use crate::model::{MODEL_VERSION, Verdict};
use crate::score::{Recommendation, RiskFactor, Score};
use crate::transaction::Transaction;

/// What a scored transaction is answered with.
#[derive(Debug, Serialize)]
struct Prediction<'a> {
    transaction_id: &'a str,
    is_fraud: bool,
    risk_score: u8,
    risk_factors: &'a [RiskFactor],
    recommendation: Recommendation,
    model_version: &'static str,
}

/// `POST /api/v1/predict`.
pub(super) async fn predict(State(app): State<App>, request: Request) -> Answer {
    match read(request).await {
        Ok(transaction) => {
            if let Some(delay) = app.model.delay() {
                tokio::time::sleep(delay).await;
            }
            answer(app.model.predict(&transaction), transaction)
        }
        Err(fault) => fault.answer(),
    }
}

async fn read(request: Request) -> Result<Transaction, Fault> {
    Ok(Transaction::parse(&body::read(request).await?)?)
}

fn answer(verdict: Verdict, transaction: Transaction) -> Answer {
    let event = Event {
        breaker: Some(verdict.breaker),
        change: verdict.change,
        measurements: measure(&verdict),
        ..Event::default()
    };
    match verdict.result {
        Ok(score) => scored(score, transaction, event),
        Err(error) => Fault::from(error).answer_with(Event {
            transaction: Some(transaction),
            ..event
        }),
    }
}

fn scored(score: Score, transaction: Transaction, event: Event) -> Answer {
    let prediction = Prediction {
        transaction_id: &transaction.transaction_id,
        is_fraud: score.is_fraud(),
        risk_score: score.risk_score,
        risk_factors: &score.risk_factors,
        recommendation: score.recommendation(),
        model_version: MODEL_VERSION,
    };
    Answer {
        response: Json(prediction).into_response(),
        event: Event {
            message: "transaction scored".to_owned(),
            transaction: Some(transaction),
            score: Some(score),
            ..event
        },
    }
}

fn measure(verdict: &Verdict) -> Measurements {
    let mut measurements = Measurements::default();
    if let Ok(score) = &verdict.result {
        measurements = measurements
            .with(&FRAUD_DETECTIONS, score.is_fraud())
            .with(&RISK_SCORE, u64::from(score.risk_score));
    }
    if let Some(latency) = verdict.latency {
        measurements = measurements.with(&MODEL_LATENCY, milliseconds(latency));
    }
    measurements.with(&CIRCUIT_BREAKER_STATE, verdict.breaker.as_metric())
}
