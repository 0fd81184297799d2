//! `explain` of records and fields, and the schemas that `schema` writes.

use concilia::schema::{GENERI, Nodo};
use serde_json::Value;

use crate::support::{Site, tree};

fn explained(site: &Site, what: &str) -> String {
    let text = site.concilia(["explain", what]).output().exits(0).stdout;
    // A word may be longer than its line, such as an address.
    let fits = |line: &str| line.chars().count() <= 80 || !line.trim().contains(' ');
    let (words, example) = text.split_once("\nEsempio\n").unwrap_or((&text, ""));
    assert!(words.lines().all(fits), "{what}:\n{text}");
    assert!(!example.contains("  \n"), "{what}:\n{text}");
    text
}

#[test]
fn a_list_of_groups_is_explained_with_its_fields_and_an_example() {
    assert_eq!(
        explained(&Site::empty(), "progetto.pagamenti"),
        "progetto.pagamenti: Le somme già pagate, una riga per mandato, e quelle
restituite. Ciò che è pagato non supera il contributo che valeva quel giorno.

  Formato     un elenco di gruppi di campi; facoltativo

Campi
  data        Il giorno del mandato di pagamento. (una data, obbligatorio)
  importo     Quanto è stato pagato, dal mandato: sempre positivo e al lordo,
              anche in una restituzione. (un importo, obbligatorio)
  tipo        Di che pagamento si tratta. Una `restituzione` torna all'ATS, e si
              toglie da quanto è pagato. (una scelta)
  ente        L'ente che riceve la somma, o che la restituisce: il suo
              identificativo, dalla cartella `partner`. (un identificativo)
  atto        L'atto che liquida la somma. (un `id` di `atti.yaml`, o un gruppo
              di campi)

Esempio
  pagamenti:
    - data: 2026-02-18
      importo: 28000.00
      tipo: anticipo
      ente: comune-albino
"
    );
}

#[test]
fn every_kind_of_record_and_each_of_its_fields_is_explained() {
    let site = Site::empty();
    let list = site.concilia(["explain"]).output().exits(0).stdout;
    for genere in GENERI {
        assert!(list.contains(&format!("\n  {} ", genere.nome)), "{list}");
        let text = explained(&site, genere.nome);
        let schema = genere.schema();
        for (nome, _) in Nodo(&schema).campi() {
            assert!(text.contains(&format!("\n  {nome}")), "{nome} in\n{text}");
        }
        let (nome, _) = Nodo(&schema).campi().last().expect("fields");
        explained(&site, &format!("{}.{nome}", genere.nome));
        assert_eq!(explained(&site, &genere.cartella().to_uppercase()), text);
    }
}

#[test]
fn a_field_is_found_by_its_own_name_where_there_is_one_of_that_name() {
    let site = Site::empty();
    assert!(explained(&site, "finanziamento").starts_with("progetto.finanziamento: "));
    // The same wherever it stands.
    assert!(explained(&site, "contatti").contains("\n  Anche in    sito.ambiti.contatti, "));
    assert_eq!(
        explained(&site, "contributo"),
        "`contributo` vuol dire più cose: scegli il campo per intero.

  avviso.esito.contributo
              La somma di tutti i contributi riconosciuti.
  avviso.esito.province.contributo
              La somma dei loro contributi.
  progetto.partenariato.contributo
              La parte del contributo che l'ente riceve. Le parti di tutti,
              insieme, fanno il contributo riconosciuto; `0.00` se l'ente non
              riceve nulla.
"
    );
    let wrong = [("progetto.pagamento", "`progetto.pagamenti`"), ("finanziamneto", "`finanziamento`")];
    for (name, near) in wrong {
        let told = site.concilia(["explain", name]).output().exits(2).stderr;
        assert_eq!(told, format!("errore: il campo `{name}` non c'è: forse intendevi {near}?\n"));
    }
}

#[test]
fn a_kind_of_rule_is_explained_with_its_parameters_and_the_field_of_that_name() {
    let text = explained(&Site::empty(), "graduatoria");
    assert!(text.starts_with("graduatoria: se i posti seguono i punteggi"), "{text}");
    assert!(text.contains("`concilia explain progetto.graduatoria`"), "{text}");
    assert!(text.contains("\nCampi\n  punteggio_decrescente\n"), "{text}");
}

#[test]
fn what_a_field_may_name_comes_from_the_norms_and_from_the_site() {
    let site = Site::example();
    let alleanze = explained(&site, "progetto.alleanza");
    assert!(
        alleanze.contains("\nValori, di questo sito\n") && alleanze.contains("\n  monte       Alleanza del Monte\n")
    );
    let voci = explained(&site, "macrocategoria");
    assert!(voci.starts_with("`macrocategoria` vuol dire più cose"), "{voci}");
    let voci = explained(&site, "progetto.azioni.macrocategoria");
    assert!(
        voci.contains("\nValori, secondo DGR n. XII/5464 del 9 dicembre 2025\n  responsabilita-di-cura\n"),
        "{voci}"
    );
    let stati = explained(&site, "progetto.stato");
    assert!(stati.contains("\nValori\n  presentato  La domanda è arrivata"), "{stati}");
    let domande = explained(&site, "progetto.servizi.dichiarazioni");
    assert!(domande.contains("\n  continuativa\n              l'assistenza è continuativa?\n"), "{domande}");
}

#[test]
fn the_schemas_know_the_site_and_are_the_same_each_time() {
    let site = Site::example();
    let told = site.concilia(["schema"]).output().exits(0).stdout;
    assert!(told.starts_with("Scritti 12 schemi in `schemi`.\n"), "{told}");
    let settings: Value = serde_json::from_str(&told[told.find('{').expect("settings")..]).expect("settings");
    assert_eq!(settings["yaml.schemas"]["schemi/progetto.schema.json"], "content/piani/*/progetti/*.yaml");
    let written = tree(&site.path("schemi"));
    let schema =
        |nome: &str| -> Value { serde_json::from_slice(&written[&format!("{nome}.schema.json")]).expect(nome) };
    let progetto = schema("progetto");
    assert_eq!(progetto["$schema"], "http://json-schema.org/draft-07/schema#");
    assert_eq!(progetto["properties"]["alleanza"]["anyOf"][0]["enum"][3], "monte");
    assert_eq!(progetto["properties"]["alleanza"]["anyOf"][0]["enumDescriptions"][3], "Alleanza del Monte");
    assert_eq!(progetto["properties"]["stato"]["enum"][0], "presentato");
    let costo = &progetto["properties"]["finanziamento"]["properties"]["costo_complessivo"];
    assert_eq!(costo["type"], serde_json::json!(["number", "string", "null"]));
    assert!(costo.get("multipleOf").is_none() && costo.get("examples").is_none(), "{costo}");
    assert_eq!(schema("ente")["items"]["required"], serde_json::json!(["nome", "categoria", "id"]));
    site.concilia(["schema"]).output().exits(0);
    assert_eq!(tree(&site.path("schemi")), written);
    // An act is named by its id, or written out.
    let small = Site::small();
    small.concilia(["schema"]).output().exits(0);
    let written = tree(&small.path("schemi"));
    let progetto: Value = serde_json::from_slice(&written["progetto.schema.json"]).expect("JSON");
    let atto = &progetto["properties"]["atti"]["properties"]["concessione"];
    assert_eq!(atto["anyOf"][0]["enum"][0], "delibera-12-2026");
    assert!(atto["properties"]["numero"].is_object(), "{atto}");
    // Without a site there are the norms of the program.
    let bare = Site::empty();
    bare.concilia(["schema", "--out", "altrove"]).output().exits(0);
    assert!(bare.path("altrove/norma.schema.json").exists());
}
