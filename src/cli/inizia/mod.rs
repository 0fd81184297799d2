//! `concilia inizia`: a whole small site, which can be published as it is, from three answers.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::input::elenchi::Elenchi;
use crate::markup::escape;
use crate::plan::norms_of;
use crate::publish::{is_site, resolve, scrivi_nuovi};
use crate::schema::Genere;
use crate::suggest;
use crate::value::{Data, Recapito, euro};
use crate::yaml;

use super::args::{file, word};
use super::domande::Domande;
use super::nuovo::{Posto, piano};
use super::{Done, fail, give, known, or_fail, schema};

/// Code, name in the tables of the Region, name in full.
const ATS: [(&str, &str, &str); 8] = [
    ("321", "ATS Città Metropolitana", "Agenzia di Tutela della Salute della Città Metropolitana di Milano"),
    ("322", "ATS Insubria", "Agenzia di Tutela della Salute dell'Insubria"),
    ("323", "ATS Montagna", "Agenzia di Tutela della Salute della Montagna"),
    ("324", "ATS Brianza", "Agenzia di Tutela della Salute della Brianza"),
    ("325", "ATS Bergamo", "Agenzia di Tutela della Salute di Bergamo"),
    ("326", "ATS Brescia", "Agenzia di Tutela della Salute di Brescia"),
    ("327", "ATS Val Padana", "Agenzia di Tutela della Salute della Val Padana"),
    ("328", "ATS Pavia", "Agenzia di Tutela della Salute di Pavia"),
];

const PERIODO: &str = "2025-2027";
const LOGO: &str = "media/logo-provvisorio.svg";

struct Agenzia {
    /// Nothing where nobody said which of them it is.
    codice: Option<&'static str>,
    nome: &'static str,
    nome_esteso: &'static str,
}

/// What a site is made of.
struct Risposte {
    ats: Agenzia,
    periodo: String,
    segnalazioni: Option<String>,
    /// What nobody said, and how it can be said.
    presunti: Vec<&'static str>,
}

pub fn run(args: &ArgMatches) -> Done {
    let cartella = file(args, "cartella").unwrap_or(Path::new("."));
    or_fail(libera(cartella))?;
    let risposte = Risposte::chieste(args)?;
    let content = cartella.join("content");
    let (norme, _) = norms_of(None);
    let piano = or_fail(piano::Nuovo::new(&risposte.periodo, None, None, &norme, risposte.ats.nome))?;
    let posto = Posto { con_schemi: true };
    let sito = posto.scheda(Genere::di("sito"), "sito.yaml", &risposte.sito(), &Elenchi::default());
    let pagina = include_str!("pagina.md").replace("{periodo}", &risposte.periodo);
    let dentro = [
        ("sito.yaml".to_owned(), sito.into_bytes()),
        (LOGO.to_owned(), risposte.logo().into_bytes()),
        (format!("piani/{}/pagine/che-cos-e-il-piano.md", risposte.periodo), pagina.into_bytes()),
    ];
    let dentro = dentro.into_iter().chain(piano.file(posto)).map(|(nome, byte)| (format!("content/{nome}"), byte));
    let impostazioni = schema::impostazioni(Path::new("content"), Path::new("schemi"));
    let file: Vec<_> =
        dentro.chain([(".vscode/settings.json".to_owned(), format!("{impostazioni:#}\n").into_bytes())]).collect();
    or_fail(scrivi_nuovi(cartella, &file))?;
    let (_, elenchi) = known(&content);
    or_fail(schema::write(&content, &cartella.join("schemi"), &elenchi))?;
    Ok(give(&risposte.fatto(cartella, &file, &piano), 0))
}

/// Refuses a place where there is a site already, or what would be one with it.
fn libera(cartella: &Path) -> Result<(), String> {
    let shown = cartella.display();
    if fs::metadata(cartella).is_ok_and(|trovata| !trovata.is_dir()) {
        return Err(format!("`{shown}` non è una cartella: indicane una vuota, o una nuova"));
    }
    let dove = resolve(cartella).map_err(|no| no.to_string())?;
    let gia = [
        (is_site as fn(&Path) -> bool, "è nel sito pubblicato"),
        (|folder| folder.join("sito.yaml").exists(), "è nella cartella delle schede di un sito"),
    ];
    if let Some((_, che)) = gia.iter().find(|(is_such, _)| dove.ancestors().any(is_such)) {
        return Err(format!(
            "`{shown}` {che}: non ho scritto niente. Un sito nuovo vuole una cartella sua, come `concilia inizia \
             piano-nuovo` dalla cartella che contiene le altre"
        ));
    }
    let piena = ["content", "schemi"].into_iter().map(|nome| cartella.join(nome)).find(|dentro| {
        dentro.symlink_metadata().is_ok() && !fs::read_dir(dentro).is_ok_and(|mut voci| voci.next().is_none())
    });
    piena.map_or(Ok(()), |dentro| {
        Err(format!(
            "`{}` c'è già: non ho scritto niente. Un sito nuovo vuole una cartella senza `content`",
            dentro.display()
        ))
    })
}

impl Risposte {
    /// Asked for on a terminal; without one, what is not said is presumed, and told.
    fn chieste(args: &ArgMatches) -> Result<Self, ExitCode> {
        let domande = Domande::new();
        let mut presunti = Vec::new();
        let detta = word(args, "ats").map(agenzia).transpose();
        let ats = match detta.map_err(|perche| fail(&format!("`--ats`: {perche}")))? {
            Some(ats) => ats,
            None if domande.possibili => chiesta(domande)?,
            None => {
                presunti.push(
                    "L'ATS non è detta: scrivi nome e codice in `content/sito.yaml`; oppure togli le cartelle `content` e \
                     `schemi`, e ricomincia con `--ats` e il codice, per esempio `--ats 325`.",
                );
                Agenzia { codice: None, nome: "ATS", nome_esteso: "Agenzia di Tutela della Salute" }
            }
        };
        let periodo = |detto: &str| match detto {
            "" => Ok(PERIODO.to_owned()),
            _ => piano::anni(detto).map(|_| detto.to_owned()),
        };
        let periodo = match word(args, "periodo") {
            Some(detto) => or_fail(periodo(detto))?,
            None if domande.possibili => {
                domande.chiedi(&format!("Di quali anni è il Piano? Invio per {PERIODO}"), periodo)?
            }
            None => {
                presunti.push("Il Piano è del 2025-2027: per altri anni c'è `--periodo`.");
                PERIODO.to_owned()
            }
        };
        let recapito = |detto: &str| {
            match detto {
            "" => Ok(None),
            _ => Recapito::parse(detto).map(|_| Some(detto.to_owned())).map_err(|_| {
                format!("`{detto}` non è un indirizzo: scrivilo come `ufficio@ats-esempio.it` o `https://www.ats-esempio.it/`")
            }),
        }
        };
        let domanda = "Dove può scrivere chi trova un errore? L'indirizzo e-mail dell'ufficio (non di una persona), o una \
                       pagina web; invio se non c'è";
        let segnalazioni = match word(args, "segnalazioni") {
            Some(detto) => or_fail(recapito(detto))?,
            None if domande.possibili => domande.chiedi(domanda, recapito)?,
            None => None,
        };
        Ok(Risposte { ats, periodo, segnalazioni, presunti })
    }

    fn sito(&self) -> Vec<(&'static str, String)> {
        let Agenzia { codice, nome, nome_esteso } = self.ats;
        let noti = [
            ("titolo", Some(yaml::scalare("Piano Territoriale di Conciliazione"))),
            ("ats.nome", Some(yaml::scalare(nome))),
            ("ats.codice", codice.map(yaml::scalare)),
            ("ats.nome_esteso", Some(yaml::scalare(nome_esteso))),
            ("ente_superiore.nome", Some("Regione Lombardia".to_owned())),
            ("logo.file", Some(LOGO.to_owned())),
            ("logo.alternativa", Some(yaml::scalare(&format!("Logo provvisorio di {nome}")))),
            ("logo.provvisorio", Some("true".to_owned())),
            ("aggiornato_al", Some(Data::oggi().to_string())),
            ("piano_corrente", Some(self.periodo.clone())),
            ("segnalazioni", self.segnalazioni.as_deref().map(yaml::scalare)),
        ];
        noti.into_iter().filter_map(|(via, valore)| Some((via, valore?))).collect()
    }

    fn logo(&self) -> String {
        // As wide as the name in the letters of the drawing.
        let larga = 84 + 14 * self.ats.nome.chars().count().max(11);
        include_str!("logo.svg").replace("{larga}", &larga.to_string()).replace("{ats}", &escape(self.ats.nome))
    }

    fn fatto(&self, cartella: &Path, file: &[(String, Vec<u8>)], piano: &piano::Nuovo) -> String {
        let qui = cartella == Path::new(".");
        let mut testo = match qui {
            true => format!("Scritto il sito di {} in questa cartella:\n", self.ats.nome),
            false => format!("Scritto il sito di {} in `{}`:\n", self.ats.nome, cartella.display()),
        };
        testo.extend(file.iter().map(|(nome, _)| format!("  {nome}\n")));
        testo.push_str("  schemi/, che aiutano l'editor a completare le schede\n");
        let riga = piano.riparto().and_then(|(_, riparto)| riparto.righe.into_iter().next());
        if let Some((anno, importo)) = riga.as_ref().and_then(|riga| riga.importi.first_key_value()) {
            testo.push_str(&format!(
                "\nRisorse dal riparto della {}: {} per il {anno}, e così per gli altri anni.\n",
                piano.norma().1.cita(),
                euro(*importo)
            ));
        }
        testo.push('\n');
        let presunti = self.presunti.iter().map(|detto| (*detto).to_owned()).chain(piano.presunta());
        testo.extend(presunti.map(|detto| detto + "\n"));
        testo.push_str("Il logo è un disegno provvisorio: metti quello vero in `content/media`, e il suo nome in `content/sito.yaml`.\n");
        testo.push_str("\nAdesso:\n");
        if !qui {
            let detta = cartella.display().to_string();
            let semplice = detta.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
            testo.push_str(&if semplice { format!("  cd {detta}\n") } else { format!("  cd \"{detta}\"\n") });
        }
        testo.push_str(
            "  concilia serve                           mostra il sito nel browser\n  \
             concilia nuovo ente \"Comune di …\"        aggiunge una scheda: un ente, un'alleanza, un progetto\n  \
             concilia check                           dice se va tutto bene, e che cosa manca ancora\n",
        );
        testo
    }
}

/// One of the eight, by code or by name; a name that is nearly one of the eight is a slip.
fn agenzia(detto: &str) -> Result<Agenzia, String> {
    let detto = detto.split_whitespace().collect::<Vec<_>>().join(" ");
    let sua = ATS.iter().find(|(codice, nome, esteso)| {
        let nudo = nome.trim_start_matches("ATS ");
        [*codice, *nome, *esteso, nudo].iter().any(|altro| altro.to_lowercase() == detto.to_lowercase())
    });
    let sua = sua.map(|&(codice, nome, nome_esteso)| Agenzia { codice: Some(codice), nome, nome_esteso });
    sua.ok_or_else(|| match suggest::closest(&detto, ATS.map(|(_, nome, _)| nome)) {
        Some(vicina) => format!("`{detto}` non c'è: forse intendevi `{vicina}`?"),
        None => {
            let codici = ATS.map(|(codice, nome, _)| format!("`{codice}` ({nome})")).join(", ");
            format!("`{detto}` non è un'ATS: sono {codici}")
        }
    })
}

fn chiesta(domande: Domande) -> Result<Agenzia, ExitCode> {
    let voci = (1..).zip(ATS).map(|(i, (codice, nome, _))| format!("\n  {i}) {nome} (codice {codice})"));
    let domanda = format!("Di quale ATS è il sito? Scrivi il numero{}", voci.collect::<String>());
    domande.chiedi(&domanda, |risposta| {
        let numero = risposta.parse().ok().and_then(|n: usize| ATS.get(n.checked_sub(1)?));
        agenzia(numero.map_or(risposta, |(codice, ..)| codice))
    })
}
