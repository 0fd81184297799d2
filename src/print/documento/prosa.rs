//! Markdown as blocks. What it may do is what `crate::markdown` lets through on pages.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::blocchi::{Blocco, Brano, Colonna, Link, Parole, Riga, Tabella};
use crate::markdown;
use crate::value::is_web_address;

/// How deep quotes, lists and marks go into each other. Nobody reads further in, and the typesetter's stack has an end.
const PROFONDITA: usize = 12;

/// A text of a record below a heading of this level. Links to pages of the site need its address.
pub fn prosa(testo: &str, livello: u8, indirizzo: Option<&str>) -> Blocco {
    let mut lettore =
        Lettore { livello, indirizzo, livelli: Livelli::of(testo, livello), pila: vec![Aperto::default()] };
    for event in Parser::new_ext(testo, markdown::options()) {
        lettore.legge(event);
    }
    while lettore.pila.len() > 1 {
        lettore.chiude(None);
    }
    let blocchi = lettore.pila.pop().unwrap_or_default().in_blocchi();
    Blocco::Prosa { blocchi, sorgente: testo.to_owned(), livello }
}

/// Headings of a text below one of the document, none skipping a level.
struct Livelli {
    primo: u8,
    piu_alto: u8,
    ora: u8,
}

impl Livelli {
    fn of(testo: &str, sopra: u8) -> Self {
        let levels = Parser::new_ext(testo, markdown::options()).filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
            _ => None,
        });
        Livelli { primo: sopra + 1, piu_alto: levels.min().unwrap_or(1), ora: sopra }
    }

    fn entra(&mut self, level: u8) -> u8 {
        self.ora = (self.primo + level - self.piu_alto).min(self.ora + 1).min(6);
        self.ora
    }
}

/// What is open: its blocks so far, and the line being written.
#[derive(Default)]
struct Aperto {
    tipo: Tipo,
    blocchi: Vec<Blocco>,
    riga: Riga,
    voci: Vec<Vec<Blocco>>,
    celle: Vec<Riga>,
    righe: Vec<Vec<Riga>>,
}

#[derive(Default)]
enum Tipo {
    #[default]
    Testo,
    Capoverso,
    Titolo(u8),
    Citazione,
    Codice,
    Elenco(bool),
    Voce,
    Definito,
    Nota(String),
    Tabella,
    Riga,
    Cella,
    Enfasi,
    Forte,
    Barrato,
    Link(Option<String>, Option<String>),
    Immagine,
    /// Too deep: its words stay, its mark goes.
    Piatto,
}

impl Aperto {
    /// Its blocks, with a line that stands in no paragraph as one: items of tight lists are written so.
    fn in_blocchi(mut self) -> Vec<Blocco> {
        self.versa();
        self.blocchi
    }

    fn versa(&mut self) {
        if !self.riga.is_empty() {
            self.blocchi.push(Blocco::Capoverso { righe: std::mem::take(&mut self.riga) });
        }
    }
}

struct Lettore<'a> {
    livello: u8,
    indirizzo: Option<&'a str>,
    livelli: Livelli,
    pila: Vec<Aperto>,
}

impl Lettore<'_> {
    fn legge(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.apre(tag),
            Event::End(tag) => self.chiude(Some(tag)),
            Event::Text(testo) | Event::Html(testo) | Event::InlineHtml(testo) => self.scrive(Brano::from(&*testo)),
            Event::InlineMath(testo) | Event::DisplayMath(testo) => self.scrive(Brano::from(&*testo)),
            Event::Code(testo) => self.scrive(Brano::Codice { codice: (&*testo).into() }),
            Event::SoftBreak => self.scrive(Brano::from(" ")),
            Event::HardBreak => self.scrive(Brano::ACapo { a_capo: true }),
            Event::FootnoteReference(nome) => self.scrive(Brano::from(format!("[{nome}]"))),
            Event::Rule => self.cima().blocchi.push(Blocco::Linea),
            Event::TaskListMarker(fatto) => self.scrive(Brano::from(if fatto { "[x] " } else { "[ ] " })),
        }
    }

    fn cima(&mut self) -> &mut Aperto {
        if self.pila.is_empty() {
            self.pila.push(Aperto::default());
        }
        let last = self.pila.len() - 1;
        &mut self.pila[last]
    }

    fn scrive(&mut self, brano: Brano) {
        let riga = &mut self.cima().riga;
        match (riga.last_mut(), brano) {
            // The parser cuts at every mark that means nothing: one text is one piece.
            (Some(Brano::Testo(Parole(prima))), Brano::Testo(Parole(poi))) => prima.push_str(&poi),
            (_, brano) => riga.push(brano),
        }
    }

    fn apre(&mut self, tag: Tag) {
        let tipo = match tag {
            Tag::Paragraph | Tag::HtmlBlock => Tipo::Capoverso,
            Tag::Heading { level, .. } => Tipo::Titolo(self.livelli.entra(level as u8)),
            Tag::BlockQuote(_) => Tipo::Citazione,
            Tag::CodeBlock(_) => Tipo::Codice,
            Tag::List(primo) => Tipo::Elenco(primo.is_some()),
            Tag::Item => Tipo::Voce,
            Tag::FootnoteDefinition(nome) => Tipo::Nota(nome.to_string()),
            Tag::DefinitionList | Tag::DefinitionListDefinition => Tipo::Testo,
            Tag::DefinitionListTitle => Tipo::Definito,
            Tag::Table(_) => Tipo::Tabella,
            Tag::TableHead | Tag::TableRow => Tipo::Riga,
            Tag::TableCell => Tipo::Cella,
            Tag::Emphasis => Tipo::Enfasi,
            Tag::Strong => Tipo::Forte,
            Tag::Strikethrough => Tipo::Barrato,
            Tag::Link { dest_url, link_type, .. } => {
                let is_email = link_type == pulldown_cmark::LinkType::Email && !dest_url.starts_with("mailto:");
                let target = if is_email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                self.link(&target)
            }
            Tag::Image { .. } => Tipo::Immagine,
            _ => Tipo::Testo,
        };
        let tipo = if self.pila.len() > PROFONDITA { Tipo::Piatto } else { tipo };
        // A block inside an item ends the line before it.
        if !matches!(tipo, Tipo::Enfasi | Tipo::Forte | Tipo::Barrato | Tipo::Link(..) | Tipo::Immagine | Tipo::Piatto)
        {
            self.cima().versa();
        }
        self.pila.push(Aperto { tipo, ..Aperto::default() });
    }

    /// Web addresses stay; pages of the site have one where the site has.
    fn link(&self, target: &str) -> Tipo {
        let web = is_web_address(target) || target.starts_with("mailto:") || target.starts_with("tel:");
        if web && !target.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Tipo::Link(Some(target.to_owned()), None);
        }
        let page = target.strip_prefix('/').filter(|page| !page.starts_with('/')).map(str::to_owned);
        let web = page.as_ref().zip(self.indirizzo).map(|(page, base)| format!("{base}{page}"));
        Tipo::Link(web.filter(|web| is_web_address(web)), page)
    }

    fn chiude(&mut self, _: Option<TagEnd>) {
        if self.pila.len() < 2 {
            return;
        }
        let Some(mut aperto) = self.pila.pop() else { return };
        let livello = self.livello;
        match std::mem::take(&mut aperto.tipo) {
            Tipo::Enfasi => self.scrive(Brano::Enfasi { enfasi: aperto.riga }),
            Tipo::Forte => self.scrive(Brano::Forte { forte: aperto.riga }),
            Tipo::Barrato => self.scrive(Brano::Barrato { barrato: aperto.riga }),
            Tipo::Link(web, pagina) => {
                if aperto.riga.is_empty() {
                    aperto.riga.extend(web.as_deref().map(Brano::from));
                }
                self.scrive(Brano::Link(Link { link: aperto.riga, web, ancora: None, pagina }));
            }
            // The document has the words of a picture: the picture is on the page.
            Tipo::Immagine => {
                let mut enfasi = vec![Brano::from("[Immagine: ")];
                enfasi.append(&mut aperto.riga);
                enfasi.push("]".into());
                self.scrive(Brano::Enfasi { enfasi });
            }
            Tipo::Cella => self.cima().celle.push(aperto.riga),
            Tipo::Riga => self.cima().righe.push(aperto.celle),
            Tipo::Voce => {
                let voce = aperto.in_blocchi();
                self.cima().voci.push(voce);
            }
            Tipo::Piatto => {
                self.cima().blocchi.extend(aperto.blocchi);
                aperto.riga.into_iter().for_each(|brano| self.scrive(brano));
            }
            Tipo::Testo => {
                let blocchi = aperto.in_blocchi();
                self.cima().blocchi.extend(blocchi);
            }
            altro => {
                let blocco = blocco(altro, aperto, livello);
                self.cima().blocchi.extend(blocco);
            }
        }
    }
}

fn blocco(tipo: Tipo, aperto: Aperto, livello: u8) -> Option<Blocco> {
    Some(match tipo {
        Tipo::Titolo(level) => {
            let testo = parole(&aperto.riga);
            if testo.trim().is_empty() {
                return None;
            }
            let livello = level.max(livello + 1);
            Blocco::Titolo { livello, numero: String::new(), testo: testo.into(), ancora: String::new() }
        }
        Tipo::Citazione => Blocco::Citazione { blocchi: aperto.in_blocchi() },
        Tipo::Codice => Blocco::Codice { linee: parole(&aperto.riga).lines().map(Into::into).collect() },
        Tipo::Elenco(ordinato) if !aperto.voci.is_empty() => Blocco::Elenco { ordinato, voci: aperto.voci },
        Tipo::Definito => Blocco::Capoverso { righe: vec![Brano::Forte { forte: aperto.riga }] },
        Tipo::Nota(nome) => {
            let mut righe = vec![Brano::from(format!("[{nome}] "))];
            let blocchi = aperto.in_blocchi();
            righe.extend(blocchi.into_iter().flat_map(|blocco| match blocco {
                Blocco::Capoverso { righe } => righe,
                _ => Vec::new(),
            }));
            Blocco::Nota { righe }
        }
        Tipo::Tabella => return tabella(aperto.righe).map(Blocco::Tabella),
        _ if aperto.riga.is_empty() => return None,
        _ => Blocco::Capoverso { righe: aperto.riga },
    })
}

fn tabella(righe: Vec<Vec<Riga>>) -> Option<Tabella> {
    let mut righe = righe.into_iter();
    let testata = righe.next().filter(|testata| !testata.is_empty())?;
    let colonne: Vec<Colonna> = testata.iter().map(|cella| Colonna::parole(parole(cella), 1)).collect();
    let righe = righe.map(|mut celle| {
        celle.resize(colonne.len(), Vec::new());
        celle
    });
    let righe = righe.collect();
    Some(Tabella::new("", colonne, righe, None))
}

/// The words of a line, without marks.
pub fn parole(righe: &[Brano]) -> String {
    let mut out = String::new();
    for brano in righe {
        match brano {
            Brano::Testo(Parole(testo))
            | Brano::Codice { codice: Parole(testo) }
            | Brano::Assente { assente: Parole(testo) }
            | Brano::Esito { parola: Parole(testo), .. } => out.push_str(testo),
            Brano::Forte { forte: dentro }
            | Brano::Enfasi { enfasi: dentro }
            | Brano::Barrato { barrato: dentro }
            | Brano::Link(Link { link: dentro, .. }) => out.push_str(&parole(dentro)),
            Brano::ACapo { .. } => out.push(' '),
        }
    }
    out
}
