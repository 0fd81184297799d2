//! Many documents, so many at a time as there are processors.
//!
//! Typst hands parts of a document to the pool of rayon and waits for them, and a thread of the pool that waits takes up
//! whatever else there is to do. Were documents tasks of the pool too, it would begin the next one before the last one is
//! finished, and so on: 150 on one stack are more than it holds. A thread that is not of the pool only waits.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much as the main thread of a program has on common systems: that is what Typst's own limits of nesting are for.
/// A thread that is started without saying so gets a quarter of it.
pub const PILA: usize = 8 << 20;

/// What `fai` makes of each, with its number, in their order. Documents are to be set here, and never in the pool.
pub fn ciascuno<T: Sync, R: Send>(cose: &[T], fai: impl Fn(usize, &T) -> R + Sync) -> Vec<R> {
    let prossima = AtomicUsize::new(0);
    let turno = || {
        let mut fatte = Vec::new();
        loop {
            let i = prossima.fetch_add(1, Ordering::Relaxed);
            let Some(cosa) = cose.get(i) else { return fatte };
            fatte.push((i, fai(i, cosa)));
        }
    };
    let mut fatte = thread::scope(|scope| {
        let quanti = thread::available_parallelism().map_or(1, NonZero::get).min(cose.len());
        let start = |_| thread::Builder::new().stack_size(PILA).spawn_scoped(scope, turno).ok();
        let threads: Vec<_> = (0..quanti).map_while(start).collect();
        // A system that gives no thread at all has this one.
        let mut fatte = if threads.is_empty() { turno() } else { Vec::new() };
        for thread in threads {
            fatte.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        fatte
    });
    fatte.sort_unstable_by_key(|(i, _)| *i);
    fatte.into_iter().map(|(_, fatta)| fatta).collect()
}
