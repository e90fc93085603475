use super::html::escape;

/// The part of Markdown that text widgets need, as HTML: headings, lists, paragraphs, bold, code and links.
/// What it does not know stays as it is written, escaped.
pub(super) fn html(markdown: &str) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for line in markdown.lines() {
        let line = line.trim();
        let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        if item.is_some() != in_list {
            out.push_str(if in_list { "</ul>\n" } else { "<ul>\n" });
            in_list = !in_list;
        }
        match item {
            Some(item) => block(&mut out, "li", item),
            None => heading_or_paragraph(&mut out, line),
        }
    }
    if in_list {
        out.push_str("</ul>\n");
    }
    out
}

fn heading_or_paragraph(out: &mut String, line: &str) {
    let level = line.bytes().take_while(|b| *b == b'#').count();
    let rest = line.get(level..).and_then(|rest| rest.strip_prefix(' '));
    match (level, rest) {
        (1, Some(text)) => block(out, "h2", text),
        (2, Some(text)) => block(out, "h3", text),
        (3..=6, Some(text)) => block(out, "h4", text),
        _ if line.is_empty() => {}
        _ => block(out, "p", line),
    }
}

fn block(out: &mut String, tag: &str, text: &str) {
    let text = inline(text);
    out.push_str(&["<", tag, ">", &text, "</", tag, ">\n"].concat());
}

/// Code first, because nothing else is read inside it.
fn inline(text: &str) -> String {
    let mut parts = text.split('`').enumerate().peekable();
    let mut out = String::new();
    while let Some((index, part)) = parts.next() {
        let is_closed = parts.peek().is_some();
        match (index % 2 == 1, is_closed) {
            (true, true) => out.push_str(&["<code>", &escape(part), "</code>"].concat()),
            (true, false) => out.push_str(&["`", &links(part)].concat()),
            (false, _) => out.push_str(&links(part)),
        }
    }
    out
}

/// `[text](address)`, where the address is one that a reader can be sent to.
fn links(text: &str) -> String {
    let Some((before, rest)) = text.split_once('[') else {
        return bold(text);
    };
    let link = rest
        .split_once("](")
        .and_then(|(label, rest)| rest.split_once(')').map(|(url, after)| (label, url, after)));
    match link {
        Some((label, url, after)) if is_address(url) => {
            let (label, url) = (bold(label), escape(url));
            let anchor = format!("<a href=\"{url}\" rel=\"noreferrer\">{label}</a>");
            [bold(before), anchor, links(after)].concat()
        }
        _ => [bold(before), "[".to_owned(), links(rest)].concat(),
    }
}

fn is_address(url: &str) -> bool {
    ["https://", "http://", "/"]
        .iter()
        .any(|s| url.starts_with(s))
        && !url.starts_with("//")
}

fn bold(text: &str) -> String {
    let parts: Vec<_> = text.split("**").collect();
    let count = parts.len();
    let mut out = String::new();
    for (index, part) in parts.into_iter().enumerate() {
        let is_closed = index + 1 < count;
        match (index % 2 == 1, is_closed) {
            (true, true) => out.push_str(&["<strong>", &escape(part), "</strong>"].concat()),
            (true, false) => out.push_str(&["**", &escape(part)].concat()),
            (false, _) => out.push_str(&escape(part)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn headings_lists_and_emphasis_become_html() {
        assert_eq!(
            html("# Title\nSee **first** `a < b`.\n- one\n- [two](https://x.org/?a&b)"),
            "<h2>Title</h2>\n<p>See <strong>first</strong> <code>a &lt; b</code>.</p>\n<ul>\n<li>one</li>\n\
             <li><a href=\"https://x.org/?a&amp;b\" rel=\"noreferrer\">two</a></li>\n</ul>\n"
        );
    }

    #[test]
    fn markup_and_scripts_stay_text() {
        assert_eq!(
            html("<script>alert(1)</script> [x](javascript:alert(1))"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))</p>\n"
        );
    }

    #[test]
    fn what_is_not_closed_stays_as_it_is_written() {
        assert_eq!(html("a ** b ` c [d"), "<p>a ** b ` c [d</p>\n");
    }
}
