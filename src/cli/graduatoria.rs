//! The simulated ranking in words and tables.

use crate::plan::Periodo;
use crate::plan::simulazione::graduatoria::{Graduatoria, Motivo, Provenienza, Riga};
use crate::value::{Euro, euro};

use super::tabella::Verso::{Destra, Sinistra, Titolo};
use super::tabella::{Tabella, conta, differenza, o_nulla, paragrafo};

pub fn testo(periodo: &Periodo, graduatoria: &Graduatoria) -> String {
    let mut parti = vec![paragrafo(&format!("Graduatoria simulata: {}", periodo.dati.titolo))];
    if let Some(avviso) = graduatoria.avviso.and_then(|id| periodo.avvisi.iter().find(|avviso| avviso.id == *id)) {
        parti[0].push_str(&paragrafo(&format!("Solo i progetti dell'avviso: {}", avviso.dati.titolo)));
    }
    if !graduatoria.righe.is_empty() {
        parti.push(lista(graduatoria));
    }
    parti.push(denaro(graduatoria));
    if !graduatoria.scorrimento.is_empty() {
        parti.push(scorrimento(graduatoria));
    }
    if !graduatoria.in_disparte.is_empty() {
        parti.push(in_disparte(graduatoria));
    }
    parti.push(in_breve(graduatoria));
    parti.join("\n")
}

fn lista(graduatoria: &Graduatoria) -> String {
    let righe = &graduatoria.righe;
    let diversi = graduatoria.confronto.uguali < graduatoria.confronto.registrati;
    // The last two only where there is something to compare with.
    let quante = if graduatoria.confronto.registrati > 0 { 7 } else { 5 };
    let colonne = [
        ("N.", Destra),
        ("Progetto", Titolo),
        ("Punti", Destra),
        ("Richiesto", Destra),
        ("Simulato", Destra),
        ("Registrato", Destra),
        if diversi { ("Differenza", Destra) } else { ("", Sinistra) },
    ];
    let mut tabella = Tabella::new(colonne.into_iter().take(quante));
    let decimali = righe.iter().map(|riga| riga.punteggio.0.scale()).max().unwrap_or(0);
    let vuota = String::new;
    for (i, voce) in righe.iter().enumerate() {
        let stella = match (graduatoria.pari_merito.is_empty(), voce.pari_merito) {
            (true, _) => "",
            (false, true) => "*",
            (false, false) => " ",
        };
        tabella.riga([
            format!("{}{stella}", voce.posto),
            voce.titolo.to_owned(),
            punti(voce, decimali),
            voce.richiesto.italiano(),
            voce.simulato.italiano(),
            o_nulla(voce.riconosciuto),
            voce.differenza.map(differenza).unwrap_or_default(),
        ]);
        for (nome, importo) in parti(graduatoria, i) {
            tabella.riga([vuota(), format!("  {nome}"), vuota(), vuota(), importo.italiano()]);
        }
    }
    tabella.filetto();
    let totali = &graduatoria.totali;
    tabella.riga([
        vuota(),
        "Totale".into(),
        vuota(),
        totali.richiesto.italiano(),
        totali.simulato.italiano(),
        o_nulla(totali.riconosciuto),
        totali.differenza.map(differenza).unwrap_or_default(),
    ]);
    tabella.scrivi()
}

/// The score as recorded, with the commas one below the other.
fn punti(riga: &Riga, decimali: u32) -> String {
    let suoi = riga.punteggio.0.scale();
    let virgola = usize::from(suoi == 0 && decimali > 0);
    let vuoto = usize::try_from(decimali - suoi).unwrap_or(0) + virgola;
    format!("{}{}", riga.punteggio.italiano(), " ".repeat(vuoto))
}

/// What an award is made of, where residuals are part of it.
fn parti<'a>(graduatoria: &'a Graduatoria, riga: usize) -> Vec<(&'a str, Euro)> {
    let residui = graduatoria.residui.iter().flat_map(|residuo| {
        let sue = residuo.assegnazioni.iter().filter(|data| data.riga == riga);
        sue.map(|data| (residuo.id.as_str(), data.importo))
    });
    let mut parti: Vec<_> = residui.collect();
    if !parti.is_empty() {
        parti.insert(0, ("dalla dotazione", graduatoria.righe[riga].da_dotazione));
    }
    parti
}

fn denaro(graduatoria: &Graduatoria) -> String {
    let mut tabella =
        Tabella::new([("Denaro", Titolo), ("Disponibile", Destra), ("Assegnato", Destra), ("Resta", Destra)]);
    let dotazione = &graduatoria.dotazione;
    let nome = match dotazione.provenienza {
        Provenienza::Ipotesi => "Dotazione provata",
        Provenienza::Avviso => "Dotazione dell'avviso",
        Provenienza::Progetti => "Dotazione per i progetti",
        Provenienza::Piano => "Dotazione di tutto il Piano",
    };
    let riga = |nome: String, importi: [Euro; 3]| std::iter::once(nome).chain(importi.map(Euro::italiano));
    tabella.riga(riga(nome.to_owned(), [dotazione.importo, dotazione.assegnata, dotazione.resta]));
    for residuo in graduatoria.residui.iter().filter(|residuo| !residuo.azione_di_sistema) {
        let nome = format!("{} ({})", residuo.id, residuo.descrizione);
        tabella.riga(riga(nome, [residuo.importo, residuo.importo - residuo.resta, residuo.resta]));
    }
    tabella.scrivi()
}

fn scorrimento(graduatoria: &Graduatoria) -> String {
    let mut tabella = Tabella::new([
        ("N.", Destra),
        ("Con altri fondi si completano", Titolo),
        ("Manca", Destra),
        ("In tutto", Destra),
    ]);
    for voce in &graduatoria.scorrimento {
        let riga = &graduatoria.righe[voce.riga];
        let importi = [voce.mancante, voce.cumulato].map(Euro::italiano);
        tabella.riga([riga.posto.to_string(), riga.titolo.to_owned()].into_iter().chain(importi));
    }
    tabella.scrivi()
}

fn in_disparte(graduatoria: &Graduatoria) -> String {
    let mut tabella =
        Tabella::new([("In disparte", Titolo), ("Perché", Sinistra), ("Richiesto", Destra), ("Registrato", Destra)]);
    for voce in &graduatoria.in_disparte {
        let motivo = match voce.motivo {
            Motivo::Ritirato => "ritirato",
            Motivo::SenzaPunteggio => "senza punteggio",
            Motivo::SenzaRichiesta => "senza contributo richiesto",
        };
        tabella.riga([voce.titolo.to_owned(), motivo.to_owned(), o_nulla(voce.richiesto), o_nulla(voce.riconosciuto)]);
    }
    tabella.scrivi()
}

fn in_breve(graduatoria: &Graduatoria) -> String {
    let mut frasi: Vec<String> = Vec::new();
    if graduatoria.righe.is_empty() {
        frasi.push("Nessun progetto ha un punteggio: non c'è una graduatoria da simulare.".into());
    } else {
        let come = "Il denaro scende lungo la graduatoria dal punteggio più alto: ognuno riceve quanto ha chiesto finché \
                    ce n'è, l'ultimo riceve quel che resta. Poi si danno i residui.";
        frasi.extend([come.into(), quanti(graduatoria)]);
    }
    frasi.extend(avvertenze(graduatoria));
    if !graduatoria.righe.is_empty() {
        frasi.push(confronto(graduatoria));
    }
    frasi.iter().map(|frase| paragrafo(frase)).collect()
}

/// How many have all, a part, nothing.
fn quanti(graduatoria: &Graduatoria) -> String {
    let righe = &graduatoria.righe;
    let massimo = righe.iter().filter(|riga| riga.mancante.e_zero() && riga.concedibile < riga.richiesto).count();
    let tutto = righe.iter().filter(|riga| riga.mancante.e_zero()).count() - massimo;
    let nulla = righe.iter().filter(|riga| !riga.mancante.e_zero() && riga.simulato.e_zero()).count();
    let parte = righe.len() - massimo - tutto - nulla;
    let tutto = conta(tutto, "progetto riceve", "progetti ricevono");
    let mut parole = vec![format!("{tutto} tutto quanto chiesto")];
    let altri = [(massimo, "il massimo che l'avviso ammette"), (parte, "una parte"), (nulla, "nulla")];
    parole.extend(altri.into_iter().filter(|(n, _)| *n > 0).map(|(n, quanto)| format!("{n} {quanto}")));
    format!("{}.", parole.join(", "))
}

/// What a reader must know before trusting the figures.
fn avvertenze(graduatoria: &Graduatoria) -> Vec<String> {
    let mut frasi = Vec::new();
    match graduatoria.dotazione.provenienza {
        Provenienza::Piano => frasi.push(
            "Nessuna voce della dotazione è destinata ai progetti: si usa quella di tutto il Piano, che gli atti non \
             dividono ancora."
                .into(),
        ),
        Provenienza::Progetti if graduatoria.avviso.is_some() => frasi.push(
            "L'avviso non ha una dotazione propria: si usa quella destinata ai progetti di tutto il Piano.".into(),
        ),
        _ => {}
    }
    if graduatoria.piu_avvisi {
        let come = "I progetti vengono da più avvisi, qui in una sola graduatoria: con `--avviso` se ne simula uno.";
        frasi.push(come.into());
    }
    for pari in &graduatoria.pari_merito {
        let posti: Vec<String> = pari.posti.iter().map(usize::to_string).collect();
        let effetto =
            if pari.decisivo { "l'ordine cambia quanto ricevono" } else { "ricevono lo stesso in qualsiasi ordine" };
        frasi.push(format!(
            "* Posti {}: a pari punteggio ({}) decidono i criteri dell'avviso. Qui vale la posizione registrata; {effetto}.",
            posti.join(", "),
            pari.punteggio.italiano()
        ));
    }
    if graduatoria.posizioni_fuori_ordine {
        frasi.push("Le posizioni registrate non seguono il punteggio: qui conta il punteggio.".into());
    }
    for residuo in graduatoria.residui.iter().filter(|residuo| !residuo.resta.e_zero()) {
        let resta = format!("Del residuo `{}` restano {}", residuo.id, euro(residuo.resta));
        frasi.push(match residuo.assegnato_a {
            _ if residuo.azione_di_sistema => format!(
                "Il residuo `{}`, di {}, paga l'azione di sistema: non è per i progetti.",
                residuo.id,
                euro(residuo.importo)
            ),
            Some(id) if residuo.fuori_lista => {
                format!("{resta}: è assegnato a `{id}`, che non è in questa graduatoria.")
            }
            Some(id) => format!("{resta}: a `{id}`, a cui è assegnato, non serve altro."),
            None => format!("{resta}: nessun progetto ne ha bisogno."),
        });
    }
    let fuori: Euro = graduatoria.in_disparte.iter().filter_map(|voce| voce.riconosciuto).sum();
    if !fuori.e_zero() {
        frasi.push(format!("I progetti in disparte hanno {} registrati, fuori dal confronto.", euro(fuori)));
    }
    frasi
}

fn confronto(graduatoria: &Graduatoria) -> String {
    let (registrati, uguali) = (graduatoria.confronto.registrati, graduatoria.confronto.uguali);
    let diversi = registrati - uguali;
    let provata = graduatoria.dotazione.provenienza == Provenienza::Ipotesi;
    let tutti = registrati == graduatoria.righe.len();
    let su = if tutti { registrati.to_string() } else { format!("{registrati} registrati") };
    match (registrati, diversi) {
        (0, _) => "Nessun contributo è registrato: non c'è nulla con cui confrontare.".to_owned(),
        (_, 0) => format!("La simulazione dà al centesimo i contributi registrati: {uguali} su {su}."),
        _ if provata => {
            let cambia = if diversi == 1 { "cambia" } else { "cambiano" };
            format!("Con questa dotazione {cambia} {} su {su}.", conta(diversi, "contributo", "contributi"))
        }
        _ => {
            let diversi = conta(diversi, "contributo è diverso", "contributi sono diversi");
            format!(
                "{diversi} dal registrato, su {su}. È un'informazione, non un errore: chi ha deciso può avere seguito \
                 anche altri criteri."
            )
        }
    }
}
