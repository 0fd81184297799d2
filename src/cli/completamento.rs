//! What shells and `man` need to know of the command line, made from the command line itself.

use clap::ArgMatches;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::publish::Publication;
use crate::suggest;

use super::args::{command, folder, word};
use super::said::write;
use super::tabella::conta;
use super::{Done, give, or_fail};

pub const SHELL: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

/// The headings that the generator writes in English.
const TITOLI: [(&str, &str); 5] = [
    (".SH NAME", ".SH NOME"),
    (".SH SYNOPSIS", ".SH SINTASSI"),
    (".SH DESCRIPTION", ".SH DESCRIZIONE"),
    (".SH EXTRA", ".SH \"PER COMINCIARE\""),
    (".SH VERSION", ".SH VERSIONE"),
];

/// `concilia completamento`: a script for a shell, on the standard output.
pub fn run(args: &ArgMatches) -> Done {
    let detta = word(args, "shell").unwrap_or_default();
    let shell = detta.parse::<Shell>().ok().filter(|_| SHELL.contains(&detta));
    let mancante = || match (detta, suggest::list(SHELL)) {
        ("", shell) => format!("manca la shell: si può scegliere fra {shell}"),
        (_, shell) => format!("la shell `{detta}` non c'è: si può scegliere fra {shell}"),
    };
    let shell = or_fail(shell.ok_or_else(mancante))?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "concilia", &mut script);
    Ok(write(&String::from_utf8_lossy(&script), 0))
}

/// `concilia manuale`: a page of `man` for the program and for each command.
pub fn manuale(args: &ArgMatches) -> Done {
    let (content, out) = (folder(args, "content"), folder(args, "out"));
    let mut command = command();
    command.build();
    let pagine: Vec<(String, String)> =
        std::iter::once(&command).chain(command.get_subcommands()).map(|command| pagina(command.clone())).collect();
    let publication = or_fail(Publication::begin(out, &[content]))?;
    for (nome, testo) in &pagine {
        or_fail(publication.write(nome, testo.as_bytes()))?;
    }
    or_fail(publication.commit())?;
    let out = out.display();
    Ok(give(
        &format!(
            "Scritte {} in `{out}`. Si leggono con `man {out}/concilia.1`.\n",
            conta(pagine.len(), "pagina", "pagine")
        ),
        0,
    ))
}

fn pagina(command: clap::Command) -> (String, String) {
    let man = Man::new(command);
    let mut roff = Vec::new();
    // A page in memory can always be written.
    let _ = man.render(&mut roff);
    let testo = String::from_utf8_lossy(&roff).into_owned();
    let riga = |riga: &str| {
        let titolo = TITOLI.iter().find(|(inglese, _)| *inglese == riga);
        format!("{}\n", titolo.map_or(riga, |(_, italiano)| italiano))
    };
    (man.get_filename(), testo.lines().map(riga).collect())
}
