//! The answer does not depend on how the events are cut and how many threads there are.

use belfry_engine::insights::compile;
use proptest::prelude::*;

use crate::events::{Event, Events, OPTIONS, origin};

const QUERIES: &[&str] = &[
    "fields @timestamp, k, v",
    "fields k, v | sort v desc, k | limit 5",
    "fields k | sort k | filter v > 2 | dedup k | limit 3",
    "filter v >= 2 or not ispresent(k) | fields @message | limit 4",
    "stats count(*), sum(v), avg(v), min(v), max(k), pct(v, 50), count_distinct(k) by k",
    "stats latest(v), earliest(v), sortsFirst(k), sortsLast(v), stddev(v) by bin(5s)",
    "stats count(*) as n by k, bin(10s) as t | filter n > 1 | stats max(n), sum(n) by t",
    "fields v | tail 3",
    "parse @message /(\\d)/ as digit multi | stats count(*) as n by digit | sort n, digit",
    "fields jsonParse(@message) as j | unnest j.v into one | stats max(one), min(k) by j.k",
    "fields k, v | sort @timestamp | accum v as sum | autoregress k p=1-2 | filldown k*",
    "fields k, v | outlier param=1 uselower=true mark=true v | addtotals col=true",
    "fields k | sessionize k maxspan 5s | stats count(*) as n by session_id | sort session_id",
    "stats sum(v) as s by bin(5s) as t, k | fillmissing with 0 for s | stats max(s) by t",
    "expand v | countFrequent k, v",
    "pattern @message | sort @pattern desc",
    "filter v > 2 | diff previousDay",
    "stats count(*) as n, max(v) by bin(5s) offset 7s | fillmissing with 0 for n",
    "fields k | sort k | appendcols override=true (fields v | sort v desc) | limit 7",
    "parse @message csv as a, b | parse a logfmt as m | json field=@message \"v\" as w | display w, m.a",
];

/// Filters from which text follows that a message must hold.
const LITERALS: &[&str] = &[
    "k = \"a\"",
    "\"b\" = k",
    "k = \"7\"",
    "k = 7",
    "v like \"5\"",
    "k like \"a\"",
    "k like /^(a)$/",
    "v like /x+/",
    "v like /(?i)X/",
    "@message like /\"v\":[0-9]/",
    "@message like \"7\"",
    "@message = \"{}\"",
];

fn event() -> impl Strategy<Value = Event> {
    let key = prop_oneof![Just("null"), Just("\"a\""), Just("\"b\""), Just("7")];
    let value = prop_oneof![
        (0..9_i64).prop_map(|v| v.to_string()),
        (0..90_u8).prop_map(|v| format!("{v}.5")),
        Just("\"x\"".to_owned()),
    ];
    (0..20_i64, key, value).prop_map(|(second, key, value)| Event {
        timestamp: OPTIONS.now.0 + second * 1000,
        message: format!("{{\"k\":{key},\"v\":{value}}}"),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn chunks_and_threads_do_not_show_in_the_answer(
        events in prop::collection::vec(event(), 0..40),
        chunk in 1_usize..9,
    ) {
        let cut = |chunk| Events { events: events.clone(), log: "1:/app".to_owned(), origin: origin(None), chunk };
        for text in QUERIES {
            let (query, _) = compile(text).unwrap();
            let whole = query.run_serially(&cut(1000), &OPTIONS).unwrap();
            prop_assert_eq!(&query.run(&cut(chunk), &OPTIONS).unwrap(), &whole, "{}", text);
            prop_assert_eq!(&query.run_serially(&cut(chunk), &OPTIONS).unwrap(), &whole, "{}", text);
        }
    }

    #[test]
    fn filters_that_are_looked_for_in_the_text_find_what_the_others_find(
        events in prop::collection::vec(event(), 0..40),
        escaped in any::<bool>(),
    ) {
        let mut source = Events { events, log: "1:/app".to_owned(), origin: origin(None), chunk: 7 };
        if escaped {
            let escape = |event: &mut Event| event.message = event.message.replace("\"a\"", "\"\\u0061\"");
            source.events.iter_mut().for_each(escape);
        }
        for filter in LITERALS {
            let (quick, _) = compile(&format!("filter {filter} | fields k, v")).unwrap();
            let (slow, _) = compile(&format!("filter {filter} or 1 = 2 | fields k, v")).unwrap();
            prop_assert_eq!(quick.run(&source, &OPTIONS).unwrap(), slow.run(&source, &OPTIONS).unwrap(), "{}", filter);
        }
    }

    #[test]
    fn a_limit_shows_the_head_of_the_whole_answer(
        events in prop::collection::vec(event(), 0..40),
        limit in 1_usize..9,
    ) {
        let source = Events { events, log: "1:/app".to_owned(), origin: origin(None), chunk: 7 };
        let text = "fields k, v, @timestamp | sort v, k desc";
        let (all, _) = compile(text).unwrap();
        let (head, _) = compile(&format!("{text} | limit {limit}")).unwrap();
        let mut rows = all.run(&source, &OPTIONS).unwrap().rows;
        rows.truncate(limit);
        prop_assert_eq!(head.run(&source, &OPTIONS).unwrap().rows, rows);
    }

    #[test]
    fn no_text_panics(text in r#"[a-z@ |"'/\[\](),.*=<>!#`0-9\\$é-]{0,60}"#) {
        let _ = compile(&text);
    }

    #[test]
    fn no_arrangement_of_words_panics(words in prop::collection::vec(prop::sample::select(vec![
        "fields", "stats", "filter", "sort", "parse", "display", "limit", "dedup", "by", "as", "|", ",",
        "(", ")", "[", "]", "a", "@timestamp", "`b c`", "count(*)", "pct(", "bin(5m)", "5m", "1.5", "-",
        "\"x*\"", "/(?<g>x)/", "like", "not", "in", "=", "desc", "SOURCE", "'/g'", "and", "*",
        "unnest", "into", "expand", "filldown", "fillmissing", "with", "for", "accum", "autoregress", "p=",
        "addtotals", "col=", "true", "sessionize", "maxspan", "outlier", "mark=", "filterIndex", "csv",
        "join", "left=o", "right=p", "where", "o.a", "p.a", "appendcols", "pattern", "diff", "previousDay", "offset",
        "anomaly", "relevantfields", "estimate", "logcompare", "timeshift", "logfmt", "multi", "json", "field=", "jsonParse(@message)", "[0]", ".x",
    ]), 0..14)) {
        let _ = compile(&words.join(" "));
    }
}
