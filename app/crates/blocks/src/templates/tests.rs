use std::collections::BTreeSet;

use super::*;
use crate::document::Expect;
use crate::{check, text};

#[test]
fn every_template_reads_is_canonical_and_has_no_diagnostics() {
    for template in all() {
        let program = text::read(template.source).unwrap_or_else(|problems| panic!("{}: {problems:#?}", template.slug));
        assert_eq!(text::write(&program), template.source, "{}", template.slug);
        assert_eq!(check(&program).diagnostics, [], "{}", template.slug);
    }
}

#[test]
fn every_template_tells_what_it_is_and_how_it_fails() {
    for template in all() {
        let program = template.program();
        assert!(!template.title().is_empty() && template.description().len() > 60, "{}", template.slug);
        assert!(program.tests.len() >= 3, "{}", template.slug);
        assert!(program.functions.iter().all(|function| !function.about.is_empty()), "{}", template.slug);
        let says_more = program.tests.iter().any(|test| matches!(test.expect, Expect::Outputs(_)));
        assert!(says_more, "{}: no test expects an output", template.slug);
    }
}

#[test]
fn every_wanted_input_and_output_is_used() {
    for template in all() {
        let program = template.program();
        assert!(!program.inputs.is_empty() && !program.outputs.is_empty(), "{}", template.slug);
        let wired = text::write(program);
        for input in &program.inputs {
            assert!(wired.contains(&format!("<- input.{}\n", input.name)), "{}: {}", template.slug, input.name);
        }
    }
}

#[test]
fn slugs_are_the_titles_and_find_finds_them() {
    let slugs: BTreeSet<&str> = all().iter().map(|template| template.slug).collect();
    assert_eq!(slugs.len(), all().len());
    for template in all() {
        assert_eq!(template.title().to_lowercase().replace(' ', "-"), template.slug);
        assert_eq!(find(template.slug), Some(template));
    }
    assert_eq!(find("no-such-template"), None);
}

#[test]
fn every_file_is_in_the_table() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, all().iter().map(|template| format!("{}.blocks", template.slug)).collect());
}

#[test]
fn every_category_but_deployment_has_templates() {
    for category in Category::ALL {
        let own = all().iter().filter(|template| template.category == category).count();
        assert_eq!(own > 0, category != Category::Deployment, "{}", category.name());
        assert_eq!(Category::named(category.name()), Some(category));
    }
}
