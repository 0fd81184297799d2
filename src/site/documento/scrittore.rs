//! How chapters are written: headings get their numbers, and records their usual words.

use super::progetti::SCHEDE_MASSIME;
use crate::markdown;
use crate::plan::{Periodo, Plan};
use crate::print::documento::blocchi::{Blocco, Brano, Colonna, Disegno, Parole, Riga, Tabella, riga};
use crate::print::documento::prosa;
use crate::record::{Atto, Contatti, Durata, Fonte};
use crate::site::Site;
use crate::site::dichiarazioni::Risposte;
use crate::theme::messaggi::capital;
use crate::value::{Euro, Id, Testo, migliaia};
use crate::view::grafico::Grafico;

pub struct Scrittore<'a> {
    pub site: &'a Site,
    pub plan: &'a Plan,
    pub periodo: &'a Periodo,
    pub p: usize,
    pub blocchi: Vec<Blocco>,
    capitolo: usize,
    paragrafo: usize,
}

impl<'a> Scrittore<'a> {
    pub fn new(site: &'a Site, p: usize) -> Self {
        let plan = &*site.plan;
        Scrittore { site, plan, periodo: &plan.periodi[p], p, blocchi: Vec::new(), capitolo: 0, paragrafo: 0 }
    }

    pub fn capitolo(&mut self, testo: &str, ancora: &str) {
        self.capitolo += 1;
        self.paragrafo = 0;
        let numero = self.capitolo.to_string();
        self.blocchi.push(Blocco::Titolo { livello: 1, numero, testo: testo.into(), ancora: ancora.to_owned() });
    }

    pub fn paragrafo(&mut self, testo: impl Into<Parole>, ancora: String) {
        self.paragrafo += 1;
        let numero = format!("{}.{}", self.capitolo, self.paragrafo);
        self.blocchi.push(Blocco::Titolo { livello: 2, numero, testo: testo.into(), ancora });
    }

    /// A heading inside a paragraph, which no list of contents names.
    pub fn titolo(&mut self, testo: impl Into<Parole>) {
        let (numero, ancora) = (String::new(), String::new());
        self.blocchi.push(Blocco::Titolo { livello: 3, numero, testo: testo.into(), ancora });
    }

    /// A heading one step further down.
    pub fn sottotitolo(&mut self, testo: impl Into<Parole>) {
        let (numero, ancora) = (String::new(), String::new());
        self.blocchi.push(Blocco::Titolo { livello: 4, numero, testo: testo.into(), ancora });
    }

    pub fn occhiello(&mut self, testo: impl Into<Parole>) {
        self.blocchi.push(Blocco::Occhiello { testo: testo.into() });
    }

    pub fn testo(&mut self, testo: impl Into<Parole>) {
        self.blocchi.push(Blocco::Capoverso { righe: riga(testo) });
    }

    pub fn righe(&mut self, righe: Riga) {
        self.blocchi.push(Blocco::Capoverso { righe });
    }

    pub fn nota(&mut self, righe: Riga) {
        self.blocchi.push(Blocco::Nota { righe });
    }

    /// A text of a record below a heading of this level.
    pub fn prosa(&mut self, testo: Option<&str>, livello: u8) {
        if let Some(testo) = testo.filter(|testo| !testo.trim().is_empty()) {
            self.blocchi.push(prosa(testo, livello, self.plan.indirizzo.as_deref()));
        }
    }

    pub fn elenco<'t>(&mut self, ordinato: bool, voci: impl IntoIterator<Item = &'t Testo>) {
        self.elenco_di(ordinato, voci.into_iter().map(|voce| riga(markdown::plain(voce))));
    }

    pub fn elenco_di(&mut self, ordinato: bool, voci: impl IntoIterator<Item = Riga>) {
        let voci: Vec<Vec<Blocco>> = voci.into_iter().map(|righe| vec![Blocco::Capoverso { righe }]).collect();
        if !voci.is_empty() {
            self.blocchi.push(Blocco::Elenco { ordinato, voci });
        }
    }

    pub fn voci(&mut self, voci: Vec<(Parole, Riga)>) {
        if !voci.is_empty() {
            self.blocchi.push(Blocco::Voci { voci });
        }
    }

    pub fn tabella(
        &mut self,
        didascalia: impl Into<Parole>,
        colonne: Vec<Colonna>,
        righe: Vec<Vec<Riga>>,
        totale: Option<Vec<Riga>>,
    ) {
        if !righe.is_empty() {
            self.blocchi.push(Blocco::Tabella(Tabella::new(didascalia, colonne, righe, totale)));
        }
    }

    /// A chart and its data.
    pub fn grafico(&mut self, mut grafico: Grafico, nome: &str) {
        // The same chart can stand in several sheets of one document.
        grafico.id = format!("{}-{nome}", grafico.id);
        self.blocchi.push(Blocco::Grafico(Box::new(Disegno(grafico))));
    }

    pub fn fonte(&mut self, fonte: Option<&Fonte>) {
        if let Some(fonte) = fonte {
            let mut righe = vec![Brano::forte("Fonte: ")];
            righe.extend(citazione(fonte));
            self.nota(righe);
        }
    }

    pub fn dichiarazioni(&mut self, dette: Vec<Risposte>) {
        if dette.is_empty() {
            return;
        }
        self.titolo("Che cosa è dichiarato");
        for risposte in dette {
            if let Some(parte) = risposte.parte {
                self.sottotitolo(parte);
            }
            let voci = risposte.risposte.into_iter();
            self.voci(voci.map(|voce| (capital(voce.domanda).into(), riga(voce.risposta))).collect());
        }
    }

    /// A project by its name, which leads to its sheet where the document has one.
    pub fn progetto(&self, id: &Id, titolo: &str) -> Brano {
        let has_sheets = self.periodo.progetti.len() <= SCHEDE_MASSIME;
        if has_sheets { Brano::interno(format!("progetto-{id}"), titolo) } else { titolo.into() }
    }

    /// The name of a body.
    pub fn ente(&self, ente: usize) -> &'a str {
        &self.plan.enti[ente].dati.nome
    }
}

/// A document, its part and its page.
pub fn citazione(fonte: &Fonte) -> Riga {
    let mut righe = match fonte.indirizzo.as_deref() {
        Some(indirizzo) => vec![Brano::web(indirizzo, fonte.documento.as_str())],
        None => riga(fonte.documento.as_str()),
    };
    let parte = fonte.parte.as_ref().map(|parte| format!(": {parte}"));
    let pagina = fonte.pagina.map(|pagina| format!(", pagina {pagina}"));
    let resto = parte.into_iter().chain(pagina).collect::<String>();
    if !resto.is_empty() {
        righe.push(resto.into());
    }
    righe
}

/// An act, who made it and what it is about.
pub fn atto(atto: &Atto) -> Riga {
    let mut righe = match atto.indirizzo.as_deref() {
        Some(indirizzo) => vec![Brano::web(indirizzo, atto.cita())],
        None => riga(atto.cita()),
    };
    let organo = atto.organo.as_ref().map(|organo| format!(", {organo}"));
    let oggetto = atto.oggetto.as_ref().map(|oggetto| format!(": {oggetto}"));
    righe.extend(organo.into_iter().chain(oggetto).map(Brano::from));
    righe
}

pub fn importo(euro: Option<Euro>) -> Riga {
    euro.map_or_else(assente, |euro| riga(euro.italiano()))
}

pub fn numero(numero: u64) -> String {
    migliaia(&numero.to_string())
}

pub fn assente() -> Riga {
    vec![Brano::assente()]
}

/// The words, or the honest absence of them.
pub fn o_assente(testo: Option<impl Into<Parole>>) -> Riga {
    testo.map_or_else(assente, riga)
}

/// How an office is introduced: its name often begins with "Ufficio".
pub const A_CHI: &str = "A chi rivolgersi";

/// What a body has declared as public.
pub fn contatti(contatti: &Contatti) -> Vec<(Parole, Riga)> {
    let voce = |nome: &str, valore: &Option<String>| valore.as_ref().map(|valore| (nome.into(), riga(valore.as_str())));
    let mail = |nome: &str, valore: &Option<String>| {
        valore.as_ref().map(|valore| (nome.into(), vec![Brano::web(&format!("mailto:{valore}"), valore.as_str())]))
    };
    let sito = contatti.sito.as_ref();
    [
        voce(A_CHI, &contatti.ufficio),
        voce("Indirizzo", &contatti.indirizzo),
        voce("Telefono", &contatti.telefono),
        mail("E-mail", &contatti.email),
        mail("PEC", &contatti.pec),
        sito.map(|sito| ("Sito".into(), vec![Brano::web(sito, sito.as_str())])),
        voce("Orari", &contatti.orari),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The first and the last day of something.
pub fn giorni(durata: &Durata) -> Option<String> {
    match (durata.dal, durata.al) {
        (Some(dal), Some(al)) => Some(format!("{} {}.", dal.con("Dal"), al.con("al"))),
        (Some(dal), None) => Some(format!("{}.", dal.con("Dal"))),
        (None, Some(al)) => Some(format!("Termine previsto: {}.", al.lunga())),
        (None, None) => None,
    }
}

/// The days, and what the source says of them.
pub fn durata(durata: &Durata) -> Riga {
    let fonte = durata.fonte.as_ref().map(|fonte| format!("Fonte: {}.", fonte.documento));
    let parti: Vec<String> = giorni(durata).into_iter().chain(durata.nota.clone()).chain(fonte).collect();
    o_assente((!parti.is_empty()).then(|| parti.join(" ")))
}
