//! Family Q: sums of parts are the wholes that the records declare.

use super::{Caso, Check, Judge};
use crate::path;
use crate::plan::{Periodo, Risorse};
use crate::record::TipoPagamento;
use crate::report::{Diagnostic, Place, Report, Rule};
use crate::schema;
use crate::value::{Euro, euro, migliaia};

pub const CHECKS: &[Check] = &[
    Rule::new("Q-01", "costo = contributo richiesto + cofinanziamento")
        .why("il piano finanziario deve tornare")
        .example("un costo di € 56.000,00 con € 40.000,00 richiesti e € 15.000,00 di cofinanziamento")
        .of_projects(costo),
    Rule::new("Q-02", "il contributo riconosciuto non supera quello richiesto")
        .why("non si riconosce più di quanto è stato chiesto")
        .example("€ 42.000,00 riconosciuti a chi ha chiesto € 40.000,00")
        .of_projects(riconosciuto),
    Rule::new("Q-03", "i totali dichiarati tornano")
        .why("una differenza non spiegata è un errore")
        .example("un totale di € 286.940,25 quando i progetti fanno € 299.078,25: si spiega con `esclude`")
        .in_periods(totali_dichiarati),
    Rule::new("Q-04", "le percentuali fanno 100")
        .why("le parti devono dare l'intero")
        .example("voci che insieme fanno il 99 %")
        .of_periods(composizione),
    Check::also(Judge::Period(erogazione)),
    Check::also(Judge::InPeriod(rate)),
    Check::also(Judge::InPeriod(parte_del_costo)),
    Rule::new("Q-05", "le quote del partenariato fanno il costo")
        .why("ogni euro ha chi lo gestisce")
        .example("quote che insieme fanno € 49.000,00 di un costo di € 50.000,00")
        .of_projects(shares),
    Rule::new("Q-25", "di ogni ente la quota è cofinanziamento più contributo")
        .why("ogni euro di costo ha chi lo paga")
        .example("una quota di € 31.000,00 con € 2.000,00 di cofinanziamento e € 28.000,00 di contributo")
        .of_projects(parti),
    Rule::new("Q-06", "i costi delle azioni, e il costo ammissibile, stanno nel costo")
        .why("le parti non superano l'intero")
        .example("azioni che insieme costano più del progetto")
        .of_projects(azioni),
    Check::also(Judge::Project(ammissibile)),
    Rule::new("Q-07", "il riparto fra le ATS torna")
        .why("le righe devono dare i totali")
        .example("righe del riparto che fanno € 990.000,00 invece di € 1.000.000,00")
        .in_periods(riparto),
    Rule::new("Q-09", "la quota in denaro sta nel cofinanziamento")
        .why("la parte non supera l'intero")
        .example("€ 5.000,00 in denaro su € 4.000,00 di cofinanziamento")
        .of_projects(denaro),
    Rule::new("Q-10", "l'importo dell'azione di sistema è la quota dichiarata")
        .why("la quota è fissata dagli atti")
        .example("il 20 % di € 358.675,31 è € 71.735,06, al centesimo")
        .of_periods(azione_di_sistema),
];

/// cost = contribution requested + cofinancing (the granted one may be less), until a variant makes it what was
/// granted + cofinancing.
fn costo(caso: &Caso) -> Option<Diagnostic> {
    let voci = &caso.dati.finanziamento;
    let (contributo, campo, detto, detti) = match caso.dati.e_variato() {
        false => (voci.contributo_richiesto?, "contributo_richiesto", "richiesto", "richiesti"),
        true => (voci.contributo_riconosciuto?, "contributo_riconosciuto", "riconosciuto", "riconosciuti"),
    };
    let (costo, cofinanziamento) = (voci.costo_complessivo?, voci.cofinanziamento?);
    let somma = contributo + cofinanziamento;
    (somma != costo).then(|| {
        let message = format!("il costo complessivo non è la somma di contributo {detto} e cofinanziamento");
        Diagnostic::error("Q-01", message)
            .at(caso.importo("costo_complessivo"))
            .label(format!("{}, ma le parti fanno {}", euro(costo), euro(somma)))
            .related(caso.importo(campo), format!("{detti} {}", euro(contributo)))
            .related(caso.importo("cofinanziamento"), format!("cofinanziati {}", euro(cofinanziamento)))
            .help(format!("una delle tre voci è sbagliata di {}", difference(costo, somma)))
    })
}

/// The distance between two amounts, without a sign.
fn difference(a: Euro, b: Euro) -> String {
    euro(if a > b { a - b } else { b - a })
}

/// granted ≤ requested.
fn riconosciuto(caso: &Caso) -> Option<Diagnostic> {
    let voci = &caso.dati.finanziamento;
    let (riconosciuto, richiesto) = (voci.contributo_riconosciuto?, voci.contributo_richiesto?);
    (riconosciuto > richiesto).then(|| {
        Diagnostic::error("Q-02", "il contributo riconosciuto supera quello richiesto")
            .at(caso.importo("contributo_riconosciuto"))
            .label(format!("{}, ma richiesti {}", euro(riconosciuto), euro(richiesto)))
            .help("correggi il contributo riconosciuto, o `contributo_richiesto`")
    })
}

/// a declared total is the sum of the projects, less what it says it leaves out.
fn totali_dichiarati(periodo: &Periodo, report: &mut Report) {
    let Some(risorse) = periodo.risorse.as_ref().filter(|_| periodo.completo) else { return };
    for (i, declared) in risorse.dati.totali_dichiarati.iter().enumerate() {
        // What is left out is not known when its name is wrong, which has had its own message.
        let named = |id: &crate::value::Id| risorse.dati.residui.iter().filter(|residuo| residuo.id == *id).count();
        if !declared.esclude.iter().all(|id| named(id) == 1) {
            continue;
        }
        let left_out: Euro = risorse
            .dati
            .residui
            .iter()
            .filter(|residuo| declared.esclude.contains(&residuo.id))
            .map(|residuo| residuo.importo)
            .sum();
        // A sum with a term that the source does not give is not the whole.
        let sum = periodo.somma_all_inizio(declared.voce);
        let Some(computed) = sum.importo.filter(|_| sum.su == periodo.progetti.len()) else { continue };
        let computed = computed - left_out;
        if computed == declared.importo {
            continue;
        }
        let less = if left_out.e_zero() { String::new() } else { format!(", tolti {}", euro(left_out)) };
        report.add(
            Diagnostic::error("Q-03", format!("il totale dichiarato di `{}` non torna", schema::chiave(declared.voce)))
                .at(risorse.origine.value(path!["totali_dichiarati", i, "importo"]))
                .label(format!("{}, ma i progetti fanno {}{less}", euro(declared.importo), euro(computed)))
                .help(format!(
                    "la differenza è {}: se il totale lascia fuori un residuo, nominalo in `esclude`",
                    difference(computed, declared.importo)
                )),
        );
    }
}

/// the percentages of a composition add up to 100.
fn composizione(periodo: &Periodo) -> Option<Diagnostic> {
    let voci = periodo.dati.composizione.as_ref()?.voci.iter();
    let somma: u64 = voci.map(|voce| u64::from(voce.percentuale)).sum();
    (somma != 100).then(|| {
        Diagnostic::error("Q-04", "le percentuali della composizione non fanno 100")
            .at(periodo.origine.key(path!["composizione", "voci"]))
            .label(format!("fanno {}", migliaia(&somma.to_string())))
            .help("ricontrolla le voci sulla fonte")
    })
}

/// no part in which a call pays is more than the whole.
fn erogazione(periodo: &Periodo) -> Option<Diagnostic> {
    periodo.avvisi.iter().find_map(|avviso| {
        let i = avviso.dati.erogazione.iter().position(|rata| rata.percentuale > 100)?;
        Some(
            Diagnostic::error("Q-04", "l'avviso paga più del contributo")
                .at(avviso.origine.value(path!["erogazione", i, "percentuale"]))
                .help("una parte è al massimo 100: correggi `percentuale`"),
        )
    })
}

/// the parts in which a call pays are at most the whole; what is paid all at once is another way.
fn rate(periodo: &Periodo, report: &mut Report) {
    for avviso in &periodo.avvisi {
        let e_una_parte = |tipo| !matches!(tipo, TipoPagamento::UnicaSoluzione | TipoPagamento::Restituzione);
        let parti = avviso.dati.erogazione.iter().filter(|rata| e_una_parte(rata.tipo));
        let parti: Vec<u32> = parti.map(|rata| rata.percentuale).collect();
        let somma: u64 = parti.iter().copied().map(u64::from).sum();
        // One that is more than the whole by itself has had its message.
        if somma > 100 && parti.iter().all(|parte| *parte <= 100) {
            report.add(
                Diagnostic::warning("Q-04", "le parti in cui l'avviso paga fanno più del contributo")
                    .at(avviso.origine.key(path!["erogazione"]))
                    .label(format!("insieme {somma}"))
                    .help("insieme fanno al massimo 100: correggi le `percentuale`"),
            );
        }
    }
}

/// a call pays a part of the cost, and no more than all of it.
fn parte_del_costo(periodo: &Periodo, report: &mut Report) {
    for avviso in &periodo.avvisi {
        let percentuale = avviso.dati.limiti.as_ref().and_then(|limiti| limiti.percentuale_massima);
        let message = match percentuale {
            Some(0) => "l'avviso non paga nessuna parte del costo",
            Some(101..) => "l'avviso paga più del costo",
            _ => continue,
        };
        report.add(
            Diagnostic::error("Q-04", message)
                .at(avviso.origine.value(path!["limiti", "percentuale_massima"]))
                .help("scrivi un numero da 1 a 100, come `80`"),
        );
    }
}

/// where every row of the partnership has its share, the shares add up to the cost.
fn shares(caso: &Caso) -> Option<Diagnostic> {
    let rows = &caso.dati.partenariato;
    let costo = caso.dati.finanziamento.costo_complessivo?;
    let shares: Vec<Euro> = rows.iter().filter_map(|row| row.quota).collect();
    let sum: Euro = shares.iter().copied().sum();
    let wrong = if shares.len() == rows.len() { !rows.is_empty() && sum != costo } else { sum > costo };
    wrong.then(|| {
        Diagnostic::error("Q-05", "le quote del partenariato non fanno il costo complessivo")
            .at(caso.key(path!["partenariato"]))
            .label(format!("le quote fanno {}, il costo è {}", euro(sum), euro(costo)))
            .help(format!("la differenza è {}", difference(sum, costo)))
    })
}

/// share = cofinancing + contribution, body by body, and their cofinancings add up. Where less was granted than
/// asked for, nobody has yet written who makes up for it.
fn parti(caso: &Caso) -> Option<Diagnostic> {
    let voci = &caso.dati.finanziamento;
    let (costo, cofinanziamento) = (voci.costo_complessivo?, voci.cofinanziamento?);
    if cofinanziamento + voci.contributo_riconosciuto? != costo {
        return None;
    }
    for (i, riga) in caso.dati.partenariato.iter().enumerate() {
        let (Some(quota), Some(suo), Some(contributo)) = (riga.quota, riga.cofinanziamento, riga.contributo) else {
            continue;
        };
        if quota != suo + contributo {
            return Some(
                Diagnostic::error("Q-25", format!("la quota di `{}` non è cofinanziamento più contributo", riga.ente))
                    .at(caso.value(path!["partenariato", i, "quota"]))
                    .label(format!("{}, ma le parti fanno {}", euro(quota), euro(suo + contributo)))
                    .help(format!("la differenza è {}", difference(quota, suo + contributo))),
            );
        }
    }
    let suoi: Vec<Euro> = caso.dati.partenariato.iter().filter_map(|riga| riga.cofinanziamento).collect();
    let somma: Euro = suoi.iter().copied().sum();
    (!suoi.is_empty() && suoi.len() == caso.dati.partenariato.len() && somma != cofinanziamento).then(|| {
        Diagnostic::error("Q-25", "i cofinanziamenti degli enti non fanno quello del progetto")
            .at(caso.key(path!["partenariato"]))
            .label(format!("gli enti mettono {}", euro(somma)))
            .related(caso.importo("cofinanziamento"), format!("il progetto {}", euro(cofinanziamento)))
            .help(format!("la differenza è {}", difference(somma, cofinanziamento)))
    })
}

/// the costs of the actions stay within the cost of the project, both as its sheet has them.
fn azioni(caso: &Caso) -> Option<Diagnostic> {
    let costo = caso.progetto.scritto.finanziamento.costo_complessivo?;
    let somma: Euro = caso.dati.azioni.iter().filter_map(|azione| azione.costo).sum();
    (somma > costo).then(|| {
        Diagnostic::error("Q-06", "i costi delle azioni superano il costo complessivo")
            .at(caso.key(path!["azioni"]))
            .label(format!("le azioni fanno {}, il costo è {}", euro(somma), euro(costo)))
            .help("correggi il `costo` delle azioni o il `costo_complessivo`")
    })
}

/// the eligible cost is a part of the cost, both as its sheet has them.
fn ammissibile(caso: &Caso) -> Option<Diagnostic> {
    let voci = &caso.progetto.scritto.finanziamento;
    let (ammissibile, costo) = (voci.costo_ammissibile?, voci.costo_complessivo?);
    (ammissibile > costo).then(|| {
        caso.found("Q-06", "il costo ammissibile supera il costo complessivo")
            .at(caso.value(path!["finanziamento", "costo_ammissibile"]))
            .label(format!("{}, ma il costo è {}", euro(ammissibile), euro(costo)))
            .help("il costo ammissibile è una parte del costo: correggi uno dei due importi")
    })
}

/// A printed total that is not what its parts add up to.
pub(super) fn total(code: &'static str, message: String, place: Place, label: String) -> Diagnostic {
    Diagnostic::error(code, message).at(place).label(label).help("ricontrolla le righe e il totale sulla fonte")
}

/// the rows of the regional split give its totals, in whole units.
fn riparto(periodo: &Periodo, report: &mut Report) {
    let Some(Risorse { dati, origine }) = &periodo.risorse else { return };
    let Some(riparto) = &dati.riparto else { return };
    let abitanti: u64 = riparto.righe.iter().map(|riga| u64::from(riga.abitanti)).sum();
    if let Some(totale) = riparto.totale_abitanti.map(u64::from).filter(|&totale| totale != abitanti) {
        let message = "il totale degli abitanti non è la somma delle righe".to_owned();
        let [totale, somma] = [totale, abitanti].map(|numero| migliaia(&numero.to_string()));
        let place = origine.value(path!["riparto", "totale_abitanti"]);
        report.add(total("Q-07", message, place, format!("{totale}, ma le righe fanno {somma}")));
    }
    for (&anno, &totale) in &riparto.totale_annuo {
        let somma: Euro = riparto.righe.iter().filter_map(|riga| riga.importi.get(&anno)).copied().sum();
        if somma != totale {
            let message = format!("il totale del {anno} non è la somma delle righe");
            let place = origine.value(path!["riparto", "totale_annuo", anno.to_string()]);
            let label = format!("{}, ma le righe fanno {}", euro(totale), euro(somma));
            report.add(total("Q-07", message, place, label));
        }
    }
    for (i, riga) in riparto.righe.iter().enumerate() {
        for (anno, importo) in &riga.importi {
            let unita = riparto.unita.decimale();
            if unita.is_zero() || !(importo.decimale() % unita).is_zero() {
                report.add(
                    Diagnostic::error("Q-07", format!("la quota di {} non è un multiplo dell'unità", riga.ats))
                        .at(origine.value(path!["riparto", "righe", i, "importi", anno.to_string()]))
                        .label(format!("{}, ma l'unità è {}", euro(*importo), euro(riparto.unita)))
                        .help("correggi l'importo, o l'`unita` del riparto"),
                );
            }
        }
    }
}

/// the cofinancing in cash is part of the cofinancing.
fn denaro(caso: &Caso) -> Option<Diagnostic> {
    let voci = &caso.dati.finanziamento;
    let (denaro, intero) = (voci.cofinanziamento_in_denaro?, voci.cofinanziamento?);
    (denaro > intero).then(|| {
        Diagnostic::error("Q-09", "la parte in denaro supera tutto il cofinanziamento")
            .at(caso.importo("cofinanziamento_in_denaro"))
            .label(format!("{}, ma il cofinanziamento è {}", euro(denaro), euro(intero)))
            .help("il denaro è una parte del cofinanziamento: correggi uno dei due importi")
    })
}

/// the system action is the declared share of the endowment, to the cent.
fn azione_di_sistema(periodo: &Periodo) -> Option<Diagnostic> {
    let Risorse { dati, origine } = periodo.risorse.as_ref()?;
    let azione = dati.azione_di_sistema.as_ref()?;
    let quota = azione.quota.as_ref()?;
    let i = dati.dotazione.iter().position(|voce| Some(&voce.id) == azione.dotazione.as_ref())?;
    let importo = dati.dotazione[i].importo;
    let totale: Euro = dati.dotazione.iter().map(|voce| voce.importo).sum();
    let attesa = totale.percentuale(quota.percentuale);
    (attesa != importo).then(|| {
        Diagnostic::error("Q-10", "l'importo dell'azione di sistema non è la quota dichiarata")
            .at(origine.value(path!["dotazione", i, "importo"]))
            .label(format!("{}, su una dotazione di {}", euro(importo), euro(totale)))
            .related(
                origine.value(path!["azione_di_sistema", "quota", "percentuale"]),
                format!("quota: {} %, cioè {}", quota.percentuale, euro(attesa)),
            )
            .help("correggi l'importo, o la percentuale scritta in `quota`")
    })
}
