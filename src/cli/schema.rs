//! `concilia schema`: the schemas of the records, for editors.

use std::path::Path;

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use crate::input::elenchi::Elenchi;
use crate::input::folder::shown;
use crate::publish::{Publication, PublishError};
use crate::schema::GENERI;

use super::args::folder;
use super::uscita::reserved;
use super::{Done, give, known, or_fail};

pub fn run(args: &ArgMatches) -> Done {
    let (content, out) = (folder(args, "content"), folder(args, "out"));
    or_fail(reserved(Some(out), content))?;
    let (_, elenchi) = known(content);
    or_fail(write(content, out, &elenchi))?;
    Ok(give(&told(content, out), 0))
}

/// One generation takes the place of another, as with a site: only in a folder that is empty or its own.
pub fn write(content: &Path, out: &Path, elenchi: &Elenchi) -> Result<(), PublishError> {
    let publication = Publication::begin(out, &[content])?;
    for genere in GENERI {
        let schema = genere.per_editor(elenchi);
        publication.write(&format!("{}.schema.json", genere.nome), format!("{schema:#}\n").as_bytes())?;
    }
    publication.commit().map(drop)
}

/// What one has to say to the editor. Pages are no YAML files.
pub fn impostazioni(content: &Path, out: &Path) -> Value {
    let yaml = GENERI.iter().filter(|genere| genere.posto.ends_with(".yaml"));
    let associati: Map<String, Value> = yaml
        .map(|genere| {
            let schema = shown(&out.join(format!("{}.schema.json", genere.nome)));
            (schema, json!(shown(&content.join(genere.posto))))
        })
        .collect();
    json!({ "yaml.schemas": associati })
}

fn told(content: &Path, out: &Path) -> String {
    format!(
        "Scritti {} schemi in `{}`.\n\nIn VS Code serve l'estensione YAML di Red Hat. In `.vscode/settings.json`:\n\n{:#}\n",
        GENERI.len(),
        out.display(),
        impostazioni(content, out)
    )
}
