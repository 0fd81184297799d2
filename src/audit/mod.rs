//! Stage 6: what obliges us is proved on the final bytes.
//! Stub until the branch lands.
use crate::report::Diagnostic;
pub struct Obligation {
    pub phrase: String,
    pub logo_path: String,
    pub logo_bytes: Vec<u8>,
}
pub struct Sheet<'a> {
    pub path: &'a str,
    pub file: &'a str,
    pub text: &'a str,
}
pub struct Auditor {
    o: Obligation,
}
pub struct Hiding;
impl Hiding {
    pub fn diagnostic(&self, _path: &str) -> Diagnostic {
        Diagnostic::error("A-01", "")
    }
}
pub enum Verdict {
    Proved,
    Absent { phrase: bool, logo: bool },
    Hidden(Vec<Hiding>),
}
impl Auditor {
    pub fn new(o: Obligation, _s: &[Sheet]) -> Self {
        Auditor { o }
    }
    pub fn page(&self, _p: &str, h: &str) -> Verdict {
        if h.contains(&self.o.phrase) { Verdict::Proved } else { Verdict::Absent { phrase: true, logo: true } }
    }
    pub fn svg(&self, _p: &str, _h: &str) -> Verdict {
        Verdict::Proved
    }
}
