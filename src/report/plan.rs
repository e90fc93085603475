use std::io::{self, Write};

use anstyle::Style;
use serde_json::Value;

use super::style::{ADDED, CHANGED, FAINT, REMOVED, STRONG, styled};
use super::{members, text_diff, values, widgets};
use crate::provision::{Action, AttributeChange, Change, Kind, Plan, shown, widget_changes};

/// A plan for people: every change with what differs, what stands in the way, what is kept, a summary.
pub fn write_plan(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    for change in &plan.changes {
        write_change(out, change)?;
    }
    for conflict in &plan.conflicts {
        let sign = styled(REMOVED, '!');
        writeln!(
            out,
            "{sign} {}: exists and is not this suite's",
            conflict.address
        )?;
        writeln!(out, "    {}; it is left alone", conflict.reason)?;
    }
    for waiting in &plan.waiting {
        let line = format!("… {} waits: {}", waiting.address, waiting.reason);
        writeln!(out, "{}", styled(FAINT, line))?;
    }
    for address in &plan.kept {
        let line = format!(
            "= {address}: left the suite and is kept, since {}",
            address.kind.kept_because()
        );
        writeln!(out, "{}", styled(FAINT, line))?;
    }
    if plan.is_empty() {
        write_warnings(out, plan)?;
        return writeln!(out, "no changes; {} as declared", plan.unchanged);
    }
    write_warnings(out, plan)?;
    write_summary(out, plan)
}

fn write_warnings(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    if !plan.warnings.is_empty() {
        writeln!(out)?;
    }
    for warning in &plan.warnings {
        let sign = styled(CHANGED, "warning:");
        writeln!(out, "{sign} {}: {}", warning.address, warning.message)?;
    }
    Ok(())
}

fn write_summary(out: &mut dyn Write, plan: &Plan) -> io::Result<()> {
    let mut parts = vec![
        format!("{} to create", plan.count(Action::Create)),
        format!("{} to update", plan.count(Action::Update)),
        format!("{} to delete", plan.count(Action::Delete)),
        format!("{} unchanged", plan.unchanged),
    ];
    if !plan.conflicts.is_empty() {
        parts.push(format!("{} in conflict", plan.conflicts.len()));
    }
    writeln!(out, "\n{}", styled(STRONG, parts.join(", ")))
}

/// The colour of an action.
pub(super) fn style_of(action: Action) -> Style {
    match action {
        Action::Create => ADDED,
        Action::Update => CHANGED,
        Action::Delete => REMOVED,
    }
}

/// A change with what differs.
pub fn write_change(out: &mut dyn Write, change: &Change) -> io::Result<()> {
    let sign = change.action.sign();
    let heading = styled(
        style_of(change.action),
        format_args!("{sign} {}", change.address),
    );
    writeln!(out, "{heading}")?;
    write_attributes(out, change)
}

/// What differs, without a heading.
pub(super) fn write_attributes(out: &mut dyn Write, change: &Change) -> io::Result<()> {
    let mut attributes = change.attributes.iter();
    match change.action {
        Action::Delete => Ok(()),
        Action::Create => attributes.try_for_each(|a| write_new(out, change, a)),
        Action::Update => attributes.try_for_each(|a| write_changed(out, change, a)),
    }
}

fn write_new(out: &mut dyn Write, change: &Change, attribute: &AttributeChange) -> io::Result<()> {
    if attribute.name == "name" || values::short(&attribute.after) == "(none)" {
        return Ok(());
    }
    let text = match attribute.after.get("widgets").and_then(Value::as_array) {
        Some(widgets) if change.address.kind == Kind::Dashboard => {
            super::plural(widgets.len(), "widget")
        }
        _ => values::short(&shown(&attribute.after)),
    };
    if text.is_empty() {
        return Ok(());
    }
    writeln!(out, "    {}: {}", attribute.name, text.trim_end())
}

fn write_changed(
    out: &mut dyn Write,
    change: &Change,
    attribute: &AttributeChange,
) -> io::Result<()> {
    let (before, after) = (&shown(&attribute.before), &shown(&attribute.after));
    if change.address.kind == Kind::Dashboard {
        return write_dashboard(out, before, after);
    }
    if change.address.kind == Kind::Query && attribute.name == "parameters" {
        writeln!(out, "    {}:", attribute.name)?;
        return members::write_changed(out, "      ", before, after);
    }
    if values::is_long(before) || values::is_long(after) {
        writeln!(out, "    {}:", attribute.name)?;
        return text_diff::write(out, "      ", &values::lines(before), &values::lines(after));
    }
    let (before, after) = (values::short(before), values::short(after));
    writeln!(out, "    {}: {before} → {after}", attribute.name)
}

/// Widget by widget; what stands outside the widgets as lines.
fn write_dashboard(out: &mut dyn Write, before: &Value, after: &Value) -> io::Result<()> {
    let Some(changes) = widget_changes(before, after) else {
        return text_diff::write(out, "    ", &values::lines(before), &values::lines(after));
    };
    for change in &changes {
        widgets::write(out, change)?;
    }
    let (old, new) = (without_widgets(before), without_widgets(after));
    text_diff::write(out, "    ", &values::lines(&old), &values::lines(&new))
}

fn without_widgets(body: &Value) -> Value {
    let mut body = body.clone();
    if let Some(members) = body.as_object_mut() {
        members.remove("widgets");
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provision::resources::{AlarmResource, DashboardResource, LogGroupResource};
    use crate::provision::{Conflict, Desired, Observed, Ownership, Resource};

    fn text_of(plan: &Plan) -> String {
        let mut out = Vec::new();
        write_plan(&mut out, plan).unwrap();
        let mut plain = anstream::StripStream::new(Vec::new());
        plain.write_all(&out).unwrap();
        String::from_utf8(plain.into_inner()).unwrap()
    }

    fn group(name: &str, retention_days: Option<i64>) -> Resource {
        Resource::LogGroup(LogGroupResource {
            name: name.to_owned(),
            retention_days,
            class: "STANDARD".to_owned(),
            tags: None,
        })
    }

    fn alarm(threshold: f64, description: &str) -> Resource {
        Resource::Alarm(AlarmResource {
            name: "fraud-5xx".to_owned(),
            description: description.to_owned(),
            threshold: Some(threshold),
            ..AlarmResource::default()
        })
    }

    fn dashboard(period: i64) -> Resource {
        let body = format!(
            r#"{{"widgets": [{{"type": "metric", "properties": {{"title": "Requests", "period": {period}}}}}]}}"#
        );
        Resource::Dashboard(DashboardResource::new("fraud-x", body))
    }

    #[test]
    fn a_plan_reads_as_signs_addresses_and_differences() {
        let desired: Desired = [
            group("/new", Some(30)),
            group("/old", None),
            alarm(10.0, "a\nOwner: p"),
            dashboard(60),
        ]
        .into_iter()
        .collect();
        let mut observed = Observed::default();
        observed.insert(group("/old", Some(7)), Ownership::Ours, None);
        observed.insert(alarm(11.5, "a\nOwner: o"), Ownership::Ours, None);
        observed.insert(dashboard(300), Ownership::Ours, None);
        observed.insert(group("/left", None), Ownership::Ours, None);
        let mut plan = Plan::new(&desired, &observed);
        plan.conflicts.push(Conflict {
            address: group("/theirs", None).address(),
            reason: "it carries no tag `belfry:suite`".to_owned(),
        });
        insta::assert_snapshot!(text_of(&plan), @r###"
        + log_group./new
            retention_days: 30
            class: "STANDARD"
        ~ log_group./old
            retention_days: 7 → (none)
        ~ alarm.fraud-5xx
            description:
                a
              - Owner: o
              + Owner: p
            threshold: 11.5 → 10
        ~ dashboard.fraud-x
            ~ widget "Requests"
                period: 300 → 60
        ! log_group./theirs: exists and is not this suite's
            it carries no tag `belfry:suite`; it is left alone
        = log_group./left: left the suite and is kept, since it holds data

        1 to create, 3 to update, 0 to delete, 0 unchanged, 1 in conflict
        "###);
    }

    #[test]
    fn nothing_to_do_is_said_in_one_line() {
        let desired: Desired = [group("/a", None)].into_iter().collect();
        let mut observed = Observed::default();
        observed.insert(group("/a", None), Ownership::Ours, None);
        let plan = Plan::new(&desired, &observed);
        assert_eq!(text_of(&plan), "no changes; 1 as declared\n");
    }
}
