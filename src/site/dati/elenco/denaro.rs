//! The money: who receives it, what was paid, where it comes from.

use super::{ATTO, Testa, Voce, di_periodo, di_progetto, uniti};
use crate::plan::conto::saldo;
use crate::plan::simulazione::graduatoria::{Assegnata, registrata};
use crate::plan::{Periodo, Progetto};
use crate::record::{self, Pagamento, Residuo, Ruolo, Stanziamento, Trasferimento};
use crate::schema::{chiave, nome};
use crate::site::Site;
use crate::site::concessioni::{self, Concessione};
use crate::site::dati::{Dati, indirizzo};
use crate::site::engine::Letture;
use crate::site::viste::indirizzo_progetto;
use crate::view::Codice;

pub fn beneficiari<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "beneficiari",
        "Beneficiari",
        "Chi riceve i contributi dei progetti e quanto, con gli atti di concessione: una riga per progetto e beneficiario.",
    ];
    let plan = &*site.plan;
    let ruolo = |voce: &Voce<'a, Concessione<'a>>| -> Option<Ruolo> {
        voce.dati.beneficiario.as_ref().map(|_| voce.dati.parte.map_or(Ruolo::Capofila, |parte| parte.ruolo))
    };
    let aiuti = |voce: &Voce<'a, Concessione<'a>>| {
        let id = voce.dati.beneficiario.as_ref().map(|ente| ente.id);
        voce.progetto.dati.aiuti.iter().filter(move |aiuto| Some(&aiuto.ente) == id)
    };
    di_progetto(TESTA, plan, |periodo, progetto| concessioni::di_progetto(plan, periodo, progetto))
        .con("capofila", "l'identificativo dell'ente che guida il progetto", |voce| voce.dati.capofila.id)
        .con("capofila_nome", "il nome dell'ente che guida il progetto", |voce| voce.dati.capofila.nome)
        .con(
            "beneficiario",
            "l'identificativo dell'ente che riceve; vuoto dove la ripartizione non è indicata",
            |voce| voce.dati.beneficiario.as_ref().map(|ente| ente.id),
        )
        .con("beneficiario_nome", "chi riceve: l'ente, o il partenariato dove la ripartizione non è indicata", |voce| {
            voce.dati.nome()
        })
        .con("codice_fiscale", "dell'ente che riceve, se la fonte lo indica", |voce| {
            voce.dati.codice_fiscale.map(Codice)
        })
        .con_parola(["ruolo_codice", "ruolo"], "il ruolo dell'ente nel progetto", ruolo)
        .con("costo", "la parte del costo che l'ente gestisce; vuoto dove la fonte non la indica", |voce| {
            voce.dati.parte.and_then(|parte| parte.quota)
        })
        .con("cofinanziamento", "la parte che l'ente mette di suo; vuoto dove la fonte non la indica", |voce| {
            voce.dati.parte.and_then(|parte| parte.cofinanziamento)
        })
        .con("contributo", "quanto riceve, in euro; vuoto dove la fonte non lo indica", |voce| voce.dati.importo)
        .con_atto(ATTO, "l'atto di concessione", |voce| voce.dati.atto)
        .con("atti_dopo", "gli atti che hanno poi cambiato l'importo", |voce| {
            uniti(voce.dati.atti_dopo.iter().map(|atto| atto.cita()))
        })
        .con("responsabile", "il responsabile del procedimento, se la fonte lo indica", |voce| {
            voce.dati.responsabile.map(|responsabile| &responsabile.nome)
        })
        .con("ufficio", "l'ufficio del responsabile, se la fonte lo indica", |voce| {
            voce.dati.responsabile.map(|responsabile| &responsabile.ufficio)
        })
        .con("avviso", "l'identificativo dell'avviso con cui il progetto è stato scelto", |voce| {
            voce.dati.modalita.as_ref().map(|avviso| Codice(avviso.id))
        })
        .con("avviso_titolo", "il titolo dell'avviso", |voce| voce.dati.modalita.as_ref().map(|avviso| avviso.nome))
        .con("cup", "il codice unico di progetto, se la fonte lo indica", |voce| voce.dati.cup.map(Codice))
        .con("cup_ente", "i codici unici che valgono per la parte dell'ente, se ne ha di suoi", |voce| {
            Codice(uniti(voce.dati.parte.into_iter().flat_map(|parte| &parte.cup)))
        })
        .con("cor", "i codici dell'aiuto nel registro nazionale, dove c'è un aiuto", move |voce| {
            Codice(uniti(aiuti(voce).filter_map(|aiuto| aiuto.cor.as_ref())))
        })
        .con("pubblicato_il", "il giorno di pubblicazione in Amministrazione trasparente", |voce| {
            voce.progetto.dati.pubblicato_il
        })
        .rinvio(&["capofila"], "enti", &["id"])
        .rinvio(&["beneficiario"], "enti", &["id"])
        .dati()
}

/// What articles 26 and 27 ask for, in their order.
pub fn trasparenza<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "trasparenza",
        "Atti di concessione",
        "I contributi nell'ordine degli articoli 26 e 27 del D.Lgs. 33/2013, come li chiede Amministrazione trasparente.",
    ];
    let plan = &*site.plan;
    di_progetto(TESTA, plan, |periodo, progetto| concessioni::di_progetto(plan, periodo, progetto))
        .con("anno", "l'anno dell'atto di concessione", |voce| {
            voce.dati.anno.map(|anno| u32::from(anno.unsigned_abs()))
        })
        .con("beneficiario_nome", "il nome di chi riceve", |voce| voce.dati.nome())
        .con("codice_fiscale", "i dati fiscali di chi riceve, se la fonte li indica", |voce| {
            voce.dati.codice_fiscale.map(Codice)
        })
        .con("importo", "quanto riceve, in euro; vuoto dove la fonte non lo indica", |voce| voce.dati.importo)
        .con_atto(ATTO, "la norma o il titolo a base dell'attribuzione", |voce| voce.dati.atto)
        .con("ufficio", "l'ufficio del procedimento", |voce| voce.dati.responsabile.map(|chi| &chi.ufficio))
        .con("responsabile", "il responsabile del procedimento", |voce| voce.dati.responsabile.map(|chi| &chi.nome))
        .con("modalita", "come il beneficiario è stato scelto", |voce| {
            voce.dati.modalita.as_ref().map(|avviso| avviso.nome)
        })
        .con("pagina", "la pagina del progetto selezionato", move |voce| {
            indirizzo(site, &indirizzo_progetto(voce.periodo, voce.progetto))
        })
        .con("curriculum", "il curriculum di chi ha avuto un incarico, se ce n'è uno", |voce| voce.dati.curriculum)
        .con(
            "amministrazione_trasparente",
            "dove il contributo è pubblicato in Amministrazione trasparente",
            move |_| plan.sito.amministrazione_trasparente.as_ref(),
        )
        .con("pubblicato_il", "il giorno di pubblicazione in Amministrazione trasparente", |voce| {
            voce.dati.pubblicato_il
        })
        .con("scaduta", "il giorno in cui il termine di pubblicazione è scaduto, se è scaduto", |voce| {
            voce.dati.scaduta
        })
        .dati()
}

/// A payment: of a project, or of the system action of a plan.
struct Pagato<'a> {
    periodo: &'a Periodo,
    riga: usize,
    progetto: Option<&'a Progetto>,
    dati: &'a Pagamento,
}

fn pagati(periodo: &Periodo) -> impl Iterator<Item = Pagato<'_>> {
    let progetti = periodo.progetti.iter();
    let dei_progetti = progetti.flat_map(|progetto| progetto.dati.pagamenti.iter().map(move |p| (Some(progetto), p)));
    let azione = periodo.risorse.iter().flat_map(|risorse| &risorse.dati.azione_di_sistema);
    let dell_azione = azione.flat_map(|azione| azione.pagamenti.iter().map(|pagamento| (None, pagamento)));
    let tutti = dei_progetti.chain(dell_azione).zip(1..);
    tutti.map(move |((progetto, dati), riga)| Pagato { periodo, riga, progetto, dati })
}

pub fn pagamenti<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "pagamenti",
        "Pagamenti",
        "Le somme pagate per i progetti e per l'azione di sistema, e quelle restituite: una riga per mandato.",
    ];
    let plan = &*site.plan;
    di_periodo(TESTA, plan, || plan.periodi.iter().flat_map(pagati), |pagato| pagato.periodo)
        .con("riga", "il numero della riga fra quelle del periodo, da 1", |pagato| pagato.riga)
        .con("progetto", "l'identificativo del progetto; vuoto per l'azione di sistema", |pagato| {
            pagato.progetto.map(|progetto| &progetto.id)
        })
        .con("progetto_titolo", "il titolo del progetto", |pagato| {
            pagato.progetto.map(|progetto| &progetto.dati.titolo)
        })
        .con("data", "il giorno del mandato", |pagato| pagato.dati.data)
        .con("importo", "quanto, in euro: sempre positivo, anche in una restituzione", |pagato| pagato.dati.importo)
        .con("importo_con_segno", "lo stesso, sotto zero dove è restituito: la somma è quanto è pagato", |pagato| {
            saldo(std::slice::from_ref(pagato.dati))
        })
        .con_parola(
            ["tipo_codice", "tipo"],
            "di che pagamento si tratta: una restituzione si toglie da quanto è pagato",
            |pagato| pagato.dati.tipo,
        )
        .con_ente(["ente", "ente_nome"], "chi riceve, o restituisce, la somma", |pagato| {
            pagato.dati.ente.as_ref().and_then(|id| plan.ente(id))
        })
        .con_atto(ATTO, "l'atto che liquida la somma", |pagato| pagato.dati.atto.as_ref())
        .chiave(&["periodo", "riga"])
        .rinvio(&["ente"], "enti", &["id"])
        .dati()
}

/// What was assigned to a plan, then what of it has arrived.
type Risorsa<'a> = (&'a Periodo, usize, Option<&'a Stanziamento>, Option<&'a Trasferimento>);

fn delle_risorse(periodo: &Periodo) -> impl Iterator<Item = Risorsa<'_>> {
    let dati = periodo.risorse.iter().map(|risorse| &*risorse.dati);
    let voci = dati.flat_map(|dati| {
        let stanziate = dati.dotazione.iter().map(|voce| (Some(voce), None));
        stanziate.chain(dati.trasferimenti.iter().map(|voce| (None, Some(voce))))
    });
    voci.zip(1..).map(move |((stanziata, trasferita), riga)| (periodo, riga, stanziata, trasferita))
}

pub fn risorse<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "risorse",
        "Risorse",
        "Le somme assegnate a ogni Piano e quelle che la Regione ha già versato: ognuna nella sua colonna.",
    ];
    let plan = &*site.plan;
    let soggetti = || plan.periodi.iter().flat_map(delle_risorse);
    di_periodo(TESTA, plan, soggetti, |(periodo, ..)| periodo)
        .con("riga", "il numero della riga fra quelle del periodo, da 1", |(_, riga, ..)| *riga)
        .con("id", "il nome breve della somma assegnata", |(.., voce, _)| voce.map(|voce| &voce.id))
        .con("descrizione", "che somma è", |(.., voce, _)| {
            voce.map_or("Versamento della Regione", |voce| voce.descrizione.as_str())
        })
        .con("anno", "l'anno a cui si riferisce, se l'atto le divide per anno", |(.., voce, trasferita)| {
            voce.and_then(|voce| voce.anno).or(trasferita.map(|trasferita| trasferita.anno))
        })
        .con_parola(["destinazione_codice", "destinazione"], "a che cosa serve", |(.., voce, _)| {
            voce.map(|voce| voce.destinazione)
        })
        .con("origine", "l'atto che la assegna, a parole", |(.., voce, _)| voce.and_then(|voce| voce.origine.as_ref()))
        .con("stanziato", "quanto è assegnato, in euro", |(.., voce, _)| voce.map(|voce| voce.importo))
        .con("versato", "quanto è arrivato, in euro", |(.., voce)| voce.map(|voce| voce.importo))
        .con("versato_il", "il giorno in cui è arrivato", |(.., voce)| voce.map(|voce| voce.data))
        .chiave(&["periodo", "riga"])
        .dati()
}

fn dei_residui(periodo: &Periodo) -> impl Iterator<Item = (&Periodo, &Residuo)> {
    let residui = periodo.risorse.iter().flat_map(|risorse| &risorse.dati.residui);
    residui.map(move |residuo| (periodo, residuo))
}

pub fn residui<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa =
        ["residui", "Residui", "Ciò che i programmi precedenti hanno lasciato, e chi ne ha permesso l'uso."];
    let plan = &*site.plan;
    let soggetti = || plan.periodi.iter().flat_map(dei_residui);
    let azione = |periodo: &'a Periodo| -> Option<&'a record::AzioneDiSistema> {
        periodo.risorse.as_ref().and_then(|risorse| risorse.dati.azione_di_sistema.as_ref())
    };
    di_periodo(TESTA, plan, soggetti, |(periodo, _)| periodo)
        .con("id", "il nome breve del residuo nel periodo", |(_, residuo)| &residuo.id)
        .con("descrizione", "da dove viene", |(_, residuo)| &residuo.descrizione)
        .con("programma", "il programma che lo ha lasciato, se la fonte lo indica", |(_, residuo)| {
            residuo.programma.as_ref()
        })
        .con("importo", "quanto è rimasto, in euro", |(_, residuo)| residuo.importo)
        .con(
            "utilizzabile",
            "quanto se ne può usare, in euro: nulla prima che chi deve lo permetta",
            |(p, residuo)| p.utilizzabile(residuo),
        )
        .con("autorizzazione", "chi ne ha permesso l'uso", |(_, residuo)| residuo.autorizzato_da())
        .con_atto(ATTO, "l'atto che ne permette l'uso", |(_, residuo)| residuo.atto.as_ref())
        .con("deciso_il", "il giorno in cui se n'è deciso l'uso", |(_, residuo)| residuo.deciso_il)
        .con("progetto", "l'identificativo del progetto che lo riceve, se è di uno solo", |(_, residuo)| {
            residuo.assegnato_a.as_ref()
        })
        .con("azione_di_sistema", "se paga l'azione di sistema", move |(periodo, residuo)| {
            azione(periodo).is_some_and(|azione| azione.residuo.as_ref() == Some(&residuo.id))
        })
        .chiave(&["periodo", "id"])
        .dati()
}

pub fn graduatorie<'a>(site: &'a Site, _: &'a Letture) -> Dati<'a> {
    const TESTA: Testa = [
        "graduatorie",
        "Graduatorie",
        "I progetti in graduatoria, con i punti, e come il denaro è sceso lungo la lista.",
    ];
    let plan = &*site.plan;
    let soggetti = || {
        plan.periodi.iter().flat_map(|periodo| {
            let righe = registrata(periodo, &plan.sito.ats.nome).into_iter();
            righe.filter(|riga| riga.progetto.dati.graduatoria.is_some()).map(move |riga| (periodo, riga))
        })
    };
    let posto = |(_, riga): &(&'a Periodo, Assegnata<'a>)| riga.progetto.dati.graduatoria.as_ref();
    di_periodo(TESTA, plan, soggetti, |(periodo, _)| periodo)
        .con("progetto", "l'identificativo del progetto nel periodo", |(_, riga)| &riga.progetto.id)
        .con("progetto_titolo", "il titolo del progetto", |(_, riga)| &riga.progetto.dati.titolo)
        .con("avviso", "l'identificativo dell'avviso, se la fonte lo indica", |(periodo, riga)| {
            riga.progetto.avviso.map(|a| &periodo.avvisi[a].id)
        })
        .con("posizione", "il posto: 1 è il primo", move |riga| posto(riga).map(|posto| posto.posizione))
        .con("punteggio", "i punti dati dalla commissione", move |riga| posto(riga).map(|posto| posto.punteggio))
        .con("punti", "i punti criterio per criterio, se la fonte li indica", move |riga| {
            let punti = posto(riga).into_iter().flat_map(|posto| &posto.punti);
            uniti(punti.map(|voce| format!("{}: {}", voce.criterio, voce.punti)))
        })
        .con("richiesto", "il contributo richiesto, in euro", |(_, riga)| {
            riga.progetto.dati.finanziamento.contributo_richiesto
        })
        .con("da_dotazione", "quanto ne viene dalla dotazione, in euro", |(_, riga)| riga.da_dotazione)
        .con("da_residui", "quanto ne viene dai residui, in euro", |(_, riga)| riga.da_residui)
        .con("riconosciuto", "il contributo riconosciuto, in euro", |(_, riga)| {
            riga.progetto.dati.finanziamento.contributo_riconosciuto
        })
        .con("non_riconosciuto", "quanto è stato chiesto e non riconosciuto, in euro", |(_, riga)| {
            riga.progetto.dati.finanziamento.non_riconosciuto()
        })
        .con("rimane", "quanto rimane in dotazione dopo il progetto, in euro: non si somma", |(_, riga)| riga.resta)
        .con("stato_codice", "lo stato del progetto: la parola delle schede", |(_, riga)| {
            Codice(chiave(riga.progetto.dati.stato()))
        })
        .con("stato", "lo stato del progetto", |(_, riga)| nome(riga.progetto.dati.stato()))
        .chiave(&["periodo", "progetto"])
        .rinvio(&["periodo", "progetto"], "progetti", &["periodo", "id"])
        .dati()
}
