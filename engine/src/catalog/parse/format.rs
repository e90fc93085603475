use std::collections::BTreeMap;

use super::cursor::Cursor;
use crate::catalog::error::DdlError;

/// How the files of a table are read.
#[derive(Debug, Default)]
pub(super) struct Format {
    named_serde: Option<String>,
    stored: Option<Stored>,
    pub(super) serde_properties: BTreeMap<String, String>,
    is_delimited: bool,
}

#[derive(Debug)]
struct Stored {
    input: String,
    output: String,
    serde: Option<&'static str>,
}

const LAZY: &str = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe";
const TEXT_INPUT: &str = "org.apache.hadoop.mapred.TextInputFormat";
const TEXT_OUTPUT: &str = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat";

/// What `STORED AS WORD` stands for: word, input format, output format, serialiser.
const STORED: &[(&str, &str, &str, &str)] = &[
    ("TEXTFILE", TEXT_INPUT, TEXT_OUTPUT, LAZY),
    (
        "PARQUET",
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat",
        "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
    ),
    (
        "ORC",
        "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
        "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat",
        "org.apache.hadoop.hive.ql.io.orc.OrcSerde",
    ),
    (
        "AVRO",
        "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat",
        "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat",
        "org.apache.hadoop.hive.serde2.avro.AvroSerDe",
    ),
    (
        "RCFILE",
        "org.apache.hadoop.hive.ql.io.RCFileInputFormat",
        "org.apache.hadoop.hive.ql.io.RCFileOutputFormat",
        "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe",
    ),
    (
        "SEQUENCEFILE",
        "org.apache.hadoop.mapred.SequenceFileInputFormat",
        "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat",
        LAZY,
    ),
];

impl Format {
    pub(super) fn serde(&self) -> String {
        let stored = self.stored.as_ref().and_then(|stored| stored.serde);
        let named = self.named_serde.clone();
        named.unwrap_or_else(|| stored.unwrap_or(LAZY).to_owned())
    }

    pub(super) fn input_format(&self) -> String {
        let stored = self.stored.as_ref().map(|stored| stored.input.clone());
        stored.unwrap_or_else(|| TEXT_INPUT.to_owned())
    }

    pub(super) fn output_format(&self) -> String {
        let stored = self.stored.as_ref().map(|stored| stored.output.clone());
        stored.unwrap_or_else(|| TEXT_OUTPUT.to_owned())
    }
}

/// `ROW FORMAT SERDE 'class' [WITH SERDEPROPERTIES (…)]`, or `ROW FORMAT DELIMITED …`.
pub(super) fn row(cx: &mut Cursor<'_>, format: &mut Format) -> Result<(), DdlError> {
    if format.named_serde.is_some() || format.is_delimited {
        return Err(cx.refused("ROW FORMAT stands twice"));
    }
    cx.require(&["ROW", "FORMAT"])?;
    if cx.accept(&["DELIMITED"]) {
        format.is_delimited = true;
        return delimited(cx, format);
    }
    cx.require(&["SERDE"])?;
    format.named_serde = Some(cx.text("the class of a serialiser, in quotes")?);
    Ok(())
}

/// `WITH SERDEPROPERTIES (…)`.
pub(super) fn serde_properties(cx: &mut Cursor<'_>, format: &mut Format) -> Result<(), DdlError> {
    cx.require(&["WITH", "SERDEPROPERTIES"])?;
    format.serde_properties.extend(cx.properties()?);
    Ok(())
}

/// What follows `DELIMITED`, each as the property under which the catalogue keeps it.
const DELIMITERS: &[(&[&str], &str)] = &[
    (&["FIELDS", "TERMINATED", "BY"], "field.delim"),
    (&["ESCAPED", "BY"], "escape.delim"),
    (
        &["COLLECTION", "ITEMS", "TERMINATED", "BY"],
        "colelction.delim",
    ),
    (&["MAP", "KEYS", "TERMINATED", "BY"], "mapkey.delim"),
    (&["LINES", "TERMINATED", "BY"], "line.delim"),
    (&["NULL", "DEFINED", "AS"], "serialization.null.format"),
];

fn delimited(cx: &mut Cursor<'_>, format: &mut Format) -> Result<(), DdlError> {
    while let Some((_, property)) = DELIMITERS.iter().find(|(words, _)| cx.accept(words)) {
        let value = cx.text("a text in quotes")?;
        if *property == "field.delim" {
            format
                .serde_properties
                .insert("serialization.format".to_owned(), value.clone());
        }
        format
            .serde_properties
            .insert((*property).to_owned(), value);
    }
    Ok(())
}

/// `STORED AS WORD`, or `STORED AS INPUTFORMAT 'class' OUTPUTFORMAT 'class'`.
pub(super) fn stored(cx: &mut Cursor<'_>, format: &mut Format) -> Result<(), DdlError> {
    if format.stored.is_some() {
        return Err(cx.refused("STORED AS stands twice"));
    }
    cx.require(&["STORED", "AS"])?;
    if cx.accept(&["INPUTFORMAT"]) {
        let input = cx.text("the class of an input format, in quotes")?;
        cx.require(&["OUTPUTFORMAT"])?;
        let output = cx.text("the class of an output format, in quotes")?;
        format.stored = Some(Stored {
            input,
            output,
            serde: None,
        });
        return Ok(());
    }
    let word = cx.word();
    let Some((_, input, output, serde)) = STORED.iter().find(|(name, ..)| *name == word) else {
        let names: Vec<&str> = STORED.iter().map(|(name, ..)| *name).collect();
        return Err(cx.expected(&format!("INPUTFORMAT or one of {}", names.join(", "))));
    };
    cx.take();
    format.stored = Some(Stored {
        input: (*input).to_owned(),
        output: (*output).to_owned(),
        serde: Some(serde),
    });
    Ok(())
}
