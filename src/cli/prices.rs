use clap::Args;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{CommandError, Context, Exit, Format, Kind};
use crate::cost::{Allowances, Price, PriceList, Usd, quantity};
use crate::report::{Grid, GridForm};

/// Show list prices, with their tiers, days and sources, and what a quantity costs
///
/// The prices that the estimate, plans and `belfry up` count with: docs/prices.md says where they are from. A price that
/// the list lacks is an error and never nothing.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Rows whose service or item holds this text; all without it
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    /// What so much of it costs in one month: gigabytes, hours, requests; scales such as `1,000 requests` are undone
    #[arg(long, value_name = "NUMBER", value_parser = quantity, requires = "text")]
    quantity: Option<Decimal>,
    /// Take off the account's free allowance
    #[arg(long, requires = "quantity")]
    free_tier: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry prices                                       every row
  belfry prices Alarm                                 rows of alarms
  belfry prices 'Data transfer out' --quantity 57000  by tiers
  belfry prices 'Storage (archive)' --quantity 6 --free-tier --format json";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let list = PriceList::built_in().map_err(|error| CommandError::new(Kind::User, error))?;
    let text = arguments.text.as_deref().unwrap_or_default().to_lowercase();
    let holds = |price: &&Price| {
        price.service.to_lowercase().contains(&text) || price.item.to_lowercase().contains(&text)
    };
    let found: Vec<&Price> = list.prices().iter().filter(holds).collect();
    if found.is_empty() {
        return Err(CommandError::user(format!(
            "no row of the price list holds `{text}`: its price is unknown"
        ))
        .hint("`belfry prices` shows every row"));
    }
    let rows: Vec<(&Price, Option<Usd>)> = found
        .into_iter()
        .map(|price| Ok((price, cost(price, arguments)?)))
        .collect::<Result<_, CommandError>>()?;
    let form = match cx.globals.format {
        Format::Table => GridForm::Table(cx.width),
        Format::Markdown => GridForm::Markdown,
        Format::Csv => GridForm::Csv,
        Format::Json => {
            let rows: Vec<Value> = rows
                .iter()
                .map(|(price, cost)| json_of(price, *cost))
                .collect();
            let json =
                json!({ "version": 1, "currency": "USD", "region": list.region(), "prices": rows });
            writeln!(cx.out, "{json:#}")?;
            return Ok(Exit::Fine);
        }
        Format::Junit | Format::Github | Format::Sarif => {
            return Err(CommandError::usage(
                "prices are printed as table, JSON, CSV or Markdown",
            ));
        }
    };
    grid(&rows, arguments.quantity.is_some()).write(&mut cx.out, form)?;
    Ok(Exit::Fine)
}

/// Nothing where no quantity is asked for.
fn cost(price: &Price, arguments: &Arguments) -> Result<Option<Usd>, CommandError> {
    let Some(quantity) = arguments.quantity else {
        return Ok(None);
    };
    if price.tiers.is_empty() {
        let (item, service) = (&price.item, &price.service);
        return Err(CommandError::user(format!(
            "`{item}` of `{service}` is sold as the sum of its parts"
        )));
    }
    let allowances = match arguments.free_tier {
        true => Allowances::Free,
        false => Allowances::Used,
    };
    let known = crate::cost::prices::item::ALL.iter();
    let known = known.filter(|item| item.service == price.service && item.name == price.item);
    let allowance = known.filter_map(crate::cost::Item::allowance).next();
    if arguments.free_tier
        && allowance.is_none()
        && !price.free_in_tiers
        && !price.free.starts_with("none")
    {
        let (item, free) = (&price.item, &price.free);
        return Err(CommandError::user(format!(
            "the free allowance of `{item}` is not counted: the list says `{free}`"
        )));
    }
    let price = Price {
        allowance,
        ..price.clone()
    };
    Ok(Some(price.cost(quantity, allowances)))
}

fn grid(rows: &[(&Price, Option<Usd>)], priced: bool) -> Grid {
    let mut columns = vec!["service", "item", "unit", "USD"];
    if priced {
        columns.push(">cost");
    }
    columns.extend(["free", "of", "certainty"]);
    let mut grid = Grid::new(columns);
    for (price, cost) in rows {
        let mut cells = vec![
            price.service.clone(),
            price.item.clone(),
            price.unit.clone(),
            tiers(price),
        ];
        cells.extend(cost.map(|cost| cost.column()));
        cells.extend([
            price.free.clone(),
            price.as_of.clone(),
            price.certainty.to_string(),
        ]);
        grid.row(cells);
    }
    grid
}

/// `0.3 to 10000, 0.1 to 250000, then 0.02`.
fn tiers(price: &Price) -> String {
    let parts = price.tiers.iter().map(|tier| {
        let dollars = tier.price.dollars().normalize();
        match tier.up_to {
            Some(bound) => format!("{dollars} to {}", bound.normalize()),
            None if price.tiers.len() > 1 => format!("then {dollars}"),
            None => dollars.to_string(),
        }
    });
    let parts: Vec<String> = parts.collect();
    match parts.is_empty() {
        true => "sum of its parts".to_owned(),
        false => parts.join(", "),
    }
}

fn json_of(price: &Price, cost: Option<Usd>) -> Value {
    let number = |number: Decimal| number.normalize().to_string();
    json!({
        "service": price.service,
        "item": price.item,
        "unit": price.unit,
        "tiers": price.tiers.iter().map(|tier| json!({
            "up_to": tier.up_to.map(number), "price": number(tier.price.dollars()),
        })).collect::<Vec<_>>(),
        "free": price.free,
        "as_of": price.as_of,
        "sources": price.sources,
        "certainty": price.certainty.name(),
        "note": price.note,
        "cost": cost.map(|cost| number(cost.dollars())),
    })
}
