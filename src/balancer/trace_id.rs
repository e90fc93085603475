use belfry_engine::base::Millis;

use crate::random::Random;

/// The header by which requests are followed (user guide, "Request tracing for your Application Load Balancer").
pub(super) const HEADER: &str = "x-amzn-trace-id";

/// The header's value for the target: `Root=1-67891233-abcdef012345678912345678` for a request that brings none.
/// One that brings a root keeps it behind a `Self` of this balancer (a `Self` that came is replaced); other fields
/// stay, and a root is added where they have none.
pub(super) fn of(given: Option<&str>, now: Millis, random: &mut Random) -> String {
    let id = id(now, random);
    let fields: Vec<&str> = given
        .into_iter()
        .flat_map(|given| given.split(';'))
        .map(str::trim)
        .filter(|field| !field.is_empty())
        .collect();
    let is = |name: &str, field: &str| {
        let named = field.split_once('=');
        named.is_some_and(|(found, _)| found.eq_ignore_ascii_case(name))
    };
    let kept = fields.iter().filter(|field| !is("Self", field)).copied();
    let kept: Vec<&str> = kept.collect();
    if kept.iter().any(|field| is("Root", field)) {
        return format!("Self={id};{}", kept.join(";"));
    }
    let root = format!("Root={id}");
    let all = kept.into_iter().chain([root.as_str()]);
    all.collect::<Vec<_>>().join(";")
}

/// Version 1, the second in 8 hexadecimal digits, 24 more.
fn id(now: Millis, random: &mut Random) -> String {
    let second = u32::try_from(now.as_seconds()).unwrap_or(u32::MAX);
    let (long, short) = (random.next(), random.next() >> 32);
    format!("1-{second:08x}-{long:016x}{short:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(0x6789_1233 * 1000 + 999);

    fn made(given: Option<&str>) -> String {
        of(given, NOW, &mut Random::new(1_234_567))
    }

    #[test]
    fn a_request_without_a_trace_id_gets_a_root() {
        assert_eq!(made(None), "Root=1-67891233-599ed017fb08fc852c73f084");
        assert_eq!(made(Some(" ;")), made(None));
    }

    #[test]
    fn a_root_that_came_is_continued() {
        let root = "Root=1-67891233-abcdef012345678912345678";
        let own = "Self=1-67891233-599ed017fb08fc852c73f084";
        assert_eq!(made(Some(root)), format!("{own};{root}"));
        let others = format!("Self=1-1-1;{root};CalledFrom=app");
        assert_eq!(made(Some(&others)), format!("{own};{root};CalledFrom=app"));
    }

    #[test]
    fn fields_without_a_root_get_one() {
        assert_eq!(
            made(Some("CalledFrom=app")),
            "CalledFrom=app;Root=1-67891233-599ed017fb08fc852c73f084"
        );
    }
}
