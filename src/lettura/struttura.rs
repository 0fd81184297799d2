//! What the structure of a document calls a figure, and where it is drawn.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Document, Object, ObjectId, decode_text_string};

use super::Figura;

/// The elements of its structure.
const ELEMENTI: usize = 1 << 20;

/// The figures of the structure, with the pages on which their marks draw.
pub fn figure(document: &Document, ids: &[ObjectId], segnati: &[BTreeSet<i64>]) -> Result<Vec<Figura>, String> {
    let numero: BTreeMap<ObjectId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let root = document.catalog().and_then(|catalog| catalog.get_deref(b"StructTreeRoot", document));
    let Ok(root) = root.and_then(Object::as_dict) else { return Ok(Vec::new()) };
    let mut figure: Vec<Figura> = Vec::new();
    let mut visti = BTreeSet::new();
    // What is still to be looked at: the element, its page, and the figure that it belongs to.
    let mut coda: Vec<(&Object, Option<usize>, Option<usize>)> =
        root.get(b"K").ok().map(|k| (k, None, None)).into_iter().collect();
    let mut quanti = 0;
    while let Some((object, pagina, mia)) = coda.pop() {
        quanti += 1;
        if quanti > ELEMENTI {
            return Err("ha una struttura troppo grande: non lo apro".to_owned());
        }
        let Ok((id, object)) = document.dereference(object) else { continue };
        if id.is_some_and(|id| !visti.insert(id)) {
            continue;
        }
        match object {
            Object::Array(kids) => coda.extend(kids.iter().map(|kid| (kid, pagina, mia))),
            Object::Integer(mark) => {
                if let (Some(figura), Some(pagina)) = (mia.and_then(|mia| figure.get_mut(mia)), pagina)
                    && segnati.get(pagina).is_some_and(|segnati| segnati.contains(mark))
                {
                    figura.pagine.insert(pagina);
                }
            }
            Object::Dictionary(element) => {
                let here =
                    element.get(b"Pg").and_then(Object::as_reference).ok().and_then(|id| numero.get(&id).copied());
                let pagina = here.or(pagina);
                let alternativa = element.get_deref(b"Alt", document).ok().and_then(|alt| decode_text_string(alt).ok());
                let is_figure = element.get(b"S").and_then(Object::as_name).is_ok_and(|s| s == b"Figure");
                let mia = match alternativa.filter(|_| is_figure) {
                    Some(alternativa) => {
                        figure.push(Figura { alternativa, pagine: BTreeSet::new() });
                        Some(figure.len() - 1)
                    }
                    None => mia,
                };
                for key in [b"K".as_slice(), b"MCID"] {
                    coda.extend(element.get(key).ok().map(|kid| (kid, pagina, mia)));
                }
            }
            _ => {}
        }
    }
    figure.reverse();
    Ok(figure)
}
