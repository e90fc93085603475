use super::{Call, Function, number};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "haversine",
    aliases: &[],
    summary: "the distance in kilometres of two points given by latitude and longitude, on a sphere of 6,371 km",
    signature: "haversine(lat1, lon1, lat2, lon2)",
    examples: &[
        ("haversine(0, 0, 0, 1)", Some("111.1949")),
        ("haversine(0, 0, 0, missing)", None),
    ],
    arguments: (4, 4),
    call: Call::Values(haversine),
};

fn haversine<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let degrees: Vec<f64> = (0..4)
        .filter_map(|index| number(arguments, index))
        .collect();
    let &[lat1, lon1, lat2, lon2] = degrees.as_slice() else {
        return Value::Null;
    };
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let along = lat1.to_radians().cos() * lat2.to_radians().cos() * half(lon1, lon2);
    let square = half(lat1, lat2) + along;
    Value::float(2.0 * EARTH_RADIUS * square.sqrt().asin())
}

/// Kilometres; the user guide names no radius.
const EARTH_RADIUS: f64 = 6371.0;
