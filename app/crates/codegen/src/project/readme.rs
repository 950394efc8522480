//! What a project's README says.

use blocks::Program;
use blocks::plan::Plan;

use super::Commands;

/// `README.md`
pub(super) fn readme(program: &Program, plan: &Plan, commands: Commands) -> String {
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
    let inputs = quoted_example(plan);
    text.push_str(&format!(
        "It reads its inputs as a JSON object, and prints its outputs as one:\n\n```sh\n{run} {inputs}\n```\n\nIts \
         tests:\n\n```sh\n{test}\n```\n"
    ));
    text
}

/// How its container is built and run.
pub(super) fn docker(name: &str, plan: &Plan) -> String {
    let inputs = quoted_example(plan);
    format!(
        "\nIn a container:\n\n```sh\ndocker build --tag {name}:1.0.0 .\ndocker run --rm {name}:1.0.0 {inputs}\n```\n"
    )
}

/// How it runs in a cluster.
pub(super) fn kubernetes(name: &str) -> String {
    format!(
        "\nIn Kubernetes, once the image is where the cluster finds it, with the inputs in `kubernetes.yaml`:\n\n```sh\n\
         kubectl apply --filename kubernetes.yaml\nkubectl wait --for=condition=complete job/{name}\nkubectl logs \
         job/{name}\n```\n"
    )
}

/// Inputs to begin with: the defaults, as a JSON object.
pub(super) fn example(plan: &Plan) -> String {
    let defaults: blocks::value::Entries =
        plan.main.inputs.iter().filter_map(|input| Some((input.name.clone(), input.default.clone()?))).collect();
    blocks::json::write_lossy(&blocks::Value::Map(defaults.into()))
}

/// The same for a shell.
fn quoted_example(plan: &Plan) -> String {
    format!("'{}'", example(plan).replace('\'', "'\\''"))
}
