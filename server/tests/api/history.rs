//! What becomes of a program: edits of several replicas, versions, branches, merges, links.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use blocks::edit::{Address, EditOp, Property};
use blocks::oplog::{OpLog, Stamped};
use serde_json::{Value, json};

use super::Api;

const TEXT: &str = "program 1 \"Sum\"\ninput a: int = 1\ninput b: int = 2\noutput sum: int <- sum.value\n\n\
                    sum: formula\n  expression = \"a + b\"\n  a <- input.a\n  b <- input.b\n";

/// Somebody who works on a program, with or without a connection.
struct Replica {
    path: String,
    log: OpLog,
    seen: u64,
    unsent: Vec<Stamped>,
}

impl Replica {
    async fn open(api: &Api, id: &str, number: u64) -> Self {
        let path = format!("/api/v1/programs/{id}");
        let (status, opened) = api.get(&format!("{path}/log")).await;
        assert_eq!(status, StatusCode::OK, "{opened}");
        let log = OpLog::open(number, serde_json::from_value(opened["log"].clone()).unwrap()).unwrap();
        Self { path, log, seen: opened["newest"].as_u64().unwrap(), unsent: Vec::new() }
    }

    fn act(&mut self, op: EditOp) {
        self.unsent.push(self.log.act(op).unwrap());
    }

    async fn send(&self, api: &Api) -> (StatusCode, Value) {
        let body = json!({"after": self.seen, "edits": self.unsent});
        api.post(&format!("{}/edits", self.path), body).await
    }

    async fn sync(&mut self, api: &Api) {
        let (status, kept) = self.send(api).await;
        assert_eq!(status, StatusCode::OK, "{kept}");
        for edit in kept["edits"].as_array().unwrap() {
            self.log.receive(serde_json::from_value(edit["edit"].clone()).unwrap()).unwrap();
        }
        self.seen = kept["newest"].as_u64().unwrap();
        self.unsent.clear();
    }

    fn text(&self) -> String {
        blocks::text::write(self.log.program())
    }
}

async fn create(api: &Api, text: &str) -> String {
    let (status, record) = api.post("/api/v1/programs", json!({"text": text})).await;
    assert_eq!(status, StatusCode::CREATED, "{record}");
    record["id"].as_str().unwrap().to_owned()
}

async fn text_of(api: &Api, id: &str) -> String {
    api.get(&format!("/api/v1/programs/{id}")).await.1["text"].as_str().unwrap().to_owned()
}

fn named(name: &str) -> EditOp {
    EditOp::Set { at: Address::Program, property: Property::Name(name.to_owned()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_that_were_apart_come_to_the_same_program() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let (mut one, mut two) = (Replica::open(&api, &id, 1).await, Replica::open(&api, &id, 2).await);
    one.act(EditOp::set_title("sum", "Both together"));
    one.act(named("Addition"));
    two.act(EditOp::set_setting("sum", "expression", Some(blocks::Value::text("a + b + 1"))));
    one.sync(&api).await;
    // Somebody else writes the whole text meanwhile.
    let text = text_of(&api, &id).await.replace("input b: int = 2", "input b: int = 20");
    let (status, _) = api.call("PUT", &format!("/api/v1/programs/{id}"), Some(json!({"text": text}))).await;
    assert_eq!(status, StatusCode::OK);
    two.sync(&api).await;
    one.sync(&api).await;
    let kept = text_of(&api, &id).await;
    assert_eq!(one.text(), kept);
    assert_eq!(two.text(), kept);
    for part in ["\"Addition\"", "Both together", "a + b + 1", "= 20"] {
        assert!(kept.contains(part), "{part}: {kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_that_are_sent_again_are_kept_once() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let mut replica = Replica::open(&api, &id, 7).await;
    replica.act(named("Once"));
    let (_, first) = replica.send(&api).await;
    let (status, second) = replica.send(&api).await;
    assert_eq!((status, &second), (StatusCode::OK, &first));
    assert_eq!(first["edits"].as_array().unwrap().len(), 1);
    assert_eq!(first["version"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_is_read_anew_by_another_server() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let mut replica = Replica::open(&api, &id, 1).await;
    replica.act(named("First"));
    replica.sync(&api).await;
    let other = api.another_server().await;
    let mut elsewhere = Replica::open(&other, &id, 2).await;
    elsewhere.act(EditOp::set_title("sum", "Elsewhere"));
    elsewhere.sync(&other).await;
    replica.act(named("Second"));
    replica.sync(&api).await;
    elsewhere.sync(&other).await;
    let kept = text_of(&api, &id).await;
    assert_eq!((replica.text(), elsewhere.text()), (kept.clone(), kept.clone()));
    assert!(kept.contains("\"Second\"") && kept.contains("Elsewhere"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_settled_and_who_was_away_too_long_is_told() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let mut away = Replica::open(&api, &id, 2).await;
    away.act(EditOp::set_title("sum", "Long ago"));
    let mut busy = Replica::open(&api, &id, 1).await;
    for number in 0..2100 {
        busy.act(named(&format!("Name {number}")));
        if number % 500 == 499 {
            busy.sync(&api).await;
        }
    }
    busy.sync(&api).await;
    let (status, refused) = away.send(&api).await;
    assert_eq!((status, &refused["code"]), (StatusCode::CONFLICT, &json!("conflict")), "{refused}");
    let other = api.another_server().await;
    let mut anew = Replica::open(&other, &id, 3).await;
    assert!(anew.log.edits().count() < 700, "{}", anew.log.edits().count());
    assert_eq!(anew.text(), busy.text());
    anew.act(EditOp::set_title("sum", "Now"));
    anew.sync(&other).await;
    busy.sync(&api).await;
    assert_eq!(text_of(&api, &id).await, busy.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_edit_is_refused() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let path = format!("/api/v1/programs/{id}/edits");
    let stamped = |replica: u64| json!({"stamp": {"counter": 1, "replica": replica}, "op": {"remove": {"at": {"block": {"id": "sum"}}}}});
    for (body, status) in [
        (json!({"edits": [{"what": 1}]}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"edits": [stamped(0)]}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"edits": vec![stamped(1); 501]}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({"edit": []}), StatusCode::UNPROCESSABLE_ENTITY),
        (json!({}), StatusCode::OK),
    ] {
        let (found, answer) = api.post(&path, body).await;
        assert_eq!(found, status, "{answer}");
    }
    let (status, _) = api.post("/api/v1/programs/unknown/edits", json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, _) = api.post("/api/v1/programs/recipe-fibonacci_number/edits", json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_are_named_and_restored_as_one_more_change() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let path = format!("/api/v1/programs/{id}/versions");
    let (status, version) = api.post(&path, json!({"name": "first", "about": "as it began"})).await;
    assert_eq!((status, &version["number"]), (StatusCode::CREATED, &json!(1)), "{version}");
    let before = text_of(&api, &id).await;
    let changed = before.replace("a + b", "a * b");
    api.call("PUT", &format!("/api/v1/programs/{id}"), Some(json!({"text": changed}))).await;
    let (_, second) = api.post(&path, json!({"name": "second"})).await;
    assert_eq!((&second["number"], &second["version"]), (&json!(2), &json!(2)));
    let (_, listed) = api.get(&path).await;
    let names: Vec<&str> = listed.as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["second", "first"]);
    assert!(listed[0]["text"].is_null());
    let (_, one) = api.get(&format!("{path}/1")).await;
    assert_eq!(one["text"], json!(before));
    let (status, record) = api.post(&format!("{path}/1/restore"), json!({})).await;
    assert_eq!((status, &record["text"], &record["version"]), (StatusCode::OK, &json!(before), &json!(3)), "{record}");
    for (wrong, status) in [("3", StatusCode::NOT_FOUND), ("first", StatusCode::BAD_REQUEST)] {
        assert_eq!(api.get(&format!("{path}/{wrong}")).await.0, status);
    }
    let (status, _) = api.post(&path, json!({"name": "  "})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_is_merged_and_conflicts_are_decided() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let (status, branch) = api.post(&format!("/api/v1/programs/{id}/branch"), json!({})).await;
    assert_eq!((status, &branch["branch_of"]["program"]), (StatusCode::CREATED, &json!(id)), "{branch}");
    let branch = branch["id"].as_str().unwrap().to_owned();
    let put = async |id: &str, from: &str, to: &str| {
        let text = text_of(&api, id).await;
        assert!(text.contains(from), "{text}");
        let body = json!({"text": text.replace(from, to)});
        assert_eq!(api.call("PUT", &format!("/api/v1/programs/{id}"), Some(body)).await.0, StatusCode::OK);
    };
    let merge = async |body: Value| api.post(&format!("/api/v1/programs/{id}/merge"), body).await;

    put(&branch, "a + b", "a - b").await;
    put(&id, "= 2", "= 5").await;
    let (status, report) = merge(json!({"branch": branch})).await;
    assert_eq!((status, &report["merged"]), (StatusCode::OK, &json!(true)), "{report}");
    let merged = text_of(&api, &id).await;
    assert!(merged.contains("a - b") && merged.contains("= 5"), "{merged}");

    put(&branch, "a - b", "a * b").await;
    put(&id, "a - b", "a / b").await;
    let (_, report) = merge(json!({"branch": branch})).await;
    assert_eq!(report["merged"], false);
    let conflict = &report["conflicts"][0];
    assert_eq!((&conflict["block"], report["conflicts"].as_array().unwrap().len()), (&json!("sum"), 1));
    assert!(conflict["theirs"].as_str().unwrap().contains("a * b"), "{conflict}");
    assert!(text_of(&api, &id).await.contains("a / b"), "nothing changes while a conflict is open");
    let (_, report) = merge(json!({"branch": branch, "choices": [conflict["take_theirs"]]})).await;
    assert_eq!(report["merged"], true, "{report}");
    assert!(text_of(&api, &id).await.contains("a * b"));

    let (status, _) = merge(json!({"branch": id})).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let ours = text_of(&api, &id).await;
    let theirs = ours.replace("\"Sum\"", "\"Product\"");
    let (_, report) = merge(json!({"base": ours, "text": theirs})).await;
    assert_eq!(report["merged"], true, "{report}");
    assert_eq!(text_of(&api, &id).await, theirs);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_a_program_to_anybody_until_it_ends() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    let path = format!("/api/v1/programs/{id}/shares");
    let (status, link) = api.post(&path, json!({"days": 7})).await;
    assert_eq!(status, StatusCode::CREATED, "{link}");
    let secret = link["path"].as_str().unwrap().strip_prefix("/shared#").unwrap().to_owned();
    let read = async |secret: &str| {
        let request = Request::post("/api/v1/shared").header("content-type", "application/json");
        api.send(request.body(Body::from(json!({"secret": secret}).to_string())).unwrap()).await
    };
    let (status, shown) = read(&secret).await;
    assert_eq!((status, &shown["name"]), (StatusCode::OK, &json!("Sum")), "{shown}");
    assert_eq!(shown["text"], json!(text_of(&api, &id).await));
    assert_eq!(read("nonsense").await.0, StatusCode::UNAUTHORIZED);
    // A link is no way in: its secret signs nobody in and is no token.
    let request = Request::get("/api/v1/programs").header("authorization", format!("Bearer {secret}"));
    assert_eq!(api.send(request.body(Body::empty()).unwrap()).await.0, StatusCode::UNAUTHORIZED);

    let (_, listed) = api.get(&path).await;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    let share = listed[0]["id"].as_str().unwrap();
    let (status, _) = api.call("DELETE", &format!("{path}/{share}"), None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(read(&secret).await.0, StatusCode::UNAUTHORIZED);

    let (_, link) = api.post(&path, json!({})).await;
    let secret = link["path"].as_str().unwrap().strip_prefix("/shared#").unwrap().to_owned();
    api.call("DELETE", &format!("/api/v1/programs/{id}"), None).await;
    assert_eq!(read(&secret).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(api.post(&path, json!({})).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_lasts_as_long_as_can_be_asked_for() {
    let api = Api::start().await;
    let id = create(&api, TEXT).await;
    for (days, status) in
        [(0, StatusCode::UNPROCESSABLE_ENTITY), (366, StatusCode::UNPROCESSABLE_ENTITY), (365, StatusCode::CREATED)]
    {
        assert_eq!(api.post(&format!("/api/v1/programs/{id}/shares"), json!({"days": days})).await.0, status);
    }
}
