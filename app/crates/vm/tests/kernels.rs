//! The programs that `make bench` times are sound and give the right values.

use std::path::Path;
use std::sync::Arc;

use blocks::{check, text};
use vm::Limits;

#[test]
fn the_kernels_pass_their_tests() {
    let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("kernels")).unwrap();
    let mut tried = 0;
    let paths = files.flatten().map(|file| file.path());
    for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "blocks")) {
        let source = std::fs::read_to_string(&path).unwrap();
        let program = text::read(&source).unwrap_or_else(|problems| panic!("{path:?}: {problems:#?}"));
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, text::write(&program)).unwrap();
        }
        assert_eq!(text::write(&program), std::fs::read_to_string(&path).unwrap(), "run with UPDATE=1: {path:?}");
        let checked = check(&program);
        assert!(checked.diagnostics.is_empty(), "{path:?}: {:#?}", checked.diagnostics);
        let code = Arc::new(vm::compile(&checked.plan.unwrap()));
        let results = vm::testing::run_tests(&program, &code, Limits::default());
        assert!(!results.is_empty() && results.iter().all(|result| result.passed()), "{path:?}: {results:#?}");
        tried += 1;
    }
    assert!(tried >= 5);
}
