//! Kinds that are written in the language itself: each is a program under `library/`, whose inputs and outputs are the
//! ports, and whose test cases are its examples.

use std::sync::{Arc, OnceLock};

use super::{Kind, Meaning};
use crate::document::Program;
use crate::plan::{Operation, Plan, PlannedBody, Routine};
use crate::text;

/// A program of the library.
struct Source {
    name: &'static str,
    category: &'static str,
    words: &'static str,
    text: &'static str,
}

macro_rules! sources {
    ($($category:literal: [$($name:literal $words:literal,)+])+) => {
        &[$($(Source {
            name: $name,
            category: $category,
            words: $words,
            text: include_str!(concat!("../../library/", $name, ".blocks")),
        },)+)+]
    };
}

const SOURCES: &[Source] = sources! {
    "testing": [
        "require" "guard check precondition validate ensure invalid argument",
    ]
    "maps": [
        "drop_empty" "compact omit none null clean prune",
    ]
    "deployment": [
        "compose_file" "docker compose services networks volumes yaml",
        "docker_build" "image container command tag push registry",
        "docker_run" "container start command ports volumes",
        "dockerfile" "image container build stages layers",
        "helm_chart" "kubernetes k8s templates values package",
        "kubernetes_config_map" "k8s ConfigMap settings file",
        "kubernetes_cron_job" "k8s CronJob schedule batch timer",
        "kubernetes_daemon_set" "k8s DaemonSet every node agent",
        "kubernetes_deployment" "k8s Deployment replicas rollout pods service",
        "kubernetes_ingress" "k8s Ingress host path route tls",
        "kubernetes_job" "k8s Job batch run once",
        "kubernetes_manifest" "k8s file join documents objects yaml",
        "kubernetes_metadata" "k8s name namespace labels annotations",
        "kubernetes_name" "k8s dns label rfc 1123 validate",
        "kubernetes_namespace" "k8s Namespace",
        "kubernetes_persistent_volume" "k8s PersistentVolume storage disk nfs csi",
        "kubernetes_persistent_volume_claim" "k8s PersistentVolumeClaim pvc storage disk",
        "kubernetes_pod" "k8s container template probe resources volume environment",
        "kubernetes_quantity" "k8s cpu memory size amount unit",
        "kubernetes_role" "k8s Role rbac permission rules verbs",
        "kubernetes_role_binding" "k8s RoleBinding rbac subject permission",
        "kubernetes_secret" "k8s Secret password token tls base64",
        "kubernetes_service" "k8s Service address port ClusterIP NodePort LoadBalancer",
        "kubernetes_service_account" "k8s ServiceAccount identity token",
        "kubernetes_stateful_set" "k8s StatefulSet database storage claim",
    ]
};

/// A program of the library; a test holds that each reads.
pub(crate) fn program(place: usize) -> &'static Program {
    static PROGRAMS: OnceLock<Vec<Program>> = OnceLock::new();
    let programs = PROGRAMS.get_or_init(|| {
        SOURCES.iter().map(|source| text::read(source.text).unwrap_or_else(|_| Program::new(source.name))).collect()
    });
    &programs[place]
}

/// The routines of a program of the library, its own first, under names that are unique in the library. A call names
/// its routine by the place in this list.
pub(crate) fn routines(place: usize) -> &'static [Routine] {
    static PLANS: OnceLock<Vec<OnceLock<Vec<Routine>>>> = OnceLock::new();
    let plans = PLANS.get_or_init(|| SOURCES.iter().map(|_| OnceLock::new()).collect());
    plans[place].get_or_init(|| {
        crate::check(program(place)).plan.map(|plan| own_routines(SOURCES[place].name, plan)).unwrap_or_default()
    })
}

fn own_routines(name: &str, plan: Plan) -> Vec<Routine> {
    let Plan { main, functions, .. } = plan;
    let mut main = Arc::unwrap_or_clone(main);
    let mut functions: Vec<Routine> = functions.into_iter().map(Arc::unwrap_or_clone).collect();
    name.clone_into(&mut main.name);
    for function in functions.iter_mut().filter(|function| !function.library) {
        function.name = format!("{name}_{}", function.name);
    }
    let mut routines = vec![main];
    routines.append(&mut functions);
    for routine in &mut routines {
        routine.library = true;
        // The program itself is the first routine now.
        redirect(&mut routine.body, &|callee| callee + 1);
    }
    routines
}

/// Changes which routines a body calls.
pub(crate) fn redirect(body: &mut PlannedBody, place: &dyn Fn(usize) -> usize) {
    for step in body.steps.iter_mut().filter(|step| !step.operation.calls().is_empty()) {
        let step = Arc::make_mut(step);
        if let Operation::Call { function, .. } = &mut step.operation {
            *function = place(*function);
        }
        for inner in step.operation.bodies_mut() {
            redirect(inner, place);
        }
    }
}

pub(super) fn kinds() -> Vec<Kind> {
    SOURCES.iter().enumerate().map(|(place, source)| kind(place, source)).collect()
}

fn kind(place: usize, source: &Source) -> Kind {
    let program = program(place);
    let mut kind = Kind::new(source.name, source.category, Meaning::Library(place), &program.about).words(source.words);
    kind.title.clone_from(&program.name);
    for input in &program.inputs {
        kind = if input.default.is_some() {
            kind.optional_input(&input.name, input.ty.clone())
        } else {
            kind.input(&input.name, input.ty.clone())
        };
    }
    for output in &program.outputs {
        kind = kind.output(&output.name, output.ty.clone());
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_is_sound_canonical_pure_and_tested() {
        for (place, source) in SOURCES.iter().enumerate() {
            let name = source.name;
            let read = text::read(source.text).unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
            assert_eq!(text::write(&read), source.text, "{name}");
            let checked = crate::check(&read);
            assert!(checked.diagnostics.is_empty(), "{name}: {:#?}", checked.diagnostics);
            assert!(checked.capabilities.is_empty(), "{name} has effects");
            assert!(!read.tests.is_empty() && !read.about.is_empty() && !source.words.is_empty(), "{name}");
            assert!(!routines(place).is_empty());
        }
    }
}
