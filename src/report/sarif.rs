//! SARIF 2.1.0, which editors and code hosts show beside the lines.

use serde_json::{Value, json};

use super::{At, Located, Severity};

pub(super) fn render(located: &[Located<'_>]) -> String {
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "concilia",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "it",
            } },
            "columnKind": "unicodeCodePoints",
            "results": located.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}\n")
}

fn result(l: &Located<'_>) -> Value {
    let d = l.diagnostic;
    let mut text = d.message.clone();
    for (name, more) in [("", Some(d.label.as_str())), ("norma: ", d.norm.as_deref()), ("aiuto: ", d.help.as_deref())] {
        if let Some(more) = more.filter(|more| !more.is_empty()) {
            text = format!("{text}\n{name}{more}");
        }
    }
    let mut result = json!({
        "ruleId": d.code,
        "level": match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "message": { "text": text },
    });
    if let Some(place) = &d.place {
        result["locations"] = json!([location(&place.file, l.at.as_ref())]);
    }
    let related: Vec<Value> = d
        .related
        .iter()
        .zip(&l.related)
        .map(|((place, label), at)| {
            let mut location = location(&place.file, at.as_ref());
            location["message"] = json!({ "text": label });
            location
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    result
}

fn location(file: &str, at: Option<&At>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(file) } });
    if let Some(at) = at {
        physical["region"] = json!({
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
        });
    }
    json!({ "physicalLocation": physical })
}

/// A path as a reference: what is no letter, digit or mark of a path is escaped.
fn uri(file: &str) -> String {
    let kept = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b'~');
    file.bytes().map(|b| if kept(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
