use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use belfry_engine::alb::{CONNECTION, print_line};
use belfry_engine::base::Millis;

use super::settings::Settings;
use super::stamp::stamp;

/// The line of a connection over HTTP, all fields that AWS publishes: what is about TLS is `-`.
pub(super) fn line(
    at: Millis,
    client: SocketAddr,
    id: &str,
    settings: &Settings,
    node: SocketAddr,
) -> Option<String> {
    let (time, node_ip): (String, IpAddr) = (stamp(at, Duration::ZERO), node.ip());
    let [client_ip, client_port] = [client.ip().to_string(), client.port().to_string()];
    let [port, node_ip] = [node.port().to_string(), node_ip.to_string()];
    let texts: [&str; 15] = [
        &time,
        &client_ip,
        &client_port,
        &port,
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
        "-",
        id,
        "-",
        &settings.name,
        &node_ip,
    ];
    print_line(&CONNECTION, &texts).ok()
}

#[cfg(test)]
mod tests {
    use belfry_engine::alb::ConnectionLogEntry;

    use super::*;

    #[test]
    fn a_connection_without_tls_says_who_came_and_where() {
        let client = SocketAddr::from(([127, 0, 0, 1], 4711));
        let node = SocketAddr::from(([127, 0, 0, 1], 8080));
        let settings = Settings::of("app/alb/0f", "000000000000", "us-east-1");
        let line = line(Millis(1_776_679_200_007), client, "TID_1", &settings, node).unwrap();
        assert_eq!(
            line,
            "2026-04-20T10:00:00.007000Z 127.0.0.1 4711 8080 - - - \"-\" - - - TID_1 - app/alb/0f 127.0.0.1"
        );
        assert!(ConnectionLogEntry::parse(&line).is_ok());
    }
}
