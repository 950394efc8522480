//! Projects: the code and its tests with everything that builds, tests and runs them by one command.

mod container;
mod readme;

use blocks::Program;
use blocks::plan::Plan;

use crate::{File, Target, generate, names};

/// What comes along with a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ProjectOptions {
    /// A Dockerfile whose container runs the program's command.
    pub docker: bool,
    /// A Job of Kubernetes that runs the program's command, with the Dockerfile of its image.
    pub kubernetes: bool,
}

/// Generates a project: the code of a program and its tests, a command that reads inputs and prints outputs as JSON, and
/// what the target's tools need.
pub fn generate_project(program: &Program, plan: &Plan, target: Target, options: ProjectOptions) -> Vec<File> {
    let module = names::module(&program.name);
    let (mut files, commands) = match target {
        Target::Python => python(program, plan, &module),
        Target::JavaScript => javascript(program, plan, &module),
        Target::TypeScript => typescript(program, plan, &module),
        Target::Rust => rust(program, plan),
    };
    let name = container::name(&program.name);
    let mut text = readme::readme(program, plan, commands);
    if options.docker || options.kubernetes {
        files.extend(container::docker(target, &module, &crate::rust::package(&program.name)));
        text.push_str(&readme::docker(&name, plan));
    }
    if options.kubernetes {
        files.push(file("kubernetes.yaml", container::kubernetes(&name, plan)));
        text.push_str(&readme::kubernetes(&name));
    }
    files.push(file("README.md", text));
    files
}

/// How a project is tested and run.
#[derive(Clone, Copy, Debug)]
struct Commands {
    test: &'static str,
    run: &'static str,
}

fn python(program: &Program, plan: &Plan, module: &str) -> (Vec<File>, Commands) {
    let mut files = generate(program, plan, Target::Python);
    files.push(file("main.py", crate::python::command(plan, module)));
    files.push(file("pyproject.toml", pyproject(program, module)));
    files.push(file(".gitignore", ".pytest_cache/\n__pycache__/\n".to_owned()));
    (files, Commands { test: "python3 -m pytest", run: "python3 main.py" })
}

fn javascript(program: &Program, plan: &Plan, module: &str) -> (Vec<File>, Commands) {
    let mut files = generate(program, plan, Target::JavaScript);
    files.push(file("main.js", crate::script::command(plan, module, false)));
    files.push(file("package.json", package(program, module, SCRIPTS)));
    (files, Commands { test: "npm test", run: "npm start --silent --" })
}

fn typescript(program: &Program, plan: &Plan, module: &str) -> (Vec<File>, Commands) {
    let mut files = generate(program, plan, Target::TypeScript);
    files.push(file("main.ts", crate::script::command(plan, module, true)));
    files.push(file("package.json", package(program, module, TYPED_SCRIPTS)));
    files.push(file("tsconfig.json", TSCONFIG.to_owned()));
    files.push(file(".gitignore", "dist/\nnode_modules/\n".to_owned()));
    (files, Commands { test: "npm install && npm test", run: "npm start --silent --" })
}

/// A library with the code, so that what it offers may go unused, and a binary with the command.
fn rust(program: &Program, plan: &Plan) -> (Vec<File>, Commands) {
    let package = crate::rust::package(&program.name);
    let mut module = crate::rust::write(program, plan);
    let files = vec![
        file("src/main.rs", crate::rust::main_file(plan, &mut module, &package)),
        file("src/json.rs", crate::rust::json_file(plan, &package)),
        file("src/lib.rs", module.content),
        file("Cargo.toml", cargo(program, &package)),
        file(".gitignore", "/target/\n".to_owned()),
    ];
    (files, Commands { test: "cargo test", run: "cargo run --quiet --" })
}

fn cargo(program: &Program, package: &str) -> String {
    format!(
        "[package]\nname = {}\nversion = \"1.0.0\"\ndescription = {}\nedition = \"2024\"\npublish = false\n",
        json(package),
        json(&summary(program))
    )
}

fn file(path: &str, content: String) -> File {
    File { path: path.to_owned(), content }
}

const SCRIPTS: &str = r#"  "scripts": {
    "start": "node main.js",
    "test": "node --test"
  }
"#;

const TYPED_SCRIPTS: &str = r#"  "scripts": {
    "build": "tsc",
    "start": "tsc && node dist/main.js",
    "test": "tsc && node --test dist/"
  },
  "devDependencies": {
    "@types/node": "^20.19.43",
    "typescript": "^7.0.2"
  }
"#;

const TSCONFIG: &str = r#"{
  "compilerOptions": {
    "module": "nodenext",
    "outDir": "dist",
    "rootDir": ".",
    "skipLibCheck": true,
    "strict": true,
    "target": "es2022",
    "types": ["node"]
  },
  "include": ["*.ts"]
}
"#;

fn package(program: &Program, module: &str, rest: &str) -> String {
    let name = module.replace('_', "-");
    let about = json(&summary(program));
    format!(
        "{{\n  \"name\": {},\n  \"version\": \"1.0.0\",\n  \"description\": {about},\n  \"private\": true,\n  \"type\": \
         \"module\",\n{rest}}}\n",
        json(&name)
    )
}

fn pyproject(program: &Program, module: &str) -> String {
    let name = module.replace('_', "-");
    format!(
        "[project]\nname = {}\nversion = \"1.0.0\"\ndescription = {}\nrequires-python = \">=3.11\"\n\n[dependency-groups]\n\
         dev = [\"pytest\"]\n\n[tool.setuptools]\npy-modules = [{}, \"main\"]\n",
        json(&name),
        json(&summary(program)),
        json(module)
    )
}

/// A JSON text; TOML reads it as well.
fn json(text: &str) -> String {
    blocks::json::write_lossy(&text.into())
}

/// What the program is for, on one line.
fn summary(program: &Program) -> String {
    let about = if program.about.is_empty() { &program.name } else { &program.about };
    about.split_whitespace().collect::<Vec<_>>().join(" ")
}
