//! Every command and function of the language (CloudWatch Logs user guide, 2026) runs or is refused by
//! its name.

use belfry_engine::diag::Severity;
use belfry_engine::insights::{AGGREGATES, COMMANDS, FUNCTIONS, compile};

const COMMAND_NAMES: &str = "fields display filter where filterIndex stats sort order limit head tail dedup parse \
    json pattern diff anomaly unmask unnest expand lookup cidrlookup join relevantfields autoregress \
    logcompare filldown fillmissing outlier accum appendcols sessionize countFrequent count_frequent \
    addtotals estimate";

const FUNCTION_NAMES: &str = "abs ceil floor sqrt log round greatest least haversine toNumber toDouble \
    toInt toLong isNumeric ipv4ToNumber concat ltrim rtrim trim strlen messageSize toupper tolower substr \
    replace regexReplace strcontains startsWith endsWith isempty isblank split urlencode urldecode \
    base64encode base64decode hexToAscii hexToDec decToHex md5 sha256 jsonParse jsonStringify \
    jsonArraySize jsonArrayContains ispresent coalesce if case queryStartTime queryEndTime \
    queryTimeRange now bin datefloor dateceil fromMillis toMillis parseDate formatDate strftime \
    isValidIp isValidIpV4 isValidIpV6 isIpInSubnet isIpv4InSubnet isIpv6InSubnet isPrivateIP isPublicIP \
    isReservedIP unmask";

const AGGREGATE_NAMES: &str = "count countDistinct count_distinct sum avg min max pct percentile stddev \
    variance earliest latest sortsFirst sortsLast values COLLECT_VALUES topk rate countOverTime \
    sumOverTime histogram";

/// Asserts that `text` is refused, and that a message names `name`.
fn assert_refused_by_name(text: &str, name: &str) {
    let diagnostics = compile(text).map(drop).unwrap_err();
    let named = diagnostics.iter().any(|d| {
        d.severity == Severity::Error
            && d.message.contains(&format!("`{name}`"))
            && d.help.is_some()
    });
    assert!(named, "{text}: {diagnostics:?}");
}

#[test]
fn every_command_runs_or_is_refused_by_name() {
    for name in COMMAND_NAMES.split_whitespace() {
        let is_built = COMMANDS
            .iter()
            .any(|c| c.name == name || c.aliases.contains(&name));
        if !is_built {
            assert_refused_by_name(&format!("fields a | {name} b | limit 1"), name);
        }
    }
}

#[test]
fn every_function_runs_or_is_refused_by_name() {
    for name in FUNCTION_NAMES.split_whitespace() {
        if !FUNCTIONS
            .iter()
            .any(|f| f.name == name || f.aliases.contains(&name))
        {
            assert_refused_by_name(&format!("fields {name}(a) as b"), name);
        }
    }
}

#[test]
fn every_aggregate_runs_or_is_refused_by_name() {
    for name in AGGREGATE_NAMES.split_whitespace() {
        let built = AGGREGATES
            .iter()
            .find(|a| a.name == name || a.aliases.contains(&name));
        match built {
            None => assert_refused_by_name(&format!("stats {name}(a) as b"), name),
            Some(aggregate) => {
                let arguments = match aggregate.signature {
                    signature if signature.contains("percent") => "a, 50",
                    signature if signature.contains("period") => "a, 1m",
                    signature if signature.contains("(count, ") => "5, a",
                    signature if signature.contains(", count)") => "a, 5",
                    _ => "a",
                };
                assert!(
                    compile(&format!("stats {name}({arguments}) as b")).is_ok(),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn names_of_other_languages_are_unknown() {
    for name in [
        "eval",
        "rename",
        "top",
        "rare",
        "timechart",
        "transpose",
        "eventstats",
    ] {
        assert_refused_by_name(&format!("fields a | {name} b"), name);
    }
    assert!(compile("stats median(a)").is_err());
}
