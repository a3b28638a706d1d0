//! Programs with one mistake each, and what the compiler says of them; and programs that must compile.
//!
//! The texts are the compiler's, too, and belong to the pinned toolchain; `TRYBUILD=overwrite` records them anew.

use std::fs;

#[test]
fn mistakes_are_told_where_they_are_made() -> std::io::Result<()> {
    let cases = trybuild::TestCases::new();
    for folder in fs::read_dir("ui")? {
        let folder = folder?.path();
        match folder.ends_with("accepted") {
            true => cases.pass(folder.join("*.rs")),
            false => cases.compile_fail(folder.join("*.rs")),
        }
    }
    Ok(())
}
