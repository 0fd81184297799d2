//! The reference of the guide, made of what the program tells: `concilia schema`, `concilia explain`, the help of each
//! command, and the messages of the cases.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::casi::{cases, told_by};
use crate::support::Site;

/// The kinds of records, in the order of the guide, with the title of their page.
const SCHEDE: [(&str, &str); 12] = [
    ("sito", "La scheda del sito"),
    ("ente", "Gli enti"),
    ("piano", "La scheda del Piano"),
    ("atto", "Gli atti"),
    ("risorse", "Le risorse"),
    ("avviso", "Gli avvisi"),
    ("alleanza", "Le alleanze"),
    ("progetto", "I progetti"),
    ("pagina", "Le pagine di testo"),
    ("programma", "I programmi del passato"),
    ("ricerca", "Le parole della ricerca"),
    ("norma", "Le norme del sito"),
];

/// A page of messages: its file, its title, what they are about, and which codes it has.
type Messaggi = (&'static str, &'static str, &'static str, fn(&str) -> bool);

const MESSAGGI: [Messaggi; 7] = [
    (
        "messaggi-c",
        "Messaggi C: file e campi",
        "File che non si leggono, campi sbagliati, cose che mancano.",
        |codice| codice.starts_with("C-"),
    ),
    (
        "messaggi-q",
        "Messaggi Q: conti e date",
        "Somme che non tornano, fatti fuori ordine, pagamenti di troppo.",
        |codice| codice.starts_with("Q-"),
    ),
    ("messaggi-r", "Messaggi R: dati personali", "Ciò che riguarda le persone, e non si pubblica.", |codice| {
        codice.starts_with("R-")
    }),
    ("messaggi-a", "Messaggi A: frase e logo", "La frase di attribuzione e il logo devono vedersi.", |codice| {
        codice.starts_with("A-")
    }),
    (
        "messaggi-m",
        "Messaggi M: tema e documento",
        "Modelli, colori e caratteri: riguardano chi scrive un tema.",
        |codice| codice.starts_with("M-"),
    ),
    (
        "messaggi-p25",
        "Messaggi P25: la DGR 2025-2027",
        "Le regole della DGR XII/5464 del 2025, una per una.",
        |codice| codice.starts_with("P25-"),
    ),
    (
        "messaggi-altre-norme",
        "Messaggi delle altre norme",
        "Le regole della trasparenza e dei Piani di prima.",
        |codice| !["C-", "Q-", "R-", "A-", "M-", "P25-"].iter().any(|altra| codice.starts_with(altra)),
    ),
];

const CHE_COSA_SONO: &str = "Un **errore** ferma la pubblicazione, un **avviso** no. Sotto ogni codice c'è che cosa \
    chiede e, dopo, i messaggi che si leggono: nomi e importi sono di un sito di esempio.\n\n";

/// The first generated page stands here, after the chapters that people write.
const DOPO_I_CAPITOLI: usize = 101;

/// The pages of the reference, by file.
pub fn pages() -> BTreeMap<String, String> {
    let site = Site::empty();
    let said = |args: &[&str]| typed(&site.concilia(args).output().exits(0).stdout);
    said(&["schema"]);
    let rules = rules(&said);
    let mut pages = BTreeMap::new();
    let mut ordine = DOPO_I_CAPITOLI..;
    let mut page = |file: &str, titolo: &str, sommario: &str, testo: &str| {
        let ordine = ordine.next().expect("there is always one more");
        let text = format!(
            "---\n# Scritta dal programma: AGGIORNA=1 la rifà, e a mano non si corregge.\ntitolo: \"{titolo}\"\nordine: \
             {ordine}\nsommario: \"{sommario}\"\n---\n\n{}\n",
            testo.trim()
        );
        pages.insert(format!("{file}.md"), text);
    };
    for (genere, titolo) in SCHEDE {
        let schema: Value = serde_json::from_str(&site.read(&format!("schemi/{genere}.schema.json"))).expect(genere);
        let told = said(&["explain", genere]);
        let posto = told.lines().find_map(|line| line.trim().strip_prefix("File        ")).expect("where it lies");
        let text = format!(
            "Sta in {}.\n\n{}",
            posto.replace('`', "").split(", ").map(|posto| format!("`content/{posto}`")).collect::<Vec<_>>().join(", "),
            record(&schema)
        );
        page(&format!("scheda-{genere}"), titolo, &words(&schema).replace('`', ""), &text);
    }
    for (file, titolo, sommario, has) in MESSAGGI {
        let rules: Vec<&Regola> = rules.iter().filter(|regola| has(&regola.codice)).collect();
        assert!(!rules.is_empty(), "{file}");
        page(
            file,
            titolo,
            sommario,
            &(CHE_COSA_SONO.to_owned() + &rules.into_iter().map(Regola::scritta).collect::<String>()),
        );
    }
    page(
        "comandi",
        "I comandi",
        "Che cosa fa ogni comando di concilia, e con quali opzioni.",
        &commands(&said).into_iter().map(|(name, help)| command(&name, &help)).collect::<String>(),
    );
    pages
}

/// A guide has the spaces that keyboards write, and of the rule about letters that only look like ours no such letter.
fn typed(text: &str) -> String {
    text.replace('\u{a0}', " ").replace('\u{435}', "e")
}

/// The help of each command.
pub fn commands(said: &impl Fn(&[&str]) -> String) -> Vec<(String, String)> {
    let all = said(&["--help"]);
    let (_, list) = all.split_once("\nComandi:\n").expect("the list of commands");
    let names = list.lines().map_while(|line| line.strip_prefix("  ")?.split_whitespace().next());
    names.map(|name| (name.to_owned(), said(&[name, "--help"]))).collect()
}

fn command(name: &str, help: &str) -> String {
    let (about, rest) = help.split_once("\n\n").expect("what it does");
    let mut text = format!("## {name}\n\n{about}.\n");
    for line in rest.lines() {
        let line = line.trim();
        if let Some(usage) = line.strip_prefix("Uso: ") {
            text.push_str(&format!("\n```\n{usage}\n```\n"));
        } else if let Some((what, why)) = line.split_once("  ").filter(|(what, _)| !what.contains("--help")) {
            text.push_str(&format!("\n`{what}`\n: {}\n", why.trim()));
        }
    }
    text + "\n"
}

/// What a record, or a group of fields, is.
fn words(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

/// The fields of a group: of a list of groups, those of each.
fn group(schema: &Value) -> Option<&Value> {
    [schema, &schema["items"]].into_iter().find(|schema| schema["x-ordine"].is_array())
}

/// A record: its fields, then those of its groups, each below the one that has it. The same group is told once.
fn record(schema: &Value) -> String {
    let mut text = String::new();
    let mut told: Vec<(String, &Value)> = Vec::new();
    let mut groups = vec![(String::new(), group(schema).expect("a record has fields"))];
    while let Some((path, fields)) = groups.pop() {
        if !path.is_empty() {
            text.push_str(&format!("## {path}\n\n"));
        }
        if let Some((other, _)) = told.iter().find(|(_, other)| other["properties"] == fields["properties"]) {
            text.push_str(&format!("Gli stessi campi di `{other}`.\n\n"));
            continue;
        }
        let mut below = Vec::new();
        let names = fields["x-ordine"].as_array().expect("names").iter().filter_map(Value::as_str);
        for name in names.filter(|name| fields["properties"][name].is_object()) {
            let field = &fields["properties"][name];
            let must = fields["required"].as_array().is_some_and(|names| names.iter().any(|must| must == name));
            text.push_str(&entry(name, field, must));
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            below.extend(group(field).map(|fields| (path, fields)));
        }
        groups.extend(below.into_iter().rev());
        told.push((path, fields));
    }
    text
}

fn entry(name: &str, field: &Value, must: bool) -> String {
    let must = if must { ", obbligatorio" } else { "" };
    let mut text = format!("`{name}` · {}{must}\n: {}\n", form(field), words(field).trim());
    // The rules have pages of their own.
    let choice = Some(field).filter(|field| field["x-elenco"] != "regole").and_then(choice);
    if let Some(choice) = choice {
        let all = choice["enum"].as_array().expect("choices").iter().filter_map(Value::as_str);
        for (i, word) in all.enumerate() {
            let why = choice["enumDescriptions"][i].as_str().filter(|why| !why.is_empty());
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            text.push_str(&format!("{}  - `{word}`{why}\n", if i == 0 { "\n" } else { "" }));
        }
    }
    text + "\n"
}

/// The words that a field, or each entry of a list, is one of: those of a norm are suggestions.
fn choice(field: &Value) -> Option<&Value> {
    let each = [field, &field["items"]];
    each.into_iter().flat_map(|schema| [schema, &schema["anyOf"][0]]).find(|schema| schema["enum"].is_array())
}

/// What is written there: `un importo`.
fn form(field: &Value) -> String {
    if field["anyOf"].is_array() {
        return form(&field["anyOf"][1]);
    }
    let is = |kind: &str| {
        field["type"] == kind || field["type"].as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    };
    let told = field["x-formato"].as_str().map(str::to_owned);
    told.unwrap_or_else(|| {
        let known = match () {
            () if field["enum"].is_array() => "una parola fra queste",
            () if is("array") && is("object") => "un gruppo di campi, o un elenco di gruppi",
            () if is("array") && group(field).is_some() => "un elenco di gruppi di campi",
            () if is("array") => return format!("un elenco, ogni voce: {}", form(&field["items"])),
            () if is("object") && group(field).is_some() => "un gruppo di campi",
            () if is("object") => "nomi, ognuno con il suo valore",
            () if is("boolean") => "`true` o `false`",
            () if is("integer") => "un numero intero",
            () if is("number") && !is("string") => "un numero",
            () => "un testo",
        };
        known.to_owned()
    })
}

/// A rule as `explain` tells it, and what cases of it are told.
struct Regola {
    codice: String,
    titolo: String,
    /// Names and values, in the order of `explain`.
    voci: Vec<(String, String)>,
    detti: Vec<Detto>,
}

/// A message and its cure.
#[derive(PartialEq, Eq)]
struct Detto {
    gravita: String,
    testo: String,
    aiuti: Vec<String>,
}

fn rules(said: &impl Fn(&[&str]) -> String) -> Vec<Regola> {
    let mut told: BTreeMap<String, Vec<Detto>> = BTreeMap::new();
    for (case, folder) in cases("regole").into_iter().chain(cases("norme")) {
        let text = fs::read_to_string(folder.join("atteso.txt")).expect(&case);
        for (codice, detto) in findings(&typed(&text)).into_iter().filter(|(codice, _)| *codice == told_by(&case)) {
            let detti = told.entry(codice).or_default();
            if !detti.contains(&detto) {
                detti.push(detto);
            }
        }
    }
    let all = said(&["explain"]);
    let codes = all.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next());
    let codes: Vec<&str> =
        codes.filter(|code| code.contains('-') && code.ends_with(|c: char| c.is_ascii_digit())).collect();
    let mut rules: Vec<Regola> = Vec::new();
    for code in codes {
        if rules.iter().all(|regola| regola.codice != code) {
            rules.extend(explained(code, &said(&["explain", code])));
            let last = rules.last_mut().expect("it was explained");
            last.detti = told.remove(code).unwrap_or_default();
        }
    }
    assert!(told.is_empty(), "{:?}", told.keys());
    rules
}

/// The findings of a report.
fn findings(report: &str) -> Vec<(String, Detto)> {
    let mut found: Vec<(String, Detto)> = Vec::new();
    for line in report.lines() {
        let head = ["errore", "avviso"].into_iter().find_map(|gravita| {
            let (codice, testo) = line.strip_prefix(gravita)?.strip_prefix('[')?.split_once("]: ")?;
            Some((codice.to_owned(), Detto { gravita: gravita.to_owned(), testo: testo.to_owned(), aiuti: vec![] }))
        });
        found.extend(head);
        if let (Some((_, help)), Some((_, last))) = (line.split_once("= aiuto: "), found.last_mut()) {
            last.aiuti.push(help.to_owned());
        }
    }
    found
}

/// The rules of one code: two norms may each have one.
fn explained(code: &str, text: &str) -> Vec<Regola> {
    const NAMES: usize = 14;
    let mut rules: Vec<Regola> = Vec::new();
    for line in text.lines() {
        if let Some(titolo) = line.strip_prefix(code).and_then(|rest| rest.strip_prefix(": ")) {
            rules.push(Regola { codice: code.to_owned(), titolo: titolo.to_owned(), voci: vec![], detti: vec![] });
            continue;
        }
        let Some(last) = rules.last_mut().filter(|_| !line.trim().is_empty()) else { continue };
        let at = line.char_indices().nth(NAMES).map_or(line.len(), |(at, _)| at);
        let (name, value) = line.split_at(at);
        match (name.trim(), last.voci.last_mut()) {
            // The title goes on.
            _ if !line.starts_with("  ") => last.titolo = format!("{} {}", last.titolo, line.trim()),
            ("", Some((_, before))) => *before = format!("{before} {}", value.trim()),
            (name, _) => last.voci.push((name.to_owned(), value.trim().to_owned())),
        }
    }
    rules
}

impl Regola {
    fn scritta(&self) -> String {
        let mut text = format!("## {}: {}\n\n", self.codice, self.titolo);
        for (name, value) in self.voci.iter().filter(|(name, _)| name != "Tipo") {
            text.push_str(&format!("{name}\n: {}\n\n", plain(&sentence(value))));
        }
        for Detto { gravita, testo, aiuti } in &self.detti {
            text.push_str(&format!("- **{gravita}** · {}", plain(testo)));
            text.extend(aiuti.iter().map(|aiuto| format!("\\\n  Che cosa fare: {}", plain(aiuto))));
            text.push('\n');
        }
        text + "\n"
    }
}

/// The words of the program as words of a text, outside of what it quotes as code.
fn plain(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(i, part)| match i % 2 {
        0 => part.replace('*', "\\*").replace('<', "\\<").replace('[', "\\[").replace('_', "\\_"),
        _ => format!("`{part}`"),
    });
    parts.collect()
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
