//! Programs with one mistake each, and what the compiler says of them.
//!
//! The texts are the compiler's, too, and belong to the pinned toolchain; `TRYBUILD=overwrite` records them anew. The programs
//! in `ui/accepted`, which must compile, are targets of their own: one program that must run would have trybuild build, and
//! not only check, everything once more.

use std::fs;

#[test]
fn mistakes_are_told_where_they_are_made() -> std::io::Result<()> {
    let cases = trybuild::TestCases::new();
    for folder in fs::read_dir("ui")? {
        let folder = folder?.path();
        if !folder.ends_with("accepted") {
            cases.compile_fail(folder.join("*.rs"));
        }
    }
    Ok(())
}
