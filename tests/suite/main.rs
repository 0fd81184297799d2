//! What a user sees, proved on the real binary and on whole sites.
//!
//! Each test copies a site into a folder of its own, changes what it is about, runs `concilia` and compares all that
//! comes out. `AGGIORNA=1` writes the simulations of `tests/fixtures/simulazioni`, the comparisons of
//! `tests/fixtures/confronti` and the data of `tests/fixtures/conformita` anew, to be read before they are committed.

mod campi;
#[path = "../casi/elenco.rs"]
mod casi;
mod cents;
mod cli;
mod conformita;
mod confronta;
mod consegna;
mod cornice;
mod dates;
mod dati;
mod denaro;
mod determinism;
mod disegni;
mod documento;
mod dove;
mod editor;
mod enti;
mod esempi;
mod fascicoli;
mod fogli;
mod formats;
#[path = "../fuzz/mod.rs"]
mod fuzz;
mod golden;
mod guida;
mod guida_ufficio;
mod hostile;
mod html;
mod identita;
mod in_parte;
mod inizia;
mod leggimi;
mod links;
mod macchine;
mod materiali;
mod modifiche;
mod norme;
mod nuovo;
mod pages;
mod parole;
mod places;
mod prestiti;
mod privacy;
mod publish;
mod publish_faults;
mod ricerca;
mod riferimento;
mod riordina;
mod riservatezza;
mod rules;
mod schemi;
mod serve;
mod simulazioni;
mod stanze;
mod stato;
mod support;
mod theme;
mod verifica;
mod visibile;
mod vita;
