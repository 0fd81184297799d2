//! Pictures with words in their metadata (PNG, 11.3.3): written and read back.

use std::io::Cursor;

use super::Guasto;

/// An opaque picture of `rgba` pixels, with these texts, each under its key, in its metadata.
pub fn scrivi(larghezza: u32, altezza: u32, rgba: &[u8], note: &[(&str, &str)]) -> Result<Vec<u8>, Guasto> {
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut bytes = Vec::new();
    let written = (|| {
        let mut encoder = png::Encoder::new(&mut bytes, larghezza, altezza);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Balanced);
        for (chiave, testo) in note {
            encoder.add_itxt_chunk((*chiave).to_owned(), (*testo).to_owned())?;
        }
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&rgb)?;
        writer.finish()
    })();
    written.map(|()| bytes).map_err(|cause: png::EncodingError| Guasto::detto(cause.to_string()))
}

/// The texts in the metadata of a picture; none where it is no picture.
pub fn scritte(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    let reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let texts = reader.info().utf8_text.iter();
    Some(texts.filter_map(|chunk| Some((chunk.keyword.clone(), chunk.get_text().ok()?))).collect())
}
