//! Results as JUnit XML, which CI servers read.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::test::{Suite, Tested};

/// The report of a whole run, which took so many seconds.
pub(super) fn report(suites: &[Suite], seconds: f64) -> Result<String, SerializeError> {
    let mut report = Report::new("agent-lightning");
    report.set_time(Duration::from_secs_f64(seconds.max(0.0)));
    report.add_test_suites(suites.iter().map(suite));
    report.to_string()
}

fn suite(suite: &Suite) -> TestSuite {
    let name = suite.file.display().to_string();
    let mut out = TestSuite::new(name.as_str());
    out.set_time(Duration::from_secs_f64(suite.tests.iter().map(|test| test.ms.max(0.0) / 1000.0).sum()));
    out.add_test_cases(suite.tests.iter().map(|tested| case(&name, tested)));
    if suite.broken {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message("the program has errors; `agent-lightning check` prints them");
        let mut case = TestCase::new("check", status);
        case.set_classname(name.as_str());
        out.add_test_case(case);
    }
    out
}

fn case(class: &str, tested: &Tested) -> TestCase {
    let status = match &tested.problem {
        None => TestCaseStatus::success(),
        Some(problem) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(problem.as_str());
            status
        }
    };
    let mut case = TestCase::new(tested.name.as_str(), status);
    case.set_classname(class);
    case.set_time(Duration::from_secs_f64(tested.ms.max(0.0) / 1000.0));
    case
}
