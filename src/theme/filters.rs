//! What templates can do with a value: `{{ importo | euro }}`, `{{ giorno | data }}`, `{{ testo | markdown }}`.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::messaggi;
use crate::markdown::{self, Setting};
use crate::record::{cita, senza_n};
use crate::value::quote::percento;
use crate::value::telefono::numeri;
use crate::value::{Data, DataOra, Euro, Punteggio, Quando, euro, migliaia};

pub fn register(tera: &mut Tera) {
    read(tera, "euro", |value| amount(value).map(euro));
    read(tera, "importo", |value| amount(value).map(Euro::italiano));
    read(tera, "data_breve", |value| Data::parse(value).map(Data::breve));
    read(tera, "punti", |value| Punteggio::parse(value).map(Punteggio::italiano));
    tera.register_filter("data", |value: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let data = Quando::parse(value).map_err(tera::Error::message)?;
        Ok(kwargs.get::<&str>("con")?.map_or_else(|| data.lungo(), |parola| data.con(parola)))
    });
    tera.register_filter("data_ora", |value: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let momento = DataOra::parse(value).map_err(tera::Error::message)?;
        Ok(kwargs.get::<&str>("con")?.map_or_else(|| momento.lunga(), |parola| momento.con(parola)))
    });
    tera.register_filter("percento", |value: u32, _: Kwargs, _: &State| percento(value));
    tera.register_filter("cita", |value: &str, kwargs: Kwargs, _: &State| -> TeraResult<String> {
        // What the source does not tell comes as an empty text.
        let numero = kwargs.get::<&str>("numero")?.filter(|numero| !numero.is_empty());
        let data = kwargs.get::<&str>("data")?.filter(|data| !data.is_empty());
        let data = data.map(Quando::parse).transpose().map_err(tera::Error::message)?;
        Ok(cita(value, numero, data))
    });
    tera.register_filter("senza_n", |value: &str, _: Kwargs, _: &State| senza_n(value).to_owned());
    tera.register_filter("numero", |value: u64, _: Kwargs, _: &State| migliaia(&value.to_string()));
    tera.register_filter("maiuscola", |value: &str, _: Kwargs, _: &State| messaggi::capital(value));
    tera.register_filter("a_frase", |value: &str, _: Kwargs, _: &State| messaggi::sentence(value));
    tera.register_filter("in_parole", |value: &str, _: Kwargs, _: &State| messaggi::plain(value));
    tera.register_filter("telefoni", |value: &str, _: Kwargs, _: &State| -> Value {
        let numero = |(detto, chiamata): (&str, Option<String>)| {
            let chiamata = chiamata.map(|chiamata| format!("tel:{chiamata}"));
            Value::from(tera::Map::from_iter([
                ("detto".into(), Value::from_serializable(&detto)),
                ("indirizzo".into(), Value::from_serializable(&chiamata)),
            ]))
        };
        Value::from(numeri(value).map(numero).collect::<Vec<_>>())
    });
    tera.register_filter("testo", |value: &str, _: Kwargs, _: &State| markdown::plain(value));
    tera.register_filter("markdown", |value: &str, kwargs: Kwargs, state: &State| -> TeraResult<Value> {
        let heading = kwargs.get::<u8>("livello")?.unwrap_or(2);
        let root = state.get::<String>("radice")?.unwrap_or_default();
        let anchors = kwargs.get::<bool>("ancore")?.unwrap_or_default();
        Ok(Value::safe_string(&markdown::render(value, Setting { heading, root: &root, anchors })))
    });
}

/// A filter that reads its value.
fn read(tera: &mut Tera, name: &'static str, written: fn(&str) -> Result<String, String>) {
    tera.register_filter(name, move |value: &str, _: Kwargs, _: &State| -> TeraResult<String> {
        written(value).map_err(tera::Error::message)
    });
}

fn amount(value: &str) -> Result<Euro, String> {
    match value.strip_prefix('-') {
        Some(positive) => Euro::parse(positive).map(|euro| Euro::ZERO - euro),
        None => Euro::parse(value),
    }
}
