use super::ast::{Bound, Expr, Frame, Kind, Window};
use super::parser::Parser;
use crate::refusal::{Judged, Refusal};

impl Parser {
    /// Expressions that begin with a word of the language; `None` where the word is a name.
    pub(super) fn special(&mut self, word: &str) -> Judged<Option<Kind>> {
        let at = self.here();
        let call = self.is_symbol_at(1, "(");
        let kind = match word {
            "null" => self.constant(Kind::Null),
            "true" => self.constant(Kind::Boolean(true)),
            "false" => self.constant(Kind::Boolean(false)),
            "interval" => return self.interval(),
            "case" => self.case()?,
            "cast" => self.cast(false)?,
            "try_cast" if call => self.cast(true)?,
            "exists" => self.exists()?,
            "array" if self.is_symbol_at(1, "[") => self.array()?,
            "row" if call => self.row()?,
            "extract" => self.extract()?,
            "position" if call => match self.position()? {
                Some(kind) => kind,
                None => return Ok(None),
            },
            "substring" if call => match self.substring()? {
                Some(kind) => kind,
                None => return Ok(None),
            },
            "trim" => self.trim()?,
            "listagg" => self.listagg()?,
            "grouping" => self.grouping()?,
            "current_date" | "current_timestamp" | "localtimestamp" => {
                self.advance();
                let arguments = self.precision()?;
                Self::call_of(word, at, arguments)
            }
            "current_time" | "localtime" | "current_user" | "current_catalog"
            | "current_schema" | "current_path" | "normalize" | "json_exists" | "json_value"
            | "json_query" | "json_object" | "json_array" => {
                return self.refuse_word(&format!("`{word}`"));
            }
            _ => return Ok(None),
        };
        Ok(Some(kind))
    }

    fn constant(&mut self, kind: Kind) -> Kind {
        self.advance();
        kind
    }

    /// `current_timestamp(3)`
    fn precision(&mut self) -> Judged<Vec<Expr>> {
        match self.is_symbol("(") {
            true => self.bracketed().map(|precision| vec![precision]),
            false => Ok(Vec::new()),
        }
    }

    fn case(&mut self) -> Judged<Kind> {
        self.advance();
        let operand = match self.is_word("when") {
            true => None,
            false => Some(Box::new(self.expression()?)),
        };
        let mut branches = Vec::new();
        while self.take_word("when") {
            let when = self.expression()?;
            self.expect_word("then")?;
            branches.push((when, self.expression()?));
        }
        if branches.is_empty() {
            return Err(self.mismatched(&["'WHEN'"]));
        }
        let otherwise = match self.take_word("else") {
            true => Some(Box::new(self.expression()?)),
            false => None,
        };
        self.expect_word("end")?;
        Ok(Kind::Case {
            operand,
            branches,
            otherwise,
        })
    }

    fn cast(&mut self, safe: bool) -> Judged<Kind> {
        self.advance();
        self.expect_symbol("(")?;
        let value = Box::new(self.expression()?);
        self.expect_word("as")?;
        let to = self.type_name()?;
        self.expect_symbol(")")?;
        Ok(Kind::Cast { value, to, safe })
    }

    fn exists(&mut self) -> Judged<Kind> {
        self.advance();
        self.expect_symbol("(")?;
        let query = self.query()?;
        self.expect_symbol(")")?;
        Ok(Kind::Exists(Box::new(query)))
    }

    fn array(&mut self) -> Judged<Kind> {
        self.advance();
        self.expect_symbol("[")?;
        let items = match self.is_symbol("]") {
            true => Vec::new(),
            false => self.list(Self::expression)?,
        };
        self.expect_symbol("]")?;
        Ok(Kind::Array(items))
    }

    fn row(&mut self) -> Judged<Kind> {
        self.advance();
        self.expect_symbol("(")?;
        let items = self.list(Self::expression)?;
        self.expect_symbol(")")?;
        Ok(Kind::Row(items))
    }

    fn extract(&mut self) -> Judged<Kind> {
        self.advance();
        self.expect_symbol("(")?;
        let field = self.name()?;
        self.expect_word("from")?;
        let value = Box::new(self.value()?);
        self.expect_symbol(")")?;
        Ok(Kind::Extract(field, value))
    }

    /// `position(a IN b)`
    fn position(&mut self) -> Judged<Option<Kind>> {
        let at = self.here();
        Ok(self.attempt(|parser| {
            parser.advance();
            parser.expect_symbol("(")?;
            let inner = parser.value()?;
            parser.expect_word("in")?;
            let text = parser.value()?;
            parser.expect_symbol(")")?;
            Ok(Self::call_of("strpos", at, vec![text, inner]))
        }))
    }

    /// `substring(text FROM start FOR length)`; with commas it is a call as others.
    fn substring(&mut self) -> Judged<Option<Kind>> {
        let at = self.here();
        Ok(self.attempt(|parser| {
            parser.advance();
            parser.expect_symbol("(")?;
            let mut arguments = vec![parser.value()?];
            parser.expect_word("from")?;
            arguments.push(parser.value()?);
            if parser.take_word("for") {
                arguments.push(parser.value()?);
            }
            parser.expect_symbol(")")?;
            Ok(Self::call_of("substring", at, arguments))
        }))
    }

    /// `trim(x)`, `trim(LEADING 'a' FROM x)`
    /// `listagg(x, separator) WITHIN GROUP (ORDER BY …)`
    fn listagg(&mut self) -> Judged<Kind> {
        let at = self.here();
        self.advance();
        self.expect_symbol("(")?;
        if self.is_word("distinct") {
            return self.refuse_word("`listagg` of DISTINCT values");
        }
        self.take_word("all");
        let text = self.expression()?;
        let separator = match self.take_symbol(",") {
            true => self.value()?,
            false => self.node(Kind::String(String::new()), at, at),
        };
        if !matches!(separator.kind, Kind::String(_)) {
            return Err(self.mismatched(&["<string>"]));
        }
        if self.is_word("on") {
            return self.refuse_word("`ON OVERFLOW` of `listagg`");
        }
        self.expect_symbol(")")?;
        self.expect_word("within")?;
        self.expect_word("group")?;
        self.expect_symbol("(")?;
        let Kind::Call(mut call) = Self::call_of("listagg", at, vec![text, separator]) else {
            return Err(self.mismatched(&["<expression>"]));
        };
        call.order = self.order_by()?;
        if call.order.is_empty() {
            return Err(self.mismatched(&["'ORDER'"]));
        }
        self.expect_symbol(")")?;
        self.behind_call(&mut call)?;
        match call.over {
            Some(_) => self.refuse_word("`listagg` with OVER"),
            None => Ok(Kind::Call(call)),
        }
    }

    fn trim(&mut self) -> Judged<Kind> {
        let at = self.here();
        self.advance();
        self.expect_symbol("(")?;
        let mut name = "trim";
        for (word, of) in [
            ("both", "trim"),
            ("leading", "ltrim"),
            ("trailing", "rtrim"),
        ] {
            if self.take_word(word) {
                name = of;
            }
        }
        let mut arguments = Vec::new();
        if !self.take_word("from") {
            arguments.push(self.value()?);
            if self.take_word("from") {
                let text = self.value()?;
                arguments.insert(0, text);
            } else if self.take_symbol(",") {
                // `trim(x, 'a')` has the text first.
                arguments.push(self.value()?);
            }
        } else {
            arguments.push(self.value()?);
        }
        self.expect_symbol(")")?;
        Ok(Self::call_of(name, at, arguments))
    }

    fn grouping(&mut self) -> Judged<Kind> {
        self.advance();
        self.expect_symbol("(")?;
        let arguments = self.list(Self::expression)?;
        self.expect_symbol(")")?;
        Ok(Kind::Grouping(arguments))
    }

    /// What stands behind OVER.
    pub(super) fn over(&mut self) -> Judged<Window> {
        let at = self.here();
        if self.is_symbol("(") {
            return self.window();
        }
        let base = Some(self.name()?);
        Ok(Window {
            base,
            alone: true,
            partition: Vec::new(),
            order: Vec::new(),
            frame: None,
            at,
        })
    }

    /// `(base PARTITION BY … ORDER BY … frame)`
    pub(super) fn window(&mut self) -> Judged<Window> {
        let at = self.here();
        self.expect_symbol("(")?;
        let named = !["partition", "order", "rows", "range", "groups"]
            .iter()
            .any(|word| self.is_word(word));
        let base = match named {
            true => self.take_name(),
            false => None,
        };
        let mut partition = Vec::new();
        if self.take_word("partition") {
            self.expect_word("by")?;
            partition = self.list(Self::expression)?;
        }
        let order = self.order_by()?;
        let frame = self.frame()?;
        self.expect_symbol(")")?;
        Ok(Window {
            base,
            alone: false,
            partition,
            order,
            frame,
            at,
        })
    }

    fn frame(&mut self) -> Judged<Option<Frame>> {
        let at = self.here();
        let units = ["rows", "range", "groups"];
        if !units.iter().any(|unit| self.is_word(unit)) {
            return Ok(None);
        }
        let unit = self.name()?;
        let (start, end) = if self.take_word("between") {
            let start = self.bound()?;
            self.expect_word("and")?;
            (start, self.bound()?)
        } else {
            (self.bound()?, Bound::CurrentRow)
        };
        Ok(Some(Frame {
            unit,
            start,
            end,
            at,
        }))
    }

    fn bound(&mut self) -> Judged<Bound> {
        if self.take_words(&["unbounded", "preceding"]) {
            return Ok(Bound::UnboundedPreceding);
        }
        if self.take_words(&["unbounded", "following"]) {
            return Ok(Bound::UnboundedFollowing);
        }
        if self.take_words(&["current", "row"]) {
            return Ok(Bound::CurrentRow);
        }
        let offset = Box::new(self.value()?);
        if self.take_word("preceding") {
            return Ok(Bound::Preceding(offset));
        }
        match self.take_word("following") {
            true => Ok(Bound::Following(offset)),
            false => Err(self.mismatched(&["'FOLLOWING'", "'PRECEDING'"])),
        }
    }

    /// Whether a number that must be whole is one.
    pub(super) fn whole(text: &str, at: belfry_engine::diag::Span) -> Judged<u32> {
        text.parse().map_err(|_| {
            Refusal::athena(
                "SYNTAX_ERROR",
                at,
                format!("Invalid numeric literal: {text}"),
            )
        })
    }
}
