//! The programs of the library pass their own tests.

use std::sync::Arc;

use blocks::{catalog, text};

#[test]
fn every_program_of_the_library_passes_its_tests() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../blocks/library");
    let mut ran = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(catalog::find(&name).is_some(), "{name} is no kind: name it in catalog/library.rs");
        let program = text::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let code = Arc::new(vm::compile(&blocks::check(&program).plan.unwrap()));
        for report in vm::testing::run_tests(&program, &code, vm::Limits::default()) {
            assert_eq!(report.problem, None, "{name}: {}", report.name);
            ran += 1;
        }
    }
    assert!(ran > 0);
}
