//! `risorse.yaml`: the money of a plan, where it comes from and where it goes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Atto, Fonti, Pagamento};
use crate::value::{Casella, Data, Euro, Id, Testo};

/// Il denaro di un Piano, `risorse.yaml`: da dove viene e dove va.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Risorse {
    /// Le somme assegnate al Piano, una riga per anno o per destinazione, come nell'atto della Regione.
    #[serde(default)]
    pub dotazione: Vec<Stanziamento>,
    /// Ciò che è rimasto dai programmi precedenti, con l'atto che ne permette l'uso.
    #[serde(default)]
    pub residui: Vec<Residuo>,
    /// `true` se i programmi precedenti non hanno lasciato nulla: così chi legge sa che ci si è pensato.
    /// Esempio: true
    #[serde(default)]
    pub nessun_residuo: bool,
    /// Le somme che la Regione ha già versato all'ATS.
    #[serde(default)]
    pub trasferimenti: Vec<Trasferimento>,
    /// L'azione che l'ATS guida per tutto il territorio.
    pub azione_di_sistema: Option<AzioneDiSistema>,
    /// I totali stampati nella fonte: si confrontano con la somma delle schede dei progetti.
    #[serde(default)]
    pub totali_dichiarati: Vec<TotaleDichiarato>,
    /// Come la Regione divide le risorse fra le ATS: la tabella dell'atto.
    pub riparto: Option<Riparto>,
    /// Che cos'altro va saputo delle risorse.
    /// Esempio: Nessun atto dice quanti siano i residui.
    pub nota: Option<Testo>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Una somma assegnata al Piano.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stanziamento {
    /// # Identificativo
    /// Un nome breve per questa somma: altre righe la richiamano con questo.
    /// Esempio: risorse-2025
    pub id: Id,
    /// Che somma è, se si può con le parole dell'atto.
    /// Esempio: Risorse 2026
    pub descrizione: String,
    /// L'atto che la assegna.
    /// Esempio: DGR n. XII/5464 del 9 dicembre 2025
    pub origine: Option<String>,
    /// L'anno a cui si riferisce, se l'atto le divide per anno.
    /// Esempio: 2025
    pub anno: Option<u32>,
    /// Quanto, al centesimo, come nell'atto.
    /// Esempio: 110000.00
    pub importo: Euro,
    /// A che cosa serve la somma.
    pub destinazione: Destinazione,
}

/// A che cosa serve una somma.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Destinazione {
    /// # progetti
    /// Ai progetti.
    Progetti,
    /// # azione di sistema
    /// All'azione di sistema dell'ATS.
    AzioneDiSistema,
    /// A tutto il Piano: gli atti non dicono ancora come si divide.
    Piano,
}

/// Una somma che la Regione ha versato all'ATS.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trasferimento {
    /// L'anno a cui la somma si riferisce, anche se arriva dopo.
    /// Esempio: 2025
    pub anno: u32,
    /// Il giorno in cui è arrivata.
    /// Esempio: 2025-12-15
    pub data: Data,
    /// Quanto è arrivato, dalla comunicazione della Regione.
    /// Esempio: 110000.00
    pub importo: Euro,
}

/// Ciò che un programma precedente ha lasciato.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Residuo {
    /// # Identificativo
    /// Un nome breve per questo residuo: altre righe lo richiamano con questo.
    /// Esempio: residuo-2014-16
    pub id: Id,
    /// Da dove viene il residuo.
    /// Esempio: Residuo del biennio 2014-16
    pub descrizione: String,
    /// Quanto è rimasto, al centesimo.
    /// Esempio: 12138.00
    pub importo: Euro,
    /// Il programma che lo ha lasciato, quando i residui di programmi diversi si tengono separati.
    /// Esempio: DGR XI/2398
    pub programma: Option<String>,
    /// Quanto se ne può usare secondo l'atto che lo permette, se è meno dell'importo.
    /// Esempio: 10000.00
    pub autorizzato: Option<Euro>,
    /// Il progetto che lo riceve, se è di uno solo: il nome del suo file. I residui di un progetto non superano il suo
    /// contributo.
    #[schemars(extend("x-elenco" = "progetti"))]
    pub assegnato_a: Option<Id>,
    /// Chi ne ha permesso l'uso, con le parole della fonte, quando non c'è un atto da scrivere in `atto`.
    /// Esempio: Nota della Direzione generale
    pub autorizzazione: Option<String>,
    /// L'atto che ne permette l'uso, con chi l'ha emanato: la DGR XII/5464 vuole un atto della Regione.
    pub atto: Option<Atto>,
    /// L'avviso concluso da cui viene il residuo, se paga l'azione di sistema (DGR XII/5464, § 4.4).
    /// Esempio: Avviso 2022
    pub avviso: Option<String>,
    /// Il giorno in cui se n'è deciso l'uso.
    /// Esempio: 2017-05-26
    pub deciso_il: Option<Data>,
    #[serde(default)]
    pub fonte: Fonti,
}

impl Risorse {
    /// What pays for the system action: the list that the entry stands in, its place there, and how much it is.
    pub fn paga(&self, azione: &AzioneDiSistema) -> Option<(&'static str, usize, Euro)> {
        let voce = self.dotazione.iter().position(|voce| Some(&voce.id) == azione.dotazione.as_ref());
        let residuo = self.residui.iter().position(|residuo| Some(&residuo.id) == azione.residuo.as_ref());
        let residuo = residuo.map(|i| ("residui", i, self.residui[i].importo));
        voce.map(|i| ("dotazione", i, self.dotazione[i].importo)).or(residuo)
    }
}

impl Residuo {
    /// Who allowed its use and with which act: `Regione Lombardia, Decreto n. 12 del 12 gennaio 2026`.
    pub fn autorizzato_da(&self) -> Option<String> {
        let atto = self.atto.as_ref().map(Atto::cita);
        let chi = self.atto.as_ref().and_then(|atto| atto.organo.as_deref()).or(self.autorizzazione.as_deref());
        let parti: Vec<String> = chi.map(|chi| chi.trim().to_owned()).into_iter().chain(atto).collect();
        Some(parti.join(", ")).filter(|detto| !detto.is_empty())
    }

    /// Whether its use is allowed, by an act of `organo` where a norm wants one.
    pub fn autorizzato(&self, organo: Option<&str>) -> bool {
        match organo {
            None => self.autorizzato_da().is_some(),
            Some(organo) => {
                let issuer = self.atto.as_ref().and_then(|atto| atto.organo.as_deref());
                issuer.is_some_and(|issuer| issuer.to_lowercase().contains(&organo.to_lowercase()))
            }
        }
    }
}

/// L'azione che l'ATS guida per tutto il territorio.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AzioneDiSistema {
    /// Il titolo dell'azione.
    /// Esempio: Uno sportello per tutto il territorio
    pub titolo: String,
    /// Chi la guida: l'identificativo dell'ente, dalla cartella `partner`. Di solito è l'ATS.
    #[schemars(extend("x-elenco" = "enti"))]
    pub capofila: Id,
    /// La riga di `dotazione` che la paga: il suo `id`.
    #[schemars(extend("x-elenco" = "dotazioni"))]
    pub dotazione: Option<Id>,
    /// La riga di `residui` che la paga: il suo `id`. Per la DGR XII/5464 l'azione di sistema si paga con i residui
    /// autorizzati.
    #[schemars(extend("x-elenco" = "residui"))]
    pub residuo: Option<Id>,
    /// `true` se la fonte la propone e non dice che cosa si è deciso.
    /// Esempio: true
    #[serde(default)]
    pub proposta: bool,
    /// Che parte del totale è.
    pub quota: Option<Quota>,
    /// L'ultimo giorno dell'azione.
    /// Esempio: 2019-01-15
    pub termine: Option<Data>,
    /// In che cosa consiste, in poche frasi.
    /// Esempio: L'ATS guida un'azione comune a tutto il territorio.
    pub descrizione: Option<Testo>,
    /// Che cosa comprende, una voce per riga.
    /// Esempio: [Formare la Rete e le alleanze locali]
    #[serde(default)]
    pub interventi: Vec<Testo>,
    /// Le somme già spese per l'azione, una riga per mandato.
    #[serde(default)]
    pub pagamenti: Vec<Pagamento>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// La parte del totale che va all'azione di sistema, in percentuali intere.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// La parte scelta, senza il segno `%`.
    /// Esempio: 20
    pub percentuale: u32,
    /// La parte minima che l'atto ammette.
    /// Esempio: 20
    pub minima: Option<u32>,
    /// La parte massima che l'atto ammette.
    /// Esempio: 30
    pub massima: Option<u32>,
}

/// Un totale stampato nella fonte.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TotaleDichiarato {
    /// Quale importo dei progetti è sommato.
    pub voce: VoceFinanziaria,
    /// Il totale, come è stampato.
    /// Esempio: 286940.25
    pub importo: Euro,
    /// I residui che il totale stampato lascia fuori: i loro `id`.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "residui"))]
    pub esclude: Vec<Id>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Un importo dei progetti.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VoceFinanziaria {
    /// Quanto costano i progetti in tutto.
    CostoComplessivo,
    /// Ciò che ci mettono gli enti.
    Cofinanziamento,
    /// Quanto è stato chiesto.
    ContributoRichiesto,
    /// Quanto è stato concesso.
    ContributoRiconosciuto,
}

/// La tabella con cui la Regione divide le risorse fra le ATS.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Riparto {
    /// Il titolo della tabella, con la fonte degli abitanti.
    /// Esempio: Riparto fra le ATS lombarde, per numero di abitanti (ISTAT, 31/12/2024)
    pub titolo: String,
    /// L'atto che contiene la tabella.
    pub atto: Option<Atto>,
    /// # Unità
    /// A che cifra tonda sono arrotondate le somme.
    /// Esempio: 10000.00
    pub unita: Euro,
    /// Una riga per ogni ATS, come nella tabella.
    pub righe: Vec<RigaRiparto>,
    /// Il totale degli abitanti, come è stampato.
    /// Esempio: 10012054
    pub totale_abitanti: Option<u32>,
    /// Il totale di ogni anno, come è stampato.
    /// Esempio: { 2025: 1000000.00, 2026: 1000000.00 }
    #[serde(default, deserialize_with = "crate::record::unique_map")]
    pub totale_annuo: BTreeMap<u32, Euro>,
    /// Che cos'altro va saputo della tabella.
    /// Esempio: Nelle premesse il totale degli abitanti è in bianco.
    pub nota: Option<Testo>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Un'ATS nella tabella del riparto.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RigaRiparto {
    /// # ATS
    /// Il nome dell'ATS, come nella tabella.
    /// Esempio: ATS Bergamo
    pub ats: String,
    /// `true` nella riga dell'ATS che pubblica il Piano.
    /// Esempio: true
    #[serde(default)]
    pub questa: bool,
    /// Gli abitanti del suo territorio.
    /// Esempio: 1110427
    pub abitanti: u32,
    /// Il suo posto nella mappa a caselle della Lombardia: la colonna è una lettera, la riga un numero.
    /// Esempio: C2
    pub casella: Option<Casella>,
    /// Quanto riceve ogni anno.
    /// Esempio: { 2025: 110000.00, 2026: 110000.00 }
    #[serde(deserialize_with = "crate::record::unique_map")]
    pub importi: BTreeMap<u32, Euro>,
}
