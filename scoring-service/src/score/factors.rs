use super::{Factor, amount, location, merchant, night, velocity};

/// All factors, in the order in which reasons are given.
pub const FACTORS: [Factor; 5] = [
    amount::FACTOR,
    velocity::FACTOR,
    location::FACTOR,
    night::FACTOR,
    merchant::FACTOR,
];
