//! Files embedded into the program: a new one must trigger a build too.

fn main() {
    println!("cargo::rerun-if-changed=themes/italia");
    println!("cargo::rerun-if-changed=src/norme");
}
