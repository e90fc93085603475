use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Which share of the requests goes wrong, and how. Shares are from 0 to 1 and add up to 1 at most; the rest is
/// answered as ever.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Faults {
    /// The same seed gives the same mishaps to the same sequence of requests.
    pub seed: u64,
    /// Refused because of its rate; nothing is done.
    pub throttle: f64,
    /// Answered with a failure of the service; nothing is done.
    pub error: f64,
    /// Done, but the connection closes without an answer.
    pub drop: f64,
    /// Not done: the connection closes without an answer.
    pub reset: f64,
    /// Not answered for [`silence`](Self::silence), then the connection closes; done in every second case.
    pub timeout: f64,
    /// Done and answered after [`delay`](Self::delay).
    pub slow: f64,
    /// How late slow answers are.
    pub delay: Duration,
    /// How long nothing is said before the connection closes.
    pub silence: Duration,
    /// Calls are refused that come more often than so many times the rates that AWS publishes; 0: any rate is taken.
    pub rates: u32,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            seed: 0,
            throttle: 0.0,
            error: 0.0,
            drop: 0.0,
            reset: 0.0,
            timeout: 0.0,
            slow: 0.0,
            delay: Duration::from_millis(200),
            silence: Duration::from_secs(120),
            rates: 0,
        }
    }
}

/// Why a text names no faults.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}; expected such as `throttle=5%,drop=2%,slow=10%,delay=200ms,seed=7`")]
pub struct FaultsError(String);

type Share = fn(&mut Faults) -> &mut f64;

const SHARES: &[(&str, Share)] = &[
    ("throttle", |faults| &mut faults.throttle),
    ("error", |faults| &mut faults.error),
    ("drop", |faults| &mut faults.drop),
    ("reset", |faults| &mut faults.reset),
    ("timeout", |faults| &mut faults.timeout),
    ("slow", |faults| &mut faults.slow),
];

impl FromStr for Faults {
    type Err = FaultsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut faults = Self::default();
        for part in text.split(',') {
            let (name, value) = part
                .trim()
                .split_once('=')
                .ok_or_else(|| FaultsError(format!("`{part}` is not a name and a value")))?;
            faults.set(name.trim(), value.trim())?;
        }
        let sum: f64 = SHARES.iter().map(|(_, share)| *share(&mut faults)).sum();
        if sum > 1.0 {
            return Err(FaultsError("the shares add up to more than 100%".into()));
        }
        Ok(faults)
    }
}

impl Faults {
    fn set(&mut self, name: &str, value: &str) -> Result<(), FaultsError> {
        let wrong = |what: &str| FaultsError(format!("`{value}` is no {what} for `{name}`"));
        if let Some((_, share)) = SHARES.iter().find(|(known, _)| *known == name) {
            *share(self) = read_share(value).ok_or_else(|| wrong("share from 0% to 100%"))?;
            return Ok(());
        }
        match name {
            "seed" => self.seed = value.parse().map_err(|_| wrong("whole number"))?,
            "delay" => self.delay = duration(value).ok_or_else(|| wrong("duration"))?,
            "rates" => self.rates = value.parse().map_err(|_| wrong("whole number"))?,
            "silence" => self.silence = duration(value).ok_or_else(|| wrong("duration"))?,
            _ => {
                let names: Vec<&str> = SHARES.iter().map(|(name, _)| *name).collect();
                let names = names.join(", ");
                let text = format!(
                    "no fault is called `{name}`; there are {names}, delay, silence, rates, seed"
                );
                return Err(FaultsError(text));
            }
        }
        Ok(())
    }
}

/// `5%` or `0.05`.
fn read_share(text: &str) -> Option<f64> {
    let share = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().ok()? / 100.0,
        None => text.parse().ok()?,
    };
    (0.0..=1.0).contains(&share).then_some(share)
}

fn duration(text: &str) -> Option<Duration> {
    let signed: jiff::SignedDuration = text.parse().ok()?;
    Duration::try_from(signed).ok()
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut faults = *self;
        for (name, share) in SHARES {
            let share = *share(&mut faults);
            if share > 0.0 {
                write!(f, "{name}={}%,", share * 100.0)?;
            }
        }
        if self.slow > 0.0 {
            write!(f, "delay={}ms,", self.delay.as_millis())?;
        }
        if self.timeout > 0.0 {
            write!(f, "silence={}ms,", self.silence.as_millis())?;
        }
        if self.rates > 0 {
            write!(f, "rates={},", self.rates)?;
        }
        write!(f, "seed={}", self.seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_percent_or_fractions() {
        let faults: Faults = "throttle=5%, drop=0.02,slow=10%,delay=1s,rates=2,seed=7"
            .parse()
            .unwrap();
        assert_eq!(
            faults,
            Faults {
                seed: 7,
                throttle: 0.05,
                drop: 0.02,
                slow: 0.1,
                delay: Duration::from_secs(1),
                rates: 2,
                ..Faults::default()
            }
        );
        assert_eq!(
            faults.to_string(),
            "throttle=5%,drop=2%,slow=10%,delay=1000ms,rates=2,seed=7"
        );
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (text, named) in [
            ("", "`` is not a name and a value"),
            ("throttle", "`throttle` is not a name"),
            ("throttle=x", "`x` is no share"),
            ("throttle=101%", "`101%` is no share"),
            ("throttle=-0.1", "`-0.1` is no share"),
            ("error=NaN", "`NaN` is no share"),
            ("seed=-1", "`-1` is no whole number"),
            ("rates=slow", "`slow` is no whole number"),
            ("delay=soon", "`soon` is no duration"),
            ("trottle=1%", "no fault is called `trottle`"),
            ("throttle=60%,error=60%", "more than 100%"),
        ] {
            let error = text.parse::<Faults>().unwrap_err().to_string();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
