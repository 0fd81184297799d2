//! `piano.yaml`: a plan, its network and how it was decided.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Atto, Deroga, Dichiarazioni, Fonti, Periodo, Territorio, senza_n};
use crate::value::{Data, Id, Indirizzo, Punteggio, Quando, Testo};

/// La scheda di un Piano, `piano.yaml`: il periodo, la norma, la rete e come si è deciso.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Piano {
    /// Il titolo del Piano.
    /// Esempio: Piano Territoriale di Conciliazione 2025-2027
    pub titolo: String,
    /// Il primo e l'ultimo giorno della programmazione.
    pub periodo: Periodo,
    /// La norma che vale per il Piano: ne vengono regole ed elenchi. `concilia norme` le elenca.
    #[schemars(extend("x-elenco" = "norme"))]
    pub norma: Id,
    /// A che punto è il Piano. In bozza o in preparazione, ogni pagina lo dice.
    /// Esempio: adottato
    pub stato: StatoPiano,
    /// L'adozione, l'invio e la presa d'atto, ognuno con l'atto o il protocollo che lo prova.
    #[serde(default)]
    #[schemars(extend("x-esempio-breve" = "{ invio: { data: 2026-03-02, protocollo: 4321/2026 } }"))]
    pub passaggi: Passaggi,
    /// Che cos'è il Piano, in una o due frasi: si legge nella prima pagina.
    /// Esempio: Tre progetti di due alleanze.
    pub sintesi: Option<Testo>,
    /// Gli atti da cui il Piano nasce: delibere regionali e dell'ATS.
    #[serde(default)]
    pub atti: Vec<Atto>,
    /// La rete territoriale che riunisce le alleanze.
    pub rete: Option<Rete>,
    /// Chi programma, valuta e accompagna: la Comunità di Pratica dal 2025, il Comitato prima.
    pub organismo: Option<Organismo>,
    /// Che cosa funziona già nel territorio, un punto per riga.
    /// Esempio: [Progettare per alleanze locali]
    #[serde(default)]
    pub punti_di_forza: Vec<Testo>,
    /// # Priorità
    /// Le priorità del Piano, una per riga.
    /// Esempio: [Aiutare chi assiste un familiare]
    #[serde(default)]
    pub priorita: Vec<Testo>,
    /// I criteri con cui i progetti sono stati valutati, come nell'avviso.
    #[serde(default)]
    pub criteri: Vec<Criterio>,
    /// I tipi di ente fra i partner, quando la fonte ne stampa solo le percentuali.
    pub composizione: Option<Composizione>,
    /// Le date che contano, passate e future.
    #[serde(default)]
    pub calendario: Vec<Scadenza>,
    /// I bisogni del territorio e i servizi che ci sono già.
    pub mappatura: Option<Mappatura>,
    /// Il documento con cui la rete indirizza i progetti: che cos'è e dove si trova.
    /// Esempio: È allegato al Piano.
    pub documento_di_indirizzo: Option<String>,
    /// # Verifica della pubblicità
    /// La verifica che frase e logo ci siano su ogni prodotto, prima dell'invio alla Regione (DGR XII/5464, § 4.5).
    pub verifica_pubblicita: Option<VerificaPubblicita>,
    #[serde(default)]
    pub dichiarazioni: Dichiarazioni,
    #[serde(default)]
    pub deroghe: Vec<Deroga>,
    #[serde(default)]
    pub indirizzi_precedenti: Vec<Indirizzo>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Lo stato di un Piano.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatoPiano {
    /// Il testo del Piano non c'è ancora.
    InPreparazione,
    /// Il testo c'è, ma l'ATS non l'ha ancora adottato.
    Bozza,
    /// L'ATS l'ha adottato con un atto.
    Adottato,
    /// # inviato alla Regione
    /// L'ATS l'ha mandato alla Regione.
    Inviato,
    /// # validato dalla Regione
    /// La Regione l'ha approvato: è la parola degli atti prima del 2025.
    Validato,
    /// # con presa d'atto della Regione
    /// La Regione ne ha preso atto.
    PresoAtto,
    /// La fonte di un Piano di anni fa non lo dice, o chi scrive le schede non è l'ATS e non lo sa.
    NonIndicato,
}

/// La strada del Piano, passo per passo, con ciò che prova ognuno.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Passaggi {
    /// L'ATS adotta il Piano.
    pub adozione: Option<Passaggio>,
    /// L'ATS manda il Piano alla Regione.
    pub invio: Option<Passaggio>,
    /// # Presa d'atto
    /// La Regione ne prende atto.
    pub presa_d_atto: Option<Passaggio>,
    /// # Richieste della Regione
    /// Che cosa la Regione ha chiesto di aggiungere o di spiegare, e la risposta.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub richieste: Vec<Richiesta>,
    /// Gli aggiornamenti del Piano dopo la presa d'atto, ognuno con il suo atto.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aggiornamenti: Vec<Passaggio>,
}

/// Una richiesta della Regione.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Richiesta {
    /// Il giorno della richiesta.
    /// Esempio: 2026-03-05
    pub data: Data,
    /// Che cosa chiede, in breve.
    /// Esempio: Il dettaglio dei costi del secondo progetto
    pub oggetto: String,
    /// Il numero e l'anno di protocollo con cui è stata registrata.
    /// Esempio: 5001/2026
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocollo: Option<String>,
    /// La risposta dell'ATS, quando c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risposta: Option<Passaggio>,
}

/// Un passo del Piano.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Passaggio {
    /// Il giorno in cui è avvenuto.
    /// Esempio: 2026-02-10
    pub data: Data,
    /// L'atto che lo decide, se ce n'è uno.
    pub atto: Option<Atto>,
    /// Il numero e l'anno di protocollo con cui è stato registrato.
    /// Esempio: 4321/2026
    pub protocollo: Option<String>,
    /// Che cos'altro va saputo.
    /// Esempio: Inviato per PEC.
    pub nota: Option<String>,
}

impl Passaggio {
    /// Its day and its protocol: `12 febbraio 2026, protocollo n. 4321/2026`.
    pub fn giorno_e_protocollo(&self) -> String {
        let protocollo = self.protocollo.as_deref().map(|numero| format!(", protocollo n. {}", senza_n(numero)));
        format!("{}{}", self.data.lunga(), protocollo.unwrap_or_default())
    }
}

impl Passaggi {
    /// Key and step, in the order in which they are taken.
    pub fn fatti(&self) -> impl Iterator<Item = (&'static str, &Passaggio)> {
        [("adozione", &self.adozione), ("invio", &self.invio), ("presa_d_atto", &self.presa_d_atto)]
            .into_iter()
            .filter_map(|(chiave, passaggio)| Some((chiave, passaggio.as_ref()?)))
    }

    pub fn is_empty(&self) -> bool {
        self.fatti().next().is_none()
    }
}

/// Che cosa serve al territorio e che cosa c'è già.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mappatura {
    /// I bisogni di conciliazione che si sono rilevati.
    /// Esempio: Chi lavora a turni non trova un nido aperto.
    pub bisogni: Option<Testo>,
    /// I servizi che ci sono già.
    /// Esempio: Due nidi e un doposcuola.
    pub servizi: Option<Testo>,
    /// I bisogni uno per uno: dove si sentono, che cosa c'è già, che cosa manca e chi risponde.
    #[serde(default)]
    pub elenco: Vec<Bisogno>,
}

/// Un bisogno, e la strada che porta a chi gli risponde.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bisogno {
    /// Il bisogno, in una frase.
    /// Esempio: Un posto dove stare dopo la scuola
    pub nome: String,
    /// Dove si sente.
    #[serde(default)]
    pub territorio: Territorio,
    /// Che cosa c'è già: nidi, Centri per la famiglia, altre misure.
    /// Esempio: Due doposcuola, fino alle 17
    pub esiste: Option<Testo>,
    /// Che cosa manca, tolto ciò che c'è già.
    /// Esempio: Le ore dalle 17 alle 19
    pub manca: Option<Testo>,
    /// La priorità che ne viene, com'è scritta fra le `priorita` del Piano.
    /// Esempio: Aiutare chi assiste un familiare
    pub priorita: Option<String>,
    /// Gli avvisi che gli rispondono: i nomi dei loro file.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "avvisi"))]
    pub avvisi: Vec<Id>,
    /// I progetti che gli rispondono: i nomi dei loro file.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "progetti"))]
    pub progetti: Vec<Id>,
}

/// Chi ha controllato frase e logo, e quando.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VerificaPubblicita {
    /// L'ufficio che ha controllato, mai una persona.
    /// Esempio: Ufficio Comunicazione
    pub ufficio: String,
    /// Il giorno del controllo: viene prima dell'invio del Piano.
    /// Esempio: 2026-02-11
    pub data: Data,
    /// Che cosa ha trovato chi ha controllato.
    /// Esempio: Frase e logo ci sono.
    pub esito: Option<String>,
}

/// La rete territoriale di conciliazione.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rete {
    /// Il nome della rete.
    /// Esempio: Rete territoriale di conciliazione
    pub nome: Option<String>,
    /// L'ente che la guida: il suo identificativo, dalla cartella `partner`. Di solito è l'ATS.
    #[schemars(extend("x-elenco" = "enti"))]
    pub capofila: Option<Id>,
    /// Chi ne fa parte e che cosa fa, in poche frasi.
    /// Esempio: La Rete riunisce chi aderisce alle alleanze locali.
    pub descrizione: Option<Testo>,
    /// Gli enti che ne fanno parte: i loro identificativi, dalla cartella `partner`.
    #[serde(default)]
    #[schemars(extend("x-elenco" = "enti"))]
    pub membri: Vec<Id>,
    /// Quante volte l'anno la rete si incontra almeno, secondo il Piano.
    /// Esempio: 2
    pub incontri_annui_minimi: Option<u32>,
    /// Gli incontri che ci sono stati.
    #[serde(default)]
    pub incontri: Vec<Incontro>,
    /// Come si seguono i progetti, in poche frasi.
    /// Esempio: L'ATS incontra periodicamente le alleanze.
    pub monitoraggio: Option<Testo>,
}

/// Un incontro.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Incontro {
    /// Il giorno dell'incontro; se la fonte non lo dice, il mese, come `2017-05`, o l'anno.
    /// Esempio: 2026-01-20
    pub data: Quando,
    /// Di che incontro si tratta.
    /// Esempio: Presentazione del Piano
    pub titolo: String,
    /// Che cosa si è deciso.
    /// Esempio: La Rete approva la graduatoria.
    pub descrizione: Option<Testo>,
}

/// Chi programma, valuta e accompagna il Piano.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organismo {
    /// Il nome che la norma gli dà in questo periodo.
    /// Esempio: Comunità di Pratica
    pub nome: String,
    /// Che cosa fa, in poche frasi.
    /// Esempio: Raccoglie bisogni e servizi e aiuta a scegliere le priorità.
    pub descrizione: Option<Testo>,
    /// Chi ci siede: una riga per ogni ente e il suo seggio.
    #[serde(default)]
    pub membri: Vec<Seggio>,
    /// I suoi incontri, ognuno con ciò che ha deciso.
    #[serde(default)]
    pub incontri: Vec<Incontro>,
    /// # Esito dei lavori
    /// Che cosa è venuto dai suoi lavori.
    /// Esempio: Due priorità, e un avviso per i progetti.
    pub esito: Option<Testo>,
}

/// Un ente che siede nell'organismo.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seggio {
    /// Il seggio, con la parola della norma.
    #[schemars(extend("x-elenco" = "seggi"))]
    pub seggio: Id,
    /// Chi lo occupa: il suo identificativo, dalla cartella `partner`.
    #[schemars(extend("x-elenco" = "enti"))]
    pub ente: Id,
}

/// Un criterio di valutazione.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterio {
    /// Il nome del criterio.
    /// Esempio: Qualità dell'alleanza
    pub nome: String,
    /// Che cosa si guarda per questo criterio, una voce per riga.
    /// Esempio: [Numero di partner, Numero di imprese coinvolte]
    #[serde(default)]
    pub voci: Vec<String>,
    /// I punti che il criterio può dare al massimo.
    /// Esempio: 20
    pub massimo: Option<Punteggio>,
}

/// I partner divisi per tipo, come li stampa la fonte: solo in percentuale.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Composizione {
    /// Il titolo del grafico o della tabella nella fonte.
    /// Esempio: Tipi di ente nelle alleanze locali
    pub titolo: String,
    /// Su quanti enti sono calcolate le percentuali.
    /// Esempio: 159
    pub enti: u32,
    /// Come il testo della stessa fonte dice quel numero, se lo dice in un altro modo.
    /// Esempio: circa 150
    pub partner_nel_testo: Option<String>,
    /// I tipi di ente. Le percentuali, insieme, fanno 100.
    pub voci: Vec<VoceComposizione>,
    #[serde(default)]
    pub fonte: Fonti,
}

/// Un tipo di ente e la sua parte.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoceComposizione {
    /// Il nome che la fonte gli dà.
    /// Esempio: Cooperative sociali
    pub nome: String,
    /// La percentuale intera, senza il segno `%`.
    /// Esempio: 20
    pub percentuale: u32,
}

/// Una data da ricordare.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scadenza {
    /// Il giorno in cui scade, o in cui qualcosa succede; se la fonte non lo dice, il mese, come `2026-12`, o l'anno.
    /// Esempio: 2026-12-15
    pub data: Quando,
    /// Che cosa succede quel giorno.
    /// Esempio: Termine per il trasferimento delle risorse 2026 alle ATS
    pub titolo: String,
    /// Che cos'altro va saputo.
    /// Esempio: Lo dice la DGR XII/5464, al paragrafo 4.4.
    pub descrizione: Option<Testo>,
    /// Da dove viene la data, se è un documento diverso da quello del Piano.
    #[serde(default)]
    pub fonte: Fonti,
}
