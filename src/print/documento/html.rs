//! The document as a page: the same blocks, in the markup of the site.

use serde::Serialize;

use super::blocchi::{Blocco, Brano, Documento, Link, Parole, Riga, Tabella};
use crate::markdown::{self, Setting};
use crate::markup::escape;
use crate::view::grafico::Grafico;

/// A stretch of the page: markup, or a chart that the theme draws.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pezzo<'a> {
    Html(String),
    Grafico(&'a Grafico),
}

/// A heading in the list of contents.
#[derive(Serialize)]
pub struct VoceIndice<'a> {
    pub livello: u8,
    pub numero: &'a str,
    pub testo: &'a str,
    pub ancora: &'a str,
}

/// The numbered headings of the first two levels.
pub fn indice(documento: &Documento) -> Vec<VoceIndice<'_>> {
    let voce = |blocco| match blocco {
        &Blocco::Titolo { livello, ref numero, ref testo, ref ancora } if livello <= 2 && !numero.is_empty() => {
            Some(VoceIndice { livello, numero, testo: &testo.0, ancora })
        }
        _ => None,
    };
    documento.blocchi.iter().filter_map(voce).collect()
}

/// The pieces of the page, whose root is reached by `root`.
pub fn pezzi<'a>(documento: &'a Documento, root: &str) -> Vec<Pezzo<'a>> {
    let mut scrittore = Scrittore { root, out: String::new(), tabelle: 0 };
    let mut pezzi = Vec::new();
    for blocco in &documento.blocchi {
        match blocco {
            Blocco::Grafico(disegno) => {
                pezzi.push(Pezzo::Html(std::mem::take(&mut scrittore.out)));
                pezzi.push(Pezzo::Grafico(&disegno.0));
            }
            blocco => scrittore.blocco(blocco),
        }
    }
    pezzi.push(Pezzo::Html(scrittore.out));
    pezzi
}

struct Scrittore<'r> {
    root: &'r str,
    out: String,
    /// Tables so far: each region is named by its caption.
    tabelle: usize,
}

impl Scrittore<'_> {
    fn blocco(&mut self, blocco: &Blocco) {
        match blocco {
            Blocco::Titolo { livello, numero, testo, ancora } => {
                let h = (livello + 1).min(6);
                let class = if *livello == 1 { " class=\"capitolo\"" } else { "" };
                self.out.push_str(&format!("<h{h}{class}"));
                if !ancora.is_empty() {
                    self.out.push_str(&format!(" id=\"{}\"", escape(ancora)));
                }
                self.out.push('>');
                if !numero.is_empty() {
                    self.out.push_str(&format!("<span class=\"numero\">{}</span> ", escape(numero)));
                }
                self.parole(testo);
                self.out.push_str(&format!("</h{h}>\n"));
            }
            Blocco::Capoverso { righe } => self.capoverso("p", righe),
            Blocco::Nota { righe } => self.capoverso("p class=\"nota\"", righe),
            Blocco::Occhiello { testo } => {
                self.out.push_str(&format!("<p class=\"sotto\">{}</p>\n", escape(&testo.0)));
            }
            Blocco::Prosa { sorgente, livello, .. } => {
                let setting = Setting { heading: (livello + 2).min(6), root: self.root, anchors: false };
                self.out.push_str("<div class=\"testo\">");
                self.out.push_str(&markdown::render(sorgente, setting));
                self.out.push_str("</div>\n");
            }
            Blocco::Cifre { voci } => {
                self.out.push_str("<dl class=\"cifre\">\n");
                for (nome, valore) in voci {
                    let (nome, valore) = (escape(&nome.0), escape(&valore.0));
                    self.out.push_str(&format!("<div class=\"cifra\"><dt>{nome}</dt><dd>{valore}</dd></div>\n"));
                }
                self.out.push_str("</dl>\n");
            }
            Blocco::Voci { voci } => {
                self.out.push_str("<dl class=\"coppie\">\n");
                for (nome, valore) in voci {
                    self.out.push_str(&format!("<div><dt>{}</dt><dd>", escape(&nome.0)));
                    self.riga(valore);
                    self.out.push_str("</dd></div>\n");
                }
                self.out.push_str("</dl>\n");
            }
            Blocco::Elenco { ordinato, voci } => {
                let tag = if *ordinato { "ol" } else { "ul" };
                self.out.push_str(&format!("<{tag}>\n"));
                for voce in voci {
                    self.out.push_str("<li>");
                    match voce.as_slice() {
                        [Blocco::Capoverso { righe }] => self.riga(righe),
                        blocchi => blocchi.iter().for_each(|blocco| self.blocco(blocco)),
                    }
                    self.out.push_str("</li>\n");
                }
                self.out.push_str(&format!("</{tag}>\n"));
            }
            Blocco::Citazione { blocchi } => {
                self.out.push_str("<blockquote>");
                blocchi.iter().for_each(|blocco| self.blocco(blocco));
                self.out.push_str("</blockquote>\n");
            }
            Blocco::Codice { linee } => {
                let linee: Vec<String> = linee.iter().map(|linea| escape(&linea.0)).collect();
                self.out.push_str(&format!("<pre><code>{}</code></pre>\n", linee.join("\n")));
            }
            Blocco::Linea => self.out.push_str("<hr>\n"),
            Blocco::Tabella(tabella) => self.tabella(tabella),
            // Charts are the theme's, and leaves are turned on paper alone.
            Blocco::Grafico(_) | Blocco::Salto => {}
        }
    }

    fn capoverso(&mut self, tag: &str, righe: &Riga) {
        self.out.push_str(&format!("<{tag}>"));
        self.riga(righe);
        self.out.push_str("</p>\n");
    }

    fn tabella(&mut self, tabella: &Tabella) {
        self.tabelle += 1;
        let name = format!("tabella-{}", self.tabelle);
        self.out.push_str(&format!(
            "<div class=\"scorri\" role=\"region\" aria-labelledby=\"{name}\" tabindex=\"0\">\n<table>\n<caption id=\"{name}\">"
        ));
        self.parole(&tabella.didascalia);
        self.out.push_str("</caption>\n<thead><tr>");
        for colonna in &tabella.colonne {
            let class = if colonna.numero { " class=\"num\"" } else { "" };
            self.out.push_str(&format!("<th scope=\"col\"{class}>{}</th>", escape(&colonna.nome.0)));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        tabella.righe.iter().for_each(|celle| self.celle(tabella, celle));
        self.out.push_str("</tbody>\n");
        if let Some(totale) = &tabella.totale {
            self.out.push_str("<tfoot>\n");
            self.celle(tabella, totale);
            self.out.push_str("</tfoot>\n");
        }
        self.out.push_str("</table>\n</div>\n");
        if let Some(nota) = tabella.nota() {
            self.out.push_str(&format!("<p class=\"nota\">{}</p>\n", escape(&nota)));
        }
    }

    /// A row: its first words are its heading.
    fn celle(&mut self, tabella: &Tabella, celle: &[Riga]) {
        let heading = tabella.colonne.iter().position(|colonna| !colonna.numero);
        self.out.push_str("<tr>");
        for (i, (cella, colonna)) in celle.iter().zip(&tabella.colonne).enumerate() {
            let end = if Some(i) == heading && !cella.is_empty() {
                self.out.push_str("<th scope=\"row\">");
                "</th>"
            } else {
                self.out.push_str(if colonna.numero { "<td class=\"num\">" } else { "<td>" });
                "</td>"
            };
            self.riga(cella);
            self.out.push_str(end);
        }
        self.out.push_str("</tr>\n");
    }

    fn riga(&mut self, righe: &[Brano]) {
        for brano in righe {
            match brano {
                Brano::Testo(testo) => self.parole(testo),
                Brano::Forte { forte } => self.dentro("strong", forte),
                Brano::Enfasi { enfasi } => self.dentro("em", enfasi),
                Brano::Barrato { barrato } => self.dentro("del", barrato),
                Brano::Codice { codice } => {
                    self.out.push_str(&format!("<code>{}</code>", escape(&codice.0)));
                }
                Brano::Assente { assente } => {
                    self.out.push_str(&format!("<span class=\"nd\">{}</span>", escape(&assente.0)));
                }
                Brano::Esito { esito, parola } => {
                    self.out.push_str(&format!("<span class=\"esito esito-{esito}\">{}</span>", escape(&parola.0)));
                }
                Brano::ACapo { .. } => self.out.push_str("<br>"),
                Brano::Link(link) => self.link(link),
            }
        }
    }

    fn link(&mut self, link: &Link) {
        let target = match (&link.pagina, &link.ancora, &link.web) {
            (Some(pagina), ..) => Some(format!("{}{pagina}", self.root)),
            (_, Some(ancora), _) => Some(format!("#{ancora}")),
            (.., web) => web.clone(),
        };
        match target {
            Some(target) => {
                self.out.push_str(&format!("<a href=\"{}\">", escape(&target)));
                self.riga(&link.link);
                self.out.push_str("</a>");
            }
            None => self.riga(&link.link),
        }
    }

    fn dentro(&mut self, tag: &str, righe: &[Brano]) {
        self.out.push_str(&format!("<{tag}>"));
        self.riga(righe);
        self.out.push_str(&format!("</{tag}>"));
    }

    fn parole(&mut self, parole: &Parole) {
        self.out.push_str(&escape(&parole.0));
    }
}
