//! Programs with one mistake each, and what the compiler says of them; `TRYBUILD=overwrite` records anew.

#[test]
fn mistakes_are_told_where_they_are_made() {
    // The texts are the compiler's, too, and belong to the pinned toolchain.
    trybuild::TestCases::new().compile_fail("tests/ui/*/*.rs");
}
