//! The archive of a package: one way to write it, and a reader that trusts nothing.
//!
//! Files are stored as they are, in a fixed order, with a fixed date and no extra field: the bytes depend on the files
//! alone, on no compressor and on no version of one, so that years later the archive can be written again and compared
//! byte by byte. A reader of archives takes the last of two files with one name, follows what the index claims, and
//! allocates what it promises: this one looks before it opens, and refuses what no package of ours can be.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

/// More than any plan has, and an index of them is read in an instant.
const MOST_FILES: usize = 20_000;
/// What a package may hold when it is opened: a plan has some megabytes.
pub const MOST_BYTES: u64 = 256 << 20;
/// Texts shrink to a tenth, seldom to a fiftieth; what shrinks to less was made to burst.
const MOST_RATIO: u64 = 200;
/// Up to here nobody is hurt, whatever the ratio.
const SMALL: u64 = 1 << 20;
/// Longer paths are cut by the systems of protocol offices.
pub const LONGEST_PATH: usize = 150;

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const LOCAL_BYTES: usize = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
/// The comment that may follow the end of an archive.
const LONGEST_COMMENT: usize = 0xffff;

/// 1 January 1980, midnight: the first day that an archive can tell.
const DATE: u16 = 0x0021;
/// Written on Unix, version 1.0 of the format: stored files need no more.
const MADE_BY: u16 = 0x030a;
const NEEDED: u16 = 10;
/// A regular file that its owner writes and all read.
const MODE: u32 = 0o100_644;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const ENCRYPTED: u16 = 1;

/// What to do of an archive that is not as it was written.
pub const RIFATTO: &str = "di solito accade quando un altro programma lo rifà. Chiedi il file originale, oppure estrailo e \
                           verifica la cartella";

/// Why an archive is refused; the file is named where one is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rifiuto {
    pub file: Option<String>,
    pub motivo: String,
}

impl fmt::Display for Rifiuto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "`{file}`: {}", self.motivo),
            None => f.write_str(&self.motivo),
        }
    }
}

/// A file of an archive.
#[derive(Debug, Clone)]
pub struct Voce<'a> {
    pub nome: String,
    pub dati: Cow<'a, [u8]>,
}

/// Writes the archive of these files, in this order.
pub fn scrivi<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>, Rifiuto> {
    let (mut out, mut index, mut count) = (Vec::new(), Vec::new(), 0_usize);
    for (nome, dati) in files {
        let too_large = |_| no(Some(nome), "è troppo grande per un pacchetto");
        let size = u32::try_from(dati.len()).map_err(too_large)?;
        let offset = u32::try_from(out.len()).map_err(too_large)?;
        let length = u16::try_from(nome.len()).map_err(|_| no(Some(nome), "ha un nome troppo lungo"))?;
        let crc = crc32fast::hash(dati);
        // Flags, method, time, date, checksum, sizes, length of the name, no extra field: the same in both headers.
        let mut common = Vec::with_capacity(LOCAL_BYTES);
        for half in [NEEDED, 0, STORED, 0, DATE] {
            common.extend(half.to_le_bytes());
        }
        for whole in [crc, size, size] {
            common.extend(whole.to_le_bytes());
        }
        for half in [length, 0] {
            common.extend(half.to_le_bytes());
        }
        out.extend(LOCAL);
        out.extend(&common);
        out.extend(nome.as_bytes());
        out.extend(dati);
        index.extend(CENTRAL);
        index.extend(MADE_BY.to_le_bytes());
        index.extend(&common);
        // No comment, first disk, no internal attributes.
        index.extend([0; 6]);
        index.extend((MODE << 16).to_le_bytes());
        index.extend(offset.to_le_bytes());
        index.extend(nome.as_bytes());
        count += 1;
    }
    let too_large = |_| no(None, "i file sono troppi o troppo grandi per un pacchetto");
    let count = u16::try_from(count).map_err(|_| no(None, "i file sono troppi per un pacchetto"))?;
    let start = u32::try_from(out.len()).map_err(too_large)?;
    let size = u32::try_from(index.len()).map_err(too_large)?;
    out.extend(&index);
    out.extend(END);
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    Ok(out)
}

/// Opens an archive. All that its index says is weighed before the first file is opened.
pub fn leggi(bytes: &[u8]) -> Result<Vec<Voce<'_>>, Rifiuto> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err(no(None, &format!("l'archivio supera {} MB: non lo apro", MOST_BYTES >> 20)));
    }
    let index = indice(bytes)?;
    pesa(&index)?;
    index.iter().map(|riga| apri(bytes, riga)).collect()
}

/// Where two archives, one of which was written here, are not the same; in the words of whoever has to look for it.
///
/// `canonico` holds the files that were read: what differs is the wrapping, or a checksum that tells of a changed file.
pub fn confronta(found: &[u8], canonico: &[u8]) -> Vec<String> {
    if found == canonico {
        return Vec::new();
    }
    let mut parts: Vec<String> = Vec::new();
    for (range, what) in parti(canonico) {
        if found.get(range.clone()) != canonico.get(range) && parts.len() < MOST_TOLD {
            parts.push(what);
        }
    }
    if found.len() != canonico.len() {
        parts.push(format!("l'archivio è di {} byte, e scritto da concilia ne ha {}", found.len(), canonico.len()));
    }
    parts
}

/// More differences than these say nothing new.
const MOST_TOLD: usize = 20;

/// The parts of an archive that was written here.
fn parti(canonico: &[u8]) -> Vec<(Range<usize>, String)> {
    let Ok(index) = indice(canonico) else { return vec![(0..canonico.len(), "l'archivio".to_owned())] };
    let mut parts = Vec::new();
    let mut at = canonico.len() - END_BYTES;
    for riga in index.iter().rev() {
        let start = at - CENTRAL_BYTES - riga.nome.len();
        parts.push((start..at, format!("la riga di `{}` nell'indice dell'archivio", riga.nome)));
        at = start;
    }
    for riga in &index {
        let head = riga.offset..riga.offset + LOCAL_BYTES + riga.nome.len();
        let data = head.end..head.end + usize::try_from(riga.packed).unwrap_or(0);
        parts.push((head, format!("l'intestazione di `{}`", riga.nome)));
        parts.push((data, format!("il contenuto di `{}`", riga.nome)));
    }
    parts.push((canonico.len() - END_BYTES..canonico.len(), "la fine dell'archivio".to_owned()));
    parts.sort_by_key(|(range, _)| range.start);
    parts
}

/// What the index says of a file.
struct Riga {
    nome: String,
    method: u16,
    flags: u16,
    crc: u32,
    packed: u64,
    size: u64,
    offset: usize,
    mode: u32,
    unix: bool,
}

fn no(file: Option<&str>, motivo: &str) -> Rifiuto {
    Rifiuto { file: file.map(str::to_owned), motivo: motivo.to_owned() }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// The index, which stands at the end of an archive.
fn indice(bytes: &[u8]) -> Result<Vec<Riga>, Rifiuto> {
    let broken = || no(None, "non è un archivio ZIP, oppure è troncato: non si trova il suo indice");
    let end = fine(bytes).ok_or_else(broken)?;
    let (count, total) = u16_at(bytes, end + 8).zip(u16_at(bytes, end + 10)).ok_or_else(broken)?;
    let (size, start) = usize_at(bytes, end + 12).zip(usize_at(bytes, end + 16)).ok_or_else(broken)?;
    if count == u16::MAX || start == u32::MAX as usize {
        return Err(no(None, "è un archivio per file enormi (ZIP64): un pacchetto non lo è mai"));
    }
    if bytes.get(end + 4..end + 8) != Some(&[0; 4]) || count != total {
        return Err(no(None, "è un archivio diviso in più parti: un pacchetto non lo è mai"));
    }
    let count = usize::from(count);
    if count > MOST_FILES {
        return Err(no(None, &format!("l'archivio ha {count} file: più di {MOST_FILES} un pacchetto non ne ha")));
    }
    if start.checked_add(size) != Some(end) {
        return Err(no(None, "l'indice dell'archivio non sta dove l'archivio dice"));
    }
    let mut rows = Vec::with_capacity(count);
    let mut at = start;
    for _ in 0..count {
        let (riga, next) = riga(bytes, at).ok_or_else(|| no(None, "l'indice dell'archivio è rovinato"))??;
        rows.push(riga);
        at = next;
    }
    if at != end {
        return Err(no(None, "l'indice dell'archivio ha più righe di quante ne dichiara"));
    }
    Ok(rows)
}

/// Where the end record begins: at the very end, before a comment if there is one.
fn fine(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_BYTES)?;
    let first = last.saturating_sub(LONGEST_COMMENT);
    (first..=last).rev().find(|&at| {
        bytes.get(at..at + 4) == Some(&END)
            && u16_at(bytes, at + 20).is_some_and(|comment| at + END_BYTES + usize::from(comment) == bytes.len())
    })
}

/// A row of the index and where the next one begins; none where the bytes end.
fn riga(bytes: &[u8], at: usize) -> Option<Result<(Riga, usize), Rifiuto>> {
    if bytes.get(at..at + 4)? != CENTRAL {
        return None;
    }
    let half = |offset| u16_at(bytes, at + offset);
    let (name, extra, comment) = (usize::from(half(28)?), usize::from(half(30)?), usize::from(half(32)?));
    let raw = bytes.get(at + CENTRAL_BYTES..at + CENTRAL_BYTES + name)?;
    let shown = String::from_utf8_lossy(raw).into_owned();
    if let Err(rifiuto) = nome_ammesso(raw) {
        return Some(Err(Rifiuto { file: Some(shown.escape_debug().to_string()), motivo: rifiuto.to_owned() }));
    }
    let next = at + CENTRAL_BYTES + name + extra + comment;
    bytes.get(at..next)?;
    let riga = Riga {
        nome: shown,
        flags: half(8)?,
        method: half(10)?,
        crc: u32_at(bytes, at + 16)?,
        packed: u32_at(bytes, at + 20)?.into(),
        size: u32_at(bytes, at + 24)?.into(),
        mode: u32_at(bytes, at + 38)? >> 16,
        unix: half(4)? >> 8 == 3,
        offset: usize_at(bytes, at + 42)?,
    };
    Some(Ok((riga, next)))
}

/// A name that leads nowhere else and that every system writes alike.
fn nome_ammesso(raw: &[u8]) -> Result<(), &'static str> {
    let Ok(name) = std::str::from_utf8(raw) else { return Err("il nome non è leggibile") };
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err("il nome è vuoto o ha caratteri nascosti");
    }
    if name.starts_with('/') || name.contains(['\\', ':']) {
        return Err("il nome porta fuori dalla cartella in cui si estrae: percorso assoluto o con `\\`");
    }
    if name.split('/').any(|part| part == "..") {
        return Err("il nome porta fuori dalla cartella in cui si estrae: contiene `..`");
    }
    if name.trim_end_matches('/').split('/').any(|part| part.is_empty() || part == ".") {
        return Err("il nome ha parti vuote");
    }
    if name.len() > LONGEST_PATH {
        return Err("il nome è più lungo di quanto un pacchetto ammetta");
    }
    Ok(())
}

/// What the index claims, before anything is opened.
fn pesa(index: &[Riga]) -> Result<(), Rifiuto> {
    let mut names = BTreeSet::new();
    let mut total = 0_u64;
    for riga in index {
        let nome = Some(riga.nome.as_str());
        if !names.insert(riga.nome.to_lowercase()) {
            return Err(no(nome, "c'è due volte nell'archivio (anche maiuscole e minuscole contano come uguali)"));
        }
        if riga.nome.ends_with('/') {
            return Err(no(nome, &format!("è una cartella, e concilia mette in un pacchetto solo file: {RIFATTO}")));
        }
        if riga.flags & ENCRYPTED != 0 {
            return Err(no(nome, "è cifrato: in un pacchetto tutto si può leggere"));
        }
        // Only Unix tells what kind of file it is, and not every program that writes archives tells it.
        if riga.unix && !matches!(riga.mode & 0o170_000, 0 | 0o100_000) {
            return Err(no(nome, "è un collegamento o un file speciale: in un pacchetto ci sono solo file normali"));
        }
        if riga.packed.max(riga.size) >= u64::from(u32::MAX) {
            return Err(no(nome, "dichiara più di 4 GB: un pacchetto non ne ha mai tanti"));
        }
        if !matches!(riga.method, STORED | DEFLATED) {
            return Err(no(nome, "è compresso in un modo che un pacchetto non usa"));
        }
        if riga.method == STORED && riga.packed != riga.size {
            return Err(no(nome, "le grandezze dichiarate non vanno d'accordo"));
        }
        if riga.size > SMALL && riga.size / riga.packed.max(1) > MOST_RATIO {
            return Err(no(nome, "aperto sarebbe oltre 200 volte più grande: sembra fatto per riempire il disco"));
        }
        total += riga.size;
        if total > MOST_BYTES {
            return Err(no(None, &format!("l'archivio aperto supererebbe {} MB: non lo apro", MOST_BYTES >> 20)));
        }
    }
    // The same bytes told as many files are a bomb without any compression.
    let mut spans: Vec<(u64, u64, &str)> = index
        .iter()
        .map(|riga| (riga.offset as u64, riga.offset as u64 + LOCAL_BYTES as u64 + riga.packed, riga.nome.as_str()))
        .collect();
    spans.sort_unstable();
    match spans.windows(2).find(|pair| pair[1].0 < pair[0].1) {
        Some(pair) => Err(no(Some(pair[1].2), "occupa gli stessi byte di un altro file dell'archivio")),
        None => Ok(()),
    }
}

fn apri<'a>(bytes: &'a [u8], riga: &Riga) -> Result<Voce<'a>, Rifiuto> {
    let nome = Some(riga.nome.as_str());
    let outside = || no(nome, "sta fuori dall'archivio: l'archivio è troncato o rovinato");
    let at = riga.offset;
    let head = bytes.get(at..at.saturating_add(LOCAL_BYTES)).ok_or_else(outside)?;
    let (name, extra) = u16_at(head, 26).zip(u16_at(head, 28)).ok_or_else(outside)?;
    let start = at + LOCAL_BYTES + usize::from(name);
    if head.get(..4) != Some(&LOCAL) || bytes.get(at + LOCAL_BYTES..start) != Some(riga.nome.as_bytes()) {
        return Err(no(nome, "l'intestazione del file non è quella che l'indice annuncia"));
    }
    let start = start + usize::from(extra);
    let end = usize::try_from(riga.packed).ok().and_then(|packed| start.checked_add(packed)).ok_or_else(outside)?;
    let packed = bytes.get(start..end).ok_or_else(outside)?;
    let dati = match riga.method {
        STORED => Cow::Borrowed(packed),
        _ => {
            let limit = usize::try_from(riga.size).map_err(|_| outside())?;
            let open = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, limit);
            Cow::Owned(open.map_err(|_| no(nome, "non si apre, o aperto è più grande di quanto dichiara"))?)
        }
    };
    if dati.len() as u64 != riga.size {
        return Err(no(nome, "aperto non è grande quanto dichiara"));
    }
    if crc32fast::hash(&dati) != riga.crc {
        return Err(no(nome, "il contenuto è stato cambiato: non dà la somma di controllo dell'archivio"));
    }
    Ok(Voce { nome: riga.nome.clone(), dati })
}
