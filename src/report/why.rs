use std::io::{self, Write};

use super::style::{ADDED, CHANGED, FAINT, REMOVED, STRONG, styled};
use super::table;
use crate::why::{
    Bucket, ContributorShown, Evaluated, Explanation, MetricEvidence, RuleTruth, Source, number,
};

/// An explanation for people: the state, why, the buckets one by one, the evidence, who is told.
pub fn write_explanation(
    out: &mut dyn Write,
    explanation: &Explanation,
    width: Option<u16>,
) -> io::Result<()> {
    let reported = &explanation.reported;
    let since = moment(&reported.since);
    let state = state(reported.state);
    writeln!(
        out,
        "{}: {state} since {since}",
        styled(STRONG, &explanation.alarm)
    )?;
    writeln!(out, "  {}", explanation.rule)?;
    for remark in &explanation.remarks {
        writeln!(out, "{} {remark}", styled(CHANGED, '!'))?;
    }
    writeln!(out, "\n{}", styled(STRONG, "why"))?;
    for cause in &explanation.because {
        writeln!(out, "  {}", cause.text)?;
    }
    if let Some(evaluation) = &explanation.evaluation {
        write_evaluation(out, evaluation, width)?;
    }
    if let Some(tree) = &explanation.tree {
        writeln!(out, "\n{}", styled(STRONG, "rule"))?;
        write_tree(out, tree, 1)?;
    }
    if !explanation.contributors.is_empty() {
        write_contributors(out, &explanation.contributors, width)?;
    }
    for metric in &explanation.metrics {
        write_metric(out, metric)?;
    }
    write_actions(out, explanation)?;
    writeln!(
        out,
        "\n{}\n  {}",
        styled(STRONG, "CloudWatch's reason"),
        reported.reason
    )
}

/// `2026-11-22 00:17:00 UTC` of RFC 3339.
fn moment(text: &str) -> String {
    let seconds = text.split('.').next().unwrap_or(text);
    format!("{} UTC", seconds.replace('T', " "))
}

fn time(text: &str) -> &str {
    text.get(11..19).unwrap_or(text)
}

fn state(name: &str) -> String {
    let style = match name {
        "OK" => ADDED,
        "ALARM" => REMOVED,
        _ => CHANGED,
    };
    styled(style, name)
}

fn write_evaluation(
    out: &mut dyn Write,
    evaluation: &Evaluated,
    width: Option<u16>,
) -> io::Result<()> {
    let heading = format!("evaluated at {}", moment(&evaluation.moment));
    writeln!(out, "\n{}", styled(STRONG, heading))?;
    writeln!(out, "  {}", evaluation.decided)?;
    let columns = ["bucket", "value", "samples", "part"].map(str::to_owned);
    let rows: Vec<_> = evaluation.buckets.iter().map(row).collect();
    writeln!(out, "{}", table(&columns, &rows, width))
}

fn write_contributors(
    out: &mut dyn Write,
    contributors: &[ContributorShown],
    width: Option<u16>,
) -> io::Result<()> {
    writeln!(out, "\n{}", styled(STRONG, "contributors"))?;
    let columns = ["contributor", "state", "value", "since"].map(str::to_owned);
    let rows: Vec<_> = contributors
        .iter()
        .map(|contributor| {
            vec![
                Some(contributor.name()),
                Some(contributor.state.to_owned()),
                contributor.value.map(number),
                contributor.since.as_deref().map(moment),
            ]
        })
        .collect();
    writeln!(out, "{}", table(&columns, &rows, width))
}

fn row(bucket: &Bucket) -> Vec<Option<String>> {
    let date = bucket.start.get(..10).unwrap_or_default();
    let bucket_of = format!("{date} {} to {}", time(&bucket.start), time(&bucket.end));
    let part = match bucket.part {
        "breaching" => "breaches",
        "not_breaching" => "does not breach",
        "too_few_samples" => "too few samples: keeps the state",
        "filled_breaching" => "missing: counts as breaching",
        "filled_not_breaching" => "missing: counts as not breaching",
        "missing" => "missing",
        _ => "not needed",
    };
    vec![
        Some(bucket_of),
        bucket.value.map(number),
        bucket.samples.map(number),
        Some(part.to_owned()),
    ]
}

fn write_tree(out: &mut dyn Write, truth: &RuleTruth, depth: usize) -> io::Result<()> {
    let sign = match truth.holds {
        true => styled(ADDED, "holds"),
        false => styled(FAINT, "does not hold"),
    };
    let of = truth.state.map(|found| format!(", it is {}", state(found)));
    let indent = "  ".repeat(depth);
    writeln!(
        out,
        "{indent}{}: {sign}{}",
        truth.text,
        of.unwrap_or_default()
    )?;
    truth
        .parts
        .iter()
        .try_for_each(|part| write_tree(out, part, depth + 1))
}

fn write_metric(out: &mut dyn Write, metric: &MetricEvidence) -> io::Result<()> {
    let id = metric.id.as_ref().map(|id| format!("{id}: "));
    let heading = format!("{}{}", id.unwrap_or_default(), metric.metric);
    writeln!(out, "\n{}", styled(STRONG, heading))?;
    match metric.samples > 0.0 {
        true => writeln!(out, "  {} samples in that time", number(metric.samples))?,
        false => writeln!(out, "  no datapoint in that time")?,
    }
    metric
        .sources
        .iter()
        .try_for_each(|source| write_source(out, source))
}

fn write_source(out: &mut dyn Write, source: &Source) -> io::Result<()> {
    writeln!(out, "  {}", source.in_words())?;
    for line in &source.lines {
        let text = format!("{} {}", time(&line.timestamp), cut(&line.message));
        writeln!(out, "    {}", styled(FAINT, text))?;
    }
    for command in source.commands.iter().chain(&source.links) {
        writeln!(out, "    {command}")?;
    }
    Ok(())
}

/// A line that fits beside others.
fn cut(text: &str) -> String {
    const MOST: usize = 200;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

fn write_actions(out: &mut dyn Write, explanation: &Explanation) -> io::Result<()> {
    let actions = &explanation.actions;
    writeln!(out, "\n{}", styled(STRONG, "who is told"))?;
    for arn in &actions.configured {
        writeln!(out, "  {arn}")?;
    }
    if actions.configured.is_empty() {
        writeln!(out, "  nobody, on {}", explanation.reported.state)?;
    }
    for line in &actions.last {
        let text = format!("{} {}", moment(&line.timestamp), line.message);
        writeln!(out, "  {}", styled(FAINT, text))?;
    }
    Ok(())
}
