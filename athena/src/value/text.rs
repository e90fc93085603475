use super::kind::Value;
use super::number_text::{decimal_text, java_double, scientific_double};
use super::time_text::{
    date_text, interval_day_text, interval_month_text, ip_text, timestamp_text,
};
use crate::types::Type;

/// The text that Athena's results show; `None` for NULL.
pub(crate) fn answer_text(value: &Value, of: &Type) -> Option<String> {
    if value.is_null() {
        return None;
    }
    Some(match (value, of) {
        (Value::Double(number), _) => java_double(*number),
        (Value::Varbinary(bytes), _) => {
            let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            bytes.join(" ")
        }
        (Value::Array(items), Type::Array(of)) => {
            let items: Vec<String> = items.iter().map(|item| inner(item, of)).collect();
            format!("[{}]", items.join(", "))
        }
        (Value::Map(entries), Type::Map(key, to)) => {
            let entry = |(name, value): &(Value, Value)| {
                format!("{}={}", inner(name, key), inner(value, to))
            };
            let entries: Vec<String> = entries.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        (Value::Row(items), Type::Row(fields)) => {
            let field =
                |(place, (item, (name, of))): (usize, (&Value, &(Option<String>, Type)))| {
                    let place = format!("field{place}");
                    format!("{}={}", name.as_ref().unwrap_or(&place), inner(item, of))
                };
            let fields: Vec<String> = items.iter().zip(fields).enumerate().map(field).collect();
            format!("{{{}}}", fields.join(", "))
        }
        _ => varchar_text(value, of),
    })
}

fn inner(value: &Value, of: &Type) -> String {
    answer_text(value, of).unwrap_or_else(|| "null".to_owned())
}

/// The text that `CAST(x AS varchar)` gives; empty for NULL and what has no such cast.
pub(crate) fn varchar_text(value: &Value, of: &Type) -> String {
    match value {
        Value::Boolean(value) => value.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Double(number) => scientific_double(*number),
        Value::Decimal(number) => {
            let scale = of.as_decimal().map_or(0, |(_, scale)| scale);
            decimal_text(number.units(), scale)
        }
        Value::Varchar(text) => text.to_string(),
        Value::Date(days) => date_text(*days),
        Value::Timestamp(micros) => timestamp_text(*micros, digits(of)),
        Value::TimestampTz(instant, zone) => {
            format!(
                "{} {}",
                timestamp_text(zone.local(*instant), digits(of)),
                zone.name()
            )
        }
        Value::IntervalDay(millis) => interval_day_text(*millis),
        Value::IntervalMonth(months) => interval_month_text(*months),
        Value::IpAddress(address) => ip_text(address),
        Value::IpPrefix(prefix) => format!("{}/{}", ip_text(&prefix.0), prefix.1),
        Value::Null | Value::Varbinary(_) | Value::Array(_) | Value::Map(_) | Value::Row(_) => {
            String::new()
        }
    }
}

fn digits(of: &Type) -> u8 {
    match of {
        Type::Timestamp(digits) | Type::TimestampTz(digits) => *digits,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Zone;

    #[test]
    fn results_show_values_as_athena_does() {
        let text = |value: Value, of: Type| answer_text(&value, &of).unwrap();
        let instant = 1_543_530_180_186_000;
        let zoned = Value::TimestampTz(instant, Zone::UTC);
        assert_eq!(
            text(zoned, Type::TimestampTz(3)),
            "2018-11-29 22:23:00.186 UTC"
        );
        assert_eq!(
            text(Value::Timestamp(instant), Type::Timestamp(0)),
            "2018-11-29 22:23:00"
        );
        assert_eq!(
            text(Value::IntervalDay(-90_061_001), Type::IntervalDay),
            "-1 01:01:01.001"
        );
        assert_eq!(text(Value::IntervalMonth(14), Type::IntervalMonth), "1-2");
        let array = Value::array(vec![Value::text("a"), Value::Null, Value::text("b")]);
        assert_eq!(text(array, Type::array(Type::VARCHAR)), "[a, null, b]");
        let map = Value::Map([(Value::text("a"), Value::Whole(1))].into());
        assert_eq!(text(map, Type::map(Type::VARCHAR, Type::BigInt)), "{a=1}");
        let row = Value::Row([Value::Whole(1), Value::Double(0.5)].into());
        let of = Type::Row(vec![
            (None, Type::Integer),
            (Some("x".to_owned()), Type::Double),
        ]);
        assert_eq!(text(row, of), "{field0=1, x=0.5}");
        assert_eq!(answer_text(&Value::Null, &Type::Unknown), None);
    }
}
