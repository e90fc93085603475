/// Everything that comes from the account goes through here.
pub(super) use belfry_engine::dashboard::escape;

/// A name as one segment of a path.
pub(super) fn segment(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            byte => out.push_str(&format_byte(byte)),
        }
    }
    out
}

fn format_byte(byte: u8) -> String {
    format!("%{byte:02X}")
}

/// A whole page around `main`. `live`: the path whose answer replaces `main` every few seconds.
pub(super) fn page(title: &str, live: &str, main: &str) -> String {
    let (title, live) = (escape(title), escape(live));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title} · Belfry</title>\n\
         <link rel=\"stylesheet\" href=\"/page.css\">\n<script src=\"/page.js\" defer></script>\n</head>\n\
         <body>\n<header><nav><a href=\"/\">Dashboards</a> <a href=\"/alarms\">Alarms</a></nav>\
         <h1>{title}</h1></header>\n<main id=\"live\" data-live=\"{live}\">\n{main}</main>\n</body>\n</html>\n"
    )
}

/// A line that says why there is nothing to see.
pub(super) fn notice(text: &str) -> String {
    format!("<p class=\"notice\">{}</p>\n", escape(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(
            escape("<a b=\"c\">'&"),
            "&lt;a b=&quot;c&quot;&gt;&#39;&amp;"
        );
        assert_eq!(segment("a/b c"), "a%2Fb%20c");
        assert!(
            page("<x>", "/\"><script>", "").contains("data-live=\"/&quot;&gt;&lt;script&gt;\"")
        );
    }
}
