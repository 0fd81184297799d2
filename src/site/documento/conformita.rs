//! The conformity report: every rule, how it went, and what was found.

use super::scrittore::{Scrittore, atto, numero};
use crate::conformita::verdetto;
use crate::print::documento::blocchi::{Blocco, Brano, Colonna, Parole, Riga, riga};
use crate::site::conformita::{per_esito, scritte, sezioni, sostituite};
use crate::theme::messaggi::{capital, plain, sentence};

pub fn rapporto(testo: &mut Scrittore) {
    let sezioni = sezioni(testo.site, testo.p);
    testo.capitolo("Il rapporto di conformità", "conformita");
    testo.righe(vec![Brano::forte(verdetto(&testo.site.plan, &testo.site.conformita, testo.p))]);
    let quante: usize = sezioni.iter().map(|sezione| sezione.carte.len()).sum();
    testo.testo(format!(
        "Le regole che gli atti danno a questo Piano sono {}. Gli esiti vengono dalle schede: li calcola il programma che \
         compone il documento, nessuno li scrive a mano. Una regola può andare in modo diverso da una scheda all’altra: \
         qui conta l’esito a cui fare più attenzione.",
        numero(quante as u64)
    ));
    let esiti = per_esito(&sezioni);
    let cifre: Vec<(Parole, Parole)> =
        esiti.iter().map(|voce| (capital(voce.parola).into(), numero(voce.numero as u64).into())).collect();
    testo.blocchi.push(Blocco::Cifre { voci: cifre });
    let cambiate = sostituite(testo.site, testo.p);
    if !cambiate.is_empty() {
        testo.paragrafo("Che cosa il sito cambia nelle norme", "cambiate".into());
        testo.elenco_di(false, cambiate.into_iter().map(|voce| riga(sentence(&voce))).collect::<Vec<Riga>>());
    }
    deroghe(testo);
    for sezione in &sezioni {
        testo.paragrafo(capital(&sezione.norma.cita), format!("norma-{}", sezione.norma.id));
        testo.occhiello(sentence(sezione.norma.titolo));
        let righe = sezione.carte.iter().map(|carta| {
            let mut esito: Riga = Vec::new();
            for (i, conteggio) in carta.conteggi.iter().enumerate() {
                if i > 0 {
                    esito.push(Brano::ACapo { a_capo: true });
                }
                esito.push(Brano::Esito { esito: conteggio.esito, parola: capital(&conteggio.testo).into() });
            }
            let mut regola = riga(plain(&capital(carta.titolo)));
            regola.push(Brano::ACapo { a_capo: true });
            regola.push(Brano::Enfasi { enfasi: riga(carta.citazione.as_str()) });
            vec![riga(carta.codice), regola, esito]
        });
        let righe: Vec<Vec<Riga>> = righe.collect();
        let colonne =
            vec![Colonna::parole("Codice", 3), Colonna::parole("Regola", 15), Colonna::parole("Com’è andata", 8)];
        testo.tabella(format!("Le regole: {}", sezione.norma.cita), colonne, righe, None);
        let found = sezione.carte.iter().filter(|carta| !carta.gruppi.is_empty());
        for carta in found {
            testo.titolo(format!("{} {}", carta.codice, plain(&capital(carta.titolo))));
            let voci = carta.gruppi.iter().map(|gruppo| {
                let mut righe: Riga =
                    vec![Brano::Esito { esito: gruppo.esito, parola: capital(gruppo.esito_nome).into() }, " ".into()];
                for (i, messaggio) in gruppo.messaggi.iter().enumerate() {
                    if i > 0 {
                        righe.push("; ".into());
                    }
                    righe.push(messaggio.testo.clone().into());
                    if let Some(etichetta) = &messaggio.etichetta {
                        righe.push(format!(" ({etichetta})").into());
                    }
                }
                let schede = gruppo.schede.iter().map(|scheda| {
                    let deroga = scheda.deroga.as_ref().map(|deroga| format!("deroga: {}", deroga.motivo));
                    let detto: Vec<String> = scheda.dettagli.iter().cloned().chain(deroga).collect();
                    let nome = scheda.soggetto.nome;
                    if detto.is_empty() { nome.to_owned() } else { format!("{nome}: {}", detto.join("; ")) }
                });
                let schede: Vec<String> = schede.collect();
                righe.push(format!(" – {}", schede.join(" · ")).into());
                righe
            });
            let voci: Vec<Riga> = voci.collect();
            testo.elenco_di(false, voci);
            if carta.altre > 0 {
                testo.nota(riga(format!(
                    "Altre {} schede sono solo nei dati aperti del sito, con tutti gli esiti.",
                    numero(carta.altre as u64)
                )));
            }
        }
    }
}

fn deroghe(testo: &mut Scrittore) {
    let deroghe = scritte(testo.site, testo.p);
    testo.paragrafo("Le deroghe", "deroghe".into());
    if deroghe.is_empty() {
        testo.testo("Nessuna scheda di questo Piano è in deroga.");
        return;
    }
    for voce in deroghe {
        let regola = voce
            .regola
            .as_ref()
            .map_or_else(|| riga("di una norma che qui non vale"), |regola| riga(plain(&capital(regola.titolo))));
        testo.righe(vec![Brano::forte(format!("{}: {}", voce.soggetto.nome, voce.codice))]);
        let mut voci: Vec<(Parole, Riga)> = vec![
            ("Regola".into(), regola),
            ("Motivo".into(), riga(sentence(voce.deroga.motivo))),
            ("Atto".into(), atto(voce.deroga.atto)),
        ];
        if !voce.serve {
            voci.push((
                "Oggi".into(),
                riga("La deroga non serve: la scheda rispetta la regola, o la regola non la riguarda."),
            ));
        }
        testo.voci(voci);
    }
}
