//! What readers see in the place of the words of the records: one table, for every page, document and data.
//!
//! The titles of the schema stand alone, over a column or a box of a form; these stand in a sentence. They have an article,
//! tell what is meant where a whole group is absent, and serve messages, which name a field without its record.

/// The label of a field, with its article where messages name the field without one (``manca `avviso` ``).
pub fn etichetta(campo: &str) -> Option<&'static str> {
    let (_, detta) = ETICHETTE.iter().find(|(nome, _)| *nome == campo)?;
    Some(detta)
}

pub(crate) const ETICHETTE: &[(&str, &str)] = &[
    ("addetti", "il numero di addetti"),
    ("aiuti", "l'elenco degli aiuti"),
    ("al", "la data di fine"),
    ("amministrazione_trasparente", "l'indirizzo di Amministrazione trasparente"),
    ("atti.concessione", "l'atto di concessione"),
    ("attivita_economica", "la risposta sull'attività economica"),
    ("atto", "l'atto"),
    ("autorizzazione", "l'autorizzazione"),
    ("avviso", "l'avviso"),
    ("azione_di_sistema", "l'azione di sistema"),
    ("azioni", "l'elenco delle azioni"),
    ("bilancio", "il totale di bilancio"),
    ("calmierato", "a tariffa agevolata"),
    ("calmierato_o_voucher", "a tariffa agevolata o con voucher"),
    ("canale", "la via di presentazione"),
    ("codice_fiscale", "il codice fiscale"),
    ("cofinanziamento_in_denaro", "il cofinanziamento in denaro"),
    ("contributo", "il contributo"),
    ("cor", "il codice del registro nazionale degli aiuti"),
    ("costo_ammissibile", "il costo ammissibile"),
    ("dal", "la data di inizio"),
    ("documento_di_indirizzo", "il documento di indirizzo"),
    ("domanda", "la domanda"),
    ("durata", "la durata"),
    ("fatturato", "il fatturato"),
    ("finestra", "il periodo per le domande"),
    ("graduatoria", "il posto in graduatoria"),
    ("gratuito", "gratis"),
    ("gratuito_o_pagamento", "gratuito o a pagamento"),
    ("macrocategoria", "macrocategoria"),
    ("mappatura.bisogni", "la mappatura dei bisogni"),
    ("mappatura.servizi", "la mappatura dei servizi"),
    ("modalita", "modalità"),
    ("nessun_residuo", "il piano"),
    ("occupati_massimi", "il numero massimo di occupati"),
    ("organismo", "l'organismo"),
    ("organismo.esito", "l'esito dei lavori dell'organismo"),
    ("organismo.membri", "l'elenco di chi siede nell'organismo"),
    ("organo", "chi lo ha emanato"),
    ("pagamento", "a pagamento"),
    ("partenariato", "l'elenco del partenariato"),
    ("priorita", "l'elenco delle priorità"),
    ("provincia", "la provincia"),
    ("pubblicato_il", "il giorno della pubblicazione"),
    ("registrato_il", "il giorno della registrazione"),
    ("registro_imprese", "l'iscrizione al registro delle imprese"),
    ("residui", "l'indicazione dei residui"),
    ("responsabile", "il responsabile del procedimento, con il suo ufficio"),
    ("rete.capofila", "il capofila della rete"),
    ("rete.incontri_annui_minimi", "il numero minimo di incontri della rete in un anno"),
    ("rete.membri", "l'elenco di chi fa parte della rete"),
    ("rete_di_supporto", "la rete di supporto"),
    ("rimborso", "con rimborso"),
    ("riparto", "il riparto fra le ATS"),
    ("risorse.yaml", "il quadro delle risorse"),
    ("sedi_operative", "l'elenco delle sedi operative"),
    ("settori", "settori"),
    ("termine", "il termine"),
    ("trasferimenti", "l'elenco dei trasferimenti"),
    ("vantaggio_per_imprese", "la risposta sul vantaggio per le imprese"),
    ("verifica_pubblicita", "la verifica di frase e logo"),
    ("visura", "la visura del registro degli aiuti"),
    ("voucher", "con voucher"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_field_has_one_label_that_is_no_word_of_the_records() {
        assert!(ETICHETTE.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(ETICHETTE.iter().all(|(_, detta)| !detta.contains(['_', '`', '.'])));
    }
}
