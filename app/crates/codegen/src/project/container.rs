//! Containers: a Dockerfile and a Job of Kubernetes.

use blocks::plan::Plan;

use super::{file, json, readme};
use crate::{File, Target, names};

/// The user of the containers; a number, by which Kubernetes knows that it is not root.
const USER: u32 = 10_001;

/// The longest name of a Kubernetes object whose pods are named after it.
const LONGEST_NAME: usize = 52;

/// A name as images and objects of Kubernetes have it.
pub(super) fn name(program: &str) -> String {
    let plain: String = program.chars().map(|c| if c.is_ascii() { c } else { ' ' }).collect();
    let name: String = names::snake(&plain).replace('_', "-").chars().take(LONGEST_NAME).collect();
    name.trim_end_matches('-').to_owned()
}

/// `Dockerfile` and `.dockerignore`
pub(super) fn docker(target: Target, module: &str, package: &str) -> [File; 2] {
    let (text, ignored) = match target {
        Target::Python => {
            (format!("{PYTHON}COPY main.py {module}.py ./\nUSER {USER}\n{PYTHON_ENTRY}"), "__pycache__/\n")
        }
        Target::JavaScript => {
            (format!("{NODE}COPY package.json main.js {module}.js ./\nUSER {USER}\n{NODE_ENTRY}"), "node_modules/\n")
        }
        Target::TypeScript => (
            format!(
                "{TYPED_BUILD}{NODE}COPY --from=build /app/package.json ./\nCOPY --from=build /app/dist ./dist\nUSER \
                 {USER}\n{TYPED_ENTRY}"
            ),
            "dist/\nnode_modules/\n",
        ),
        Target::Rust => (
            format!(
                "{RUST_BUILD}COPY --from=build /app/target/release/{package} /usr/local/bin/{package}\nUSER {USER}\n\
                 ENTRYPOINT [{}]\n",
                json(package)
            ),
            "target/\n",
        ),
    };
    [file("Dockerfile", text), file(".dockerignore", format!(".git/\n{ignored}"))]
}

const PYTHON: &str = "FROM python:3.13-slim\nENV PYTHONDONTWRITEBYTECODE=1\nWORKDIR /app\n";
const PYTHON_ENTRY: &str = "ENTRYPOINT [\"python3\", \"main.py\"]\n";
const NODE: &str = "FROM node:22-slim\nENV NODE_ENV=production\nWORKDIR /app\n";
const NODE_ENTRY: &str = "ENTRYPOINT [\"node\", \"main.js\"]\n";
const TYPED_ENTRY: &str = "ENTRYPOINT [\"node\", \"dist/main.js\"]\n";
const TYPED_BUILD: &str = "FROM node:22-slim AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCOPY \
    tsconfig.json *.ts ./\nRUN npm run build\n\n";
const RUST_BUILD: &str = "FROM rust:1-slim-bookworm AS build\nWORKDIR /app\nCOPY Cargo.toml ./\nCOPY src ./src\nRUN \
    cargo build --release\n\nFROM debian:bookworm-slim\n";

/// `kubernetes.yaml`: a Job that runs the command once, with the defaults as its inputs.
pub(super) fn kubernetes(name: &str, plan: &Plan) -> String {
    let inputs = json(&readme::example(plan));
    format!(
        "apiVersion: batch/v1
kind: Job
metadata:
  name: {name}
  labels:
    app.kubernetes.io/name: {name}
spec:
  backoffLimit: 0
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: {USER}
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: {name}
          image: {name}:1.0.0
          # The inputs, as a JSON object.
          args: [{inputs}]
          resources:
            requests:
              cpu: 100m
              memory: 64Mi
            limits:
              memory: 512Mi
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
"
    )
}
