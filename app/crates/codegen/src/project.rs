//! Projects: the code and its tests with everything that builds, tests and runs them by one command.

use blocks::Program;
use blocks::plan::Plan;

use crate::{File, Target, generate, names};

/// Generates a project: the code of a program and its tests, a command that reads inputs and prints outputs as JSON, and
/// what the target's tools need. `None` for Rust, whose projects are not written yet.
pub fn generate_project(program: &Program, plan: &Plan, target: Target) -> Option<Vec<File>> {
    let module = names::module(&program.name);
    let mut files = generate(program, plan, target);
    let commands = match target {
        Target::Python => {
            files.push(file("main.py", crate::python::command(plan, &module)));
            files.push(file("pyproject.toml", pyproject(program, &module)));
            Commands { test: "python3 -m pytest", run: "python3 main.py" }
        }
        Target::JavaScript => {
            files.push(file("main.js", crate::script::command(plan, &module, false)));
            files.push(file("package.json", package(program, &module, SCRIPTS)));
            Commands { test: "npm test", run: "npm start --silent --" }
        }
        Target::TypeScript => {
            files.push(file("main.ts", crate::script::command(plan, &module, true)));
            files.push(file("package.json", package(program, &module, TYPED_SCRIPTS)));
            files.push(file("tsconfig.json", TSCONFIG.to_owned()));
            files.push(file(".gitignore", "dist/\nnode_modules/\n".to_owned()));
            Commands { test: "npm install && npm test", run: "npm start --silent --" }
        }
        Target::Rust => return None,
    };
    files.push(file("README.md", readme(program, plan, commands)));
    Some(files)
}

struct Commands {
    test: &'static str,
    run: &'static str,
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

fn readme(program: &Program, plan: &Plan, commands: Commands) -> String {
    let mut text = format!("# {}\n\n", program.name);
    if !program.about.is_empty() {
        text.push_str(&format!("{}\n\n", program.about.trim()));
    }
    let row = |name: &str, ty: String, about: &str| {
        let about = if about.is_empty() { String::new() } else { format!(": {about}") };
        format!("- `{name}` ({ty}){about}\n")
    };
    if !plan.main.inputs.is_empty() {
        text.push_str("Inputs:\n\n");
        for input in &plan.main.inputs {
            text.push_str(&row(&input.name, input.ty.to_string(), &input.about));
        }
        text.push('\n');
    }
    if !plan.main.outputs.is_empty() {
        text.push_str("Outputs:\n\n");
        for output in &plan.main.outputs {
            text.push_str(&row(&output.name, output.ty.to_string(), ""));
        }
        text.push('\n');
    }
    let Commands { test, run } = commands;
    let example: blocks::value::Entries =
        plan.main.inputs.iter().filter_map(|input| Some((input.name.clone(), input.default.clone()?))).collect();
    let inputs = blocks::json::write_lossy(&blocks::Value::Map(example.into())).replace('\'', "'\\''");
    text.push_str(&format!(
        "It reads its inputs as a JSON object, and prints its outputs as one:\n\n```sh\n{run} '{inputs}'\n```\n\nIts \
         tests:\n\n```sh\n{test}\n```\n"
    ));
    text
}
