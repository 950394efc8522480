//! Program templates: complete programs to begin with, each with its tests.
//!
//! A template is a program under `templates/`, in the canonical text form. Its title and description are the
//! program's own; what the program cannot say about itself (category, difficulty, time, tags) stands in the table here.
//! What always holds: a template has no diagnostics, and its tests pass.

use std::sync::OnceLock;

use crate::document::Program;
use crate::text;

/// What a template is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Answering requests.
    WebApi,
    /// Data from one form into another.
    DataProcessing,
    /// Who somebody is.
    Authentication,
    /// Schemas and queries.
    Database,
    /// Training and using models.
    MachineLearning,
    /// Services that work together.
    Microservices,
    /// Files in and out.
    FileOperations,
    /// Programs that test.
    Testing,
    /// How running systems are.
    Monitoring,
    /// Images, clusters and charts; no template yet, but the deployment kinds of the catalog.
    Deployment,
}

impl Category {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::WebApi,
        Self::DataProcessing,
        Self::Authentication,
        Self::Database,
        Self::MachineLearning,
        Self::Microservices,
        Self::FileOperations,
        Self::Testing,
        Self::Monitoring,
        Self::Deployment,
    ];

    /// Its name in requests and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::WebApi => "web_api",
            Self::DataProcessing => "data_processing",
            Self::Authentication => "authentication",
            Self::Database => "database",
            Self::MachineLearning => "machine_learning",
            Self::Microservices => "microservices",
            Self::FileOperations => "file_operations",
            Self::Testing => "testing",
            Self::Monitoring => "monitoring",
            Self::Deployment => "deployment",
        }
    }

    /// The category of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// How much of the language a reader should know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Difficulty {
    /// A first program to read.
    Beginner,
    /// Functions, loops that carry values, errors that are caught.
    Intermediate,
    /// Many functions that work together.
    Advanced,
}

impl Difficulty {
    /// Its name in requests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Beginner => "beginner",
            Self::Intermediate => "intermediate",
            Self::Advanced => "advanced",
        }
    }
}

/// A program to begin with.
#[derive(Debug)]
pub struct Template {
    /// Its name in addresses, such as `rest-api-endpoint`.
    pub slug: &'static str,
    /// What it is about.
    pub category: Category,
    /// How much of the language a reader should know.
    pub difficulty: Difficulty,
    /// How long it takes to read and adapt.
    pub minutes: u32,
    /// Words to find it by.
    pub tags: &'static [&'static str],
    /// The program in the canonical text form.
    pub source: &'static str,
    program: OnceLock<Program>,
}

impl Template {
    /// The program, read once.
    pub fn program(&self) -> &Program {
        // A test holds that every template reads.
        self.program.get_or_init(|| text::read(self.source).unwrap_or_else(|_| Program::new(self.slug)))
    }

    /// What people call it: the program's name.
    pub fn title(&self) -> &str {
        &self.program().name
    }

    /// What it does: the program's own description.
    pub fn description(&self) -> &str {
        &self.program().about
    }
}

impl PartialEq for Template {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

macro_rules! templates {
    ($($category:ident { $($slug:literal $difficulty:ident $minutes:literal $($tag:literal)+;)+ })+) => {
        [$($(Template {
            slug: $slug,
            category: Category::$category,
            difficulty: Difficulty::$difficulty,
            minutes: $minutes,
            tags: &[$($tag),+],
            source: include_str!(concat!("../templates/", $slug, ".blocks")),
            program: OnceLock::new(),
        },)+)+]
    };
}

static ALL: [Template; 20] = templates! {
    WebApi {
        "rest-api-endpoint" Beginner 10 "http" "routing" "json" "match";
        "crud-api" Intermediate 20 "http" "store" "json" "validation";
        "webhook-handler" Intermediate 15 "http" "signature" "hmac" "events";
    }
    DataProcessing {
        "data-processing-pipeline" Intermediate 15 "clean" "group" "summary" "sort";
        "etl-pipeline" Advanced 30 "csv" "sql" "json" "aggregate";
        "batch-processor" Intermediate 20 "http" "retry" "chunks" "report";
    }
    Authentication {
        "jwt-authentication" Intermediate 25 "token" "hmac" "base64url" "security";
        "oauth2-flow" Advanced 30 "pkce" "http" "sign-in" "security";
    }
    Database {
        "database-migration" Intermediate 20 "sql" "schema" "versions" "checksum";
        "query-optimizer" Advanced 30 "sql" "rules" "index" "analysis";
    }
    MachineLearning {
        "ml-training-pipeline" Advanced 40 "regression" "gradient descent" "metrics" "scaling";
        "ml-prediction-api" Intermediate 25 "regression" "http" "json" "validation";
    }
    Microservices {
        "microservice" Intermediate 25 "http" "configuration" "health" "logging";
        "event-driven-service" Advanced 25 "events" "state machine" "replay" "log";
    }
    FileOperations {
        "file-processor" Beginner 10 "read" "write" "text" "lines";
        "csv-importer" Beginner 15 "csv" "sql" "validation" "import";
    }
    Testing {
        "unit-test" Beginner 10 "cases" "assert" "report" "table";
        "integration-test" Intermediate 15 "http" "assert" "service" "steps";
    }
    Monitoring {
        "health-check" Beginner 10 "http" "services" "status" "try";
        "metrics-collector" Intermediate 25 "prometheus" "counter" "gauge" "histogram";
    }
};

/// All templates, by category.
pub fn all() -> &'static [Template] {
    &ALL
}

/// The template of that slug.
pub fn find(slug: &str) -> Option<&'static Template> {
    ALL.iter().find(|template| template.slug == slug)
}

#[cfg(test)]
mod tests;
