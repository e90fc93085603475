use std::fmt::Write;

use super::agg::AGGREGATES;
use super::choices::{CHOICES, SETTLED};
use super::func::{FUNCTIONS, Function};
use super::parse::{AWS_ONLY, COMMANDS, OWN_MODEL};

/// The reference page of the language, as Markdown: every command, function and aggregate with its state.
pub fn reference() -> String {
    let mut page = String::from(HEAD);
    commands(&mut page);
    page.push_str("\n## Functions\n\nAll of them are exact.\n");
    for function in FUNCTIONS {
        add_function(&mut page, function);
    }
    page.push_str("\n## Aggregates\n\nThey stand in the items of `stats`.\n");
    for aggregate in AGGREGATES {
        let state = match aggregate.note {
            Some(_) => "own choice",
            None => "exact",
        };
        heading(&mut page, aggregate.name, state);
        entry(
            &mut page,
            aggregate.summary,
            aggregate.signature,
            aggregate.aliases,
        );
        if let Some(note) = aggregate.note {
            add(&mut page, format_args!("\n{note}.\n"));
        }
    }
    choices(&mut page);
    page
}

fn choices(page: &mut String) {
    page.push_str(
        "\n## Choices\n\nWhat AWS does not document, and what is chosen. `belfry query --file … --choice name=value` switches one for a \
         query over files; the first value is the default.\n",
    );
    for choice in CHOICES {
        let (name, summary, source) = (choice.name, choice.summary, choice.source);
        add(page, format_args!("\n### {name}\n\n"));
        add(
            page,
            format_args!(
                "What is chosen: {summary}. Source: {source}.\n\n| value | meaning |\n| --- | --- |\n"
            ),
        );
        for alternative in choice.values {
            let (value, meaning) = (alternative.value, alternative.meaning);
            add(page, format_args!("| `{value}` | {meaning} |\n"));
        }
    }
    page.push_str("\n### Without a switch\n\n");
    for settled in SETTLED {
        add(
            page,
            format_args!("- {} ({}).\n", settled.choice, settled.because),
        );
    }
}

const HEAD: &str = "# Logs Insights

Generated from `engine/src/insights/`; `UPDATE_DOCS=1 cargo nextest run -p belfry-engine reference` writes it anew.

Each entry is in one of these states:

- **exact**: answers as AWS documents it or as it was observed. Where AWS is silent, the choice stands in
  [Choices](#choices).
- **own choice**, **own model**: AWS does not publish the output or the method. The answer carries a note.
- **AWS only**: read, checked and applied as any other; refused where it would run here, since AWS does not publish
  how it computes the answer.
";

fn commands(page: &mut String) {
    page.push_str("\n## Commands\n");
    let source = "chooses log groups by name, prefix, account, class, tag or data source, and perhaps a time window; stands at the head of a query";
    heading(page, "SOURCE", "exact");
    let syntax = "SOURCE 'group', … | SOURCE logGroups(namePrefix: […], accountIdentifiers: […], class: […]) logGroupTags([{\"key\": \"k\", \"values\": […]}]) dataSource(['name.type', …]) [start=-1d] [end=now]";
    entry(page, source, syntax, &[]);
    heading(page, "$name(…)", "exact");
    let call = "runs a saved query as a part of this one, with its placeholders `{{parameter}}` filled in by the literals given, else by its defaults";
    let syntax = "$Name(parameter = literal, …) | $`folder/a name`()";
    entry(page, call, syntax, &[]);
    for command in COMMANDS {
        let only = AWS_ONLY.iter().find(|(name, ..)| *name == command.name);
        let state = match only {
            Some(_) => "AWS only",
            None if OWN_MODEL.contains(&command.name) => "own model",
            None => "exact",
        };
        heading(page, command.name, state);
        entry(page, command.summary, command.syntax, command.aliases);
        if let Some((_, reason, instead)) = only {
            add(page, format_args!("\n{reason}; {instead}.\n"));
        }
    }
}

fn add_function(page: &mut String, function: &Function) {
    heading(page, function.name, "exact");
    entry(page, function.summary, function.signature, function.aliases);
    page.push_str("\n| call | result |\n| --- | --- |\n");
    for (call, result) in function.examples {
        let call = call.replace('|', "\\|");
        let result = match result {
            Some("") => "empty text".to_owned(),
            Some(result) => format!("`{}`", result.replace('|', "\\|")),
            None => "missing".to_owned(),
        };
        add(page, format_args!("| `{call}` | {result} |\n"));
    }
}

fn heading(page: &mut String, name: &str, state: &str) {
    add(page, format_args!("\n### {name} ({state})\n"));
}

fn entry(page: &mut String, summary: &str, syntax: &str, aliases: &[&str]) {
    let mut characters = summary.chars();
    let first = characters.next().map(|c| c.to_ascii_uppercase());
    let summary: String = first.into_iter().chain(characters).collect();
    add(
        page,
        format_args!("\n{summary}.\n\n```text\n{syntax}\n```\n"),
    );
    if !aliases.is_empty() {
        add(
            page,
            format_args!("\nAlso written `{}`.\n", aliases.join("`, `")),
        );
    }
}

/// Writing to a string does not fail.
fn add(page: &mut String, text: std::fmt::Arguments<'_>) {
    let _written = page.write_fmt(text);
}
