//! `sito.yaml`: the agency, its logo, and how the site is published.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Contatti, Fonti, StatoPiano};
use crate::value::{Casella, Colore, Comune, Data, Id, Recapito, Web};

/// La scheda del sito, `sito.yaml`: l'agenzia, il logo e come si pubblica.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sito {
    /// Il titolo del sito, in cima a ogni pagina.
    /// Esempio: Piano Territoriale di Conciliazione
    pub titolo: String,
    /// Di che cosa parla il sito, in una frase: si legge nella prima pagina e nei motori di ricerca.
    /// Esempio: I progetti e i servizi che aiutano a tenere insieme lavoro e famiglia.
    pub descrizione: Option<String>,
    /// # ATS
    /// L'agenzia che pubblica il Piano.
    pub ats: Agenzia,
    /// L'ente da cui l'agenzia dipende: il suo nome sta in alto in ogni pagina.
    pub ente_superiore: Option<EnteSuperiore>,
    /// Il logo dell'ATS, che la DGR XII/5464 (§ 4.5) vuole su ogni prodotto.
    pub logo: Logo,
    /// L'icona del sito, accanto al titolo nel browser: un'immagine quadrata. Senza, è quella del programma.
    /// Esempio: media/icona.svg
    pub icona: Option<String>,
    /// # Colore principale
    /// Il colore di collegamenti, pulsanti e grafici: `#` e sei cifre esadecimali, fra virgolette. Deve essere abbastanza
    /// scuro da leggersi sul bianco. Senza, è il blu dei siti pubblici.
    /// Esempio: "#0066cc"
    pub colore: Option<Colore>,
    /// # Colore principale sul fondo scuro
    /// Lo stesso colore per chi tiene lo schermo scuro: abbastanza chiaro da leggersi. Senza, è il colore principale,
    /// schiarito quanto serve.
    /// Esempio: "#7dbbf7"
    pub colore_scuro: Option<Colore>,
    /// Il giorno a cui i dati sono aggiornati: il sito mostra questo, non quello del computer. Cambialo quando aggiorni
    /// le schede.
    /// Esempio: 2026-03-31
    pub aggiornato_al: Data,
    /// Una frase che si legge in ogni pagina di un sito che non è quello dell'ATS, per esempio che è una dimostrazione.
    /// Dati, documenti e novità di un sito così non nominano l'ATS come chi li pubblica.
    /// Esempio: Dimostrazione da documenti pubblici
    pub avvertenza: Option<String>,
    /// L'indirizzo pubblico del sito, per intero. Senza, mancano mappa del sito, novità, cartoline e catalogo dei dati.
    /// Esempio: https://conciliazione.ats-esempio.it/
    pub indirizzo: Option<Web>,
    /// L'aspetto del sito: il nome di una cartella di `themes`. Senza, è quello di base.
    /// Esempio: italia
    pub tema: Option<Id>,
    /// Il Piano mostrato nella prima pagina: il nome della sua cartella in `piani`. Senza, è il più recente.
    #[schemars(extend("x-elenco" = "piani"))]
    pub piano_corrente: Option<Id>,
    /// # Licenza dei dati
    /// La licenza con cui i dati si possono riusare. Senza, è CC BY 4.0.
    /// Esempio: CC BY 4.0
    pub licenza_dati: Option<String>,
    /// # Dichiarazione di accessibilità
    /// L'indirizzo della dichiarazione di accessibilità, di solito su `form.agid.gov.it`.
    /// Esempio: https://form.agid.gov.it/view/esempio
    pub dichiarazione_accessibilita: Option<Web>,
    /// L'indirizzo della sezione Amministrazione trasparente in cui i contributi sono pubblicati (D.Lgs. 33/2013).
    /// Esempio: https://www.ats-esempio.it/amministrazione-trasparente
    pub amministrazione_trasparente: Option<Web>,
    /// Dove chi legge può segnalare un errore: un indirizzo e-mail dell'ufficio, o una pagina web.
    /// Esempio: conciliazione@ats-esempio.it
    pub segnalazioni: Option<Recapito>,
    /// Gli ambiti del territorio, ognuno con il suo posto nella mappa a caselle.
    #[serde(default)]
    pub ambiti: Vec<Ambito>,
}

impl Sito {
    /// Of the data: there always is one.
    pub fn licenza(&self) -> &str {
        self.licenza_dati.as_deref().unwrap_or("CC BY 4.0")
    }

    /// The agency publishes its site, but for one that tells readers that it is not the agency's.
    pub fn e_dell_ats(&self) -> bool {
        self.avvertenza.is_none()
    }

    /// What the agency asks of the Region by sending its plan, until it comes.
    pub fn si_chiede(&self, stato: StatoPiano) -> Option<&'static str> {
        (self.e_dell_ats() && stato == StatoPiano::Inviato).then_some("Presa d'atto della Regione")
    }

    /// Who answers for what is published: nothing is put in the mouth of an agency that did not say it.
    pub fn chi_pubblica(&self) -> String {
        match &self.avvertenza {
            None => self.ats.nome_esteso.clone(),
            Some(detto) => format!("{} ({})", self.titolo, detto.trim_end_matches('.')),
        }
    }

    /// Whose the records are, for whoever meets them outside the site.
    pub fn di_chi_le_schede(&self) -> String {
        let di = if self.e_dell_ats() {
            format!("di {}", self.ats.nome_esteso)
        } else {
            format!("del sito «{}»", self.titolo)
        };
        format!("Le schede {di}")
    }
}

/// Un ambito territoriale.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ambito {
    /// Il nome dell'ambito: alleanze, progetti e servizi lo scrivono uguale.
    /// Esempio: Valle Seriana
    pub nome: String,
    /// Il suo posto nella mappa a caselle: la colonna è una lettera, la riga un numero.
    /// Esempio: C2
    pub casella: Casella,
    /// I comuni dell'ambito, con i nomi dell'ISTAT: chi cerca il suo comune trova ciò che c'è nel suo ambito. Ogni comune
    /// sta in un ambito solo.
    /// Esempio: [Albino, Nembro]
    #[serde(default)]
    pub comuni: Vec<Comune>,
    #[serde(default)]
    pub contatti: Contatti,
    /// Il documento che dice quali comuni fanno parte dell'ambito.
    #[serde(default)]
    pub fonte: Fonti,
}

/// L'agenzia che pubblica il Piano.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agenzia {
    /// Il nome breve, come nelle tabelle della Regione.
    /// Esempio: ATS Bergamo
    pub nome: String,
    /// # Codice dell'ATS
    /// Il codice che la Regione dà all'agenzia.
    /// Esempio: "325"
    pub codice: Option<String>,
    /// Il nome per intero.
    /// Esempio: Agenzia di Tutela della Salute di Bergamo
    pub nome_esteso: String,
    /// Il codice fiscale dell'agenzia, undici cifre: la fa riconoscere nel catalogo dei dati.
    /// Esempio: "00000000000"
    pub codice_fiscale: Option<String>,
    #[serde(default)]
    pub contatti: Contatti,
}

/// L'ente da cui l'agenzia dipende.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnteSuperiore {
    /// Il nome dell'ente.
    /// Esempio: Regione Lombardia
    pub nome: String,
    /// L'indirizzo del suo sito.
    /// Esempio: https://www.regione.lombardia.it/
    pub indirizzo: Option<Web>,
}

/// Il logo dell'agenzia.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// Dove sta il file del logo, a partire dalla cartella dei contenuti.
    /// Esempio: media/logo.svg
    pub file: String,
    /// # Testo alternativo
    /// Che cosa si legge al posto del logo per chi non lo vede.
    /// Esempio: Logo di ATS Bergamo
    pub alternativa: String,
    /// `true` se è un disegno messo al posto del logo vero, in attesa di averlo.
    /// Esempio: true
    #[serde(default)]
    pub provvisorio: bool,
}
