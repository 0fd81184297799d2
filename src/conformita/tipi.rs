//! The closed set of kinds: what each asks for, why norms need it, an example, an article that uses it.

/// What a kind of rule is, for whoever writes or reads a norm.
pub struct Spiegazione {
    pub tipo: &'static str,
    pub che_cosa: &'static str,
    pub perche: &'static str,
    pub esempio: &'static str,
    pub articolo: &'static str,
}

const fn tipo(
    tipo: &'static str,
    che_cosa: &'static str,
    perche: &'static str,
    esempio: &'static str,
    articolo: &'static str,
) -> Spiegazione {
    Spiegazione { tipo, che_cosa, perche, esempio, articolo }
}

/// One for each of `record::TIPI`, in the same order.
pub const SPIEGAZIONI: &[Spiegazione] = &[
    tipo(
        "partenariato",
        "quanti enti partecipano, e di quali tipi; chi può essere capofila; chi non riceve contributi",
        "i progetti sono di alleanze, e gli atti dicono chi ne può far parte",
        "partenariato: { requisiti: [{ chi: beneficiari, almeno: 3, con: [ets, cooperativa-sociale, pubblico] }] }",
        "DGR XII/5464, § 4.2",
    ),
    tipo(
        "requisiti_ente",
        "che cosa deve avere ogni ente di un certo tipo: dimensione, registro delle imprese, sedi",
        "alcuni avvisi sono per imprese piccole o con una sede in Lombardia",
        "requisiti_ente: { chi: capofila, con: [impresa], sede_legale: true, province: [BG, BS] }",
        "avviso della DGR 5755/2021, Soggetti beneficiari",
    ),
    tipo(
        "imprese_servite",
        "quali imprese può servire un'azione, e a quali condizioni",
        "il denaro pubblico va prima alle imprese che da sole non ce la fanno",
        "imprese_servite: { voci: [{ macrocategoria: time-saving, occupati_massimi: 3 }] }",
        "DGR X/5969, azioni per le imprese",
    ),
    tipo(
        "tempi",
        "quanto durano progetti e attività, entro quando finiscono, quando si presentano le domande e si trasferisce il denaro",
        "una fine fuori tempo o una domanda tardiva fanno perdere il contributo",
        "tempi: { mesi: 24 }",
        "DGR XII/5464, § 4.1",
    ),
    tipo(
        "classificazione",
        "sotto quali voci della norma stanno azioni e servizi, e quante voci servono",
        "si finanzia solo ciò che gli atti elencano",
        "classificazione: { almeno: 2, ammesse: [macrocategorie] }",
        "DGR XII/5464, § 4.1",
    ),
    tipo(
        "campi",
        "quali parti di una scheda devono esserci",
        "un Piano senza una sua parte non è quello che l'atto chiede",
        "campi: { richiesti: [{ campo: progetto_avviso }] }",
        "DGR XII/5464, § 4.1",
    ),
    tipo(
        "dichiarazione",
        "che cosa dichiara l'autore di una scheda, quando i dati da soli non lo dicono",
        "chi valuta deve poter leggere l'impegno di chi propone",
        "dichiarazione: { su: progetto, chiede: [{ campo: spese-escluse, domanda: …, atteso: false }] }",
        "DGR XII/5464, § 4.1",
    ),
    tipo(
        "governo",
        "chi siede nell'organismo, come si chiama, e se la rete conserva chi c'era",
        "gli atti vogliono che alcuni soggetti siano rappresentati",
        "governo: { seggi: true }",
        "DGR XII/5464, § 4.1",
    ),
    tipo(
        "limite",
        "quanto può ricevere un progetto, e quanto tutti insieme",
        "un contributo oltre il limite va restituito",
        "limite: { percentuale: 70, massimo: 50000.00 }",
        "avviso della DGR 5755/2021, Dotazione finanziaria",
    ),
    tipo(
        "azione_di_sistema",
        "chi guida l'azione di sistema, quanto vale e chi la paga",
        "è la parte che l'ATS tiene per tutto il territorio",
        "azione_di_sistema: { capofila: [ats], quota_minima: 20, quota_massima: 30 }",
        "DGR X/5969",
    ),
    tipo(
        "graduatoria",
        "se i posti seguono i punteggi e se i contributi seguono la graduatoria",
        "la graduatoria decide chi riceve, e chiunque deve poterla rifare",
        "graduatoria: { punteggio_decrescente: true, scorrimento: true }",
        "Piano di ATS Bergamo 2017-18, Tab. 2 e 3",
    ),
    tipo(
        "riparto",
        "se le somme divise fra le ATS sono quelle dell'atto, e se la dotazione è la quota di questa",
        "da qui viene ogni altro importo del Piano",
        "riparto: { anni: [2025], importo_annuo: 1000000.00 }",
        "DGR XII/5464, § 4.4",
    ),
    tipo(
        "aiuti",
        "se chi svolge attività economica resta nel massimale «de minimis» ed è nel registro nazionale",
        "oltre il massimale l'aiuto è illegale e va restituito",
        "aiuti: { regolamento: Reg. UE 2023/2831, massimale: 300000.00, anni: 3 }",
        "DGR XII/5464, punto 4",
    ),
    tipo(
        "trasparenza",
        "se di ogni contributo sopra una soglia si pubblica tutto ciò che la legge chiede, e in tempo",
        "senza pubblicazione la concessione non ha efficacia",
        "trasparenza: { soglia: 1000.00, completezza: true }",
        "D.Lgs. 33/2013, artt. 26 e 27",
    ),
    tipo(
        "informazione",
        "niente che si possa giudicare dalle schede: si mostra in una pagina, o si prova sui file finiti",
        "delle persone non si scrive nelle schede, e frase e logo si vedono solo alla fine",
        "informazione: { mostra: destinatari }",
        "DGR XII/5464, § 4.3",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_explained_and_they_are_few() {
        let explained: Vec<&str> = SPIEGAZIONI.iter().map(|spiegazione| spiegazione.tipo).collect();
        assert_eq!(explained, crate::record::TIPI);
        assert!(explained.len() <= 15);
    }
}
