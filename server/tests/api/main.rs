//! The REST interface, in process: what clients send, and what they get.

mod history;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use model::ProviderDraft;
use serde_json::{Value, json};
use server::environment::Machine;
use services::Services;
use store::{Location, Settings, Store};
use tower::ServiceExt;

const TOKEN: &str = "a-token-for-the-tests";

struct Api {
    router: Router,
    services: Services,
    store: Store,
}

impl Api {
    async fn start() -> Self {
        Self::start_with(None).await
    }

    async fn start_with(provider: Option<ProviderDraft>) -> Self {
        let store = Store::open(&Settings::new(Location::Memory)).await.unwrap();
        Self::on(store, provider).await
    }

    /// Another server on the same store.
    async fn another_server(&self) -> Self {
        Self::on(self.store.clone(), None).await
    }

    async fn on(store: Store, provider: Option<ProviderDraft>) -> Self {
        let models = services::Models {
            chat: Arc::new(agents::GenaiModel::new(Duration::from_secs(3), Duration::from_millis(700)).unwrap()),
            key: [9; 32],
            environment: provider,
        };
        let services = Services::start(store.clone(), Arc::new(Machine), models, 2).await.unwrap();
        services.preset_token(TOKEN).await.unwrap();
        let router = server::http::router(&services, SocketAddr::from(([127, 0, 0, 1], 8051)));
        Self { router, services, store }
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, Value) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 24).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", "application/json");
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.send(request.body(body).unwrap()).await
    }

    async fn get(&self, path: &str) -> (StatusCode, Value) {
        self.call("GET", path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        self.call("POST", path, Some(body)).await
    }

    /// Asks a task and waits for its end.
    async fn ask(&self, body: Value) -> Value {
        let mut events = self.services.subscribe(&services::Caller::owner("test"));
        let (status, task) = self.post("/api/v1/tasks", body).await;
        assert_eq!(status, StatusCode::CREATED, "{task}");
        let path = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
        loop {
            let (_, task) = self.get(&path).await;
            if !matches!(task["state"].as_str(), Some("queued" | "running")) {
                return task;
            }
            events.recv().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_routed_solved_verified_and_answered() {
    let api = Api::start().await;
    let task = api
        .ask(json!({"description": "Write a Python function that returns the nth Fibonacci number, and tell me the 50th"}))
        .await;
    assert_eq!(task["state"], "succeeded");
    assert_eq!(task["agent"], "full_stack_developer");
    assert!(task["confidence"].as_f64().unwrap() > 0.5);
    assert!(!task["reasons"].as_array().unwrap().is_empty());
    let answer = &task["answer"];
    assert_eq!(answer["value"], 12_586_269_025_u64);
    assert_eq!(answer["verified"], true);
    assert_eq!(answer["solver"], "recall");
    assert_eq!(answer["tests"], json!({"passed": 4, "failed": 0}));
    let paths: Vec<&str> =
        answer["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(paths[..2], ["fibonacci_number.py", "test_fibonacci_number.py"]);
    let stages: Vec<&str> =
        task["stages"].as_array().unwrap().iter().map(|stage| stage["name"].as_str().unwrap()).collect();
    assert_eq!(stages, ["retrieve", "route", "verify", "answer"]);
    let (status, code) =
        api.get(&format!("/api/v1/programs/{}/code?language=python", answer["program"].as_str().unwrap())).await;
    assert_eq!(status, StatusCode::OK);
    assert!(code["files"][0]["content"].as_str().unwrap().starts_with("def fibonacci_number(n: int) -> int:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_recipe_answers_needs_a_model() {
    let api = Api::start().await;
    let task = api.ask(json!({"description": "Write a haiku about autumn"})).await;
    assert_eq!(task["state"], "needs_model");
    assert!(task["answer"].is_null());
    assert!(task["error"].as_str().unwrap().contains("model"), "{task}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_makes_one_task() {
    let api = Api::start().await;
    let body = json!({"description": "What is the 10th Fibonacci number?", "idempotency_key": "k 1"});
    let first = api.ask(body.clone()).await;
    let (status, second) = api.post("/api/v1/tasks", body).await;
    assert_eq!((status, &second["id"]), (StatusCode::CREATED, &first["id"]));
    let (status, _) = api.post("/api/v1/tasks", json!({"description": "another", "idempotency_key": "k 1"})).await;
    assert_eq!(status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn feedback_moves_the_routing_value_in_its_direction() {
    let api = Api::start().await;
    let value = async || api.get("/api/v1/agents/full_stack_developer").await.1["stats"]["value"].as_f64().unwrap();
    let task = api.ask(json!({"description": "What is the 10th Fibonacci number?"})).await;
    let path = format!("/api/v1/tasks/{}/feedback", task["id"].as_str().unwrap());
    let before = value().await;
    assert_eq!(api.post(&path, json!({"useful": true, "comment": "fast"})).await.0, StatusCode::OK);
    let useful = value().await;
    assert_eq!(api.post(&path, json!({"useful": false})).await.0, StatusCode::OK);
    let not_useful = value().await;
    assert!(useful > before && not_useful < before, "{before} {useful} {not_useful}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_gets_a_clear_error() {
    let api = Api::start().await;
    let raw = async |content_type: &str, body: Vec<u8>| {
        let request = Request::builder()
            .method("POST")
            .uri("/api/v1/tasks")
            .header("authorization", format!("Bearer {TOKEN}"))
            .header("content-type", content_type);
        api.send(request.body(Body::from(body)).unwrap()).await
    };
    let json_type = "application/json";
    for (status, code, found) in [
        (400, "malformed", raw(json_type, b"{".to_vec()).await),
        (400, "malformed", raw(json_type, b"{\"description\": \"\xff\"}".to_vec()).await),
        (400, "malformed", raw(json_type, format!("{{\"a\": {}", "[".repeat(5000)).into_bytes()).await),
        (422, "malformed", raw(json_type, b"{\"description\": 5}".to_vec()).await),
        (422, "malformed", raw(json_type, b"{\"description\": \"a\", \"unknown\": 1}".to_vec()).await),
        (422, "invalid", raw(json_type, b"{\"description\": \" \"}".to_vec()).await),
        (422, "invalid", raw(json_type, b"{\"description\": \"a\\u0000b\"}".to_vec()).await),
        (404, "not_found", raw(json_type, b"{\"description\": \"a\", \"agent\": \"nobody\"}".to_vec()).await),
        (415, "content_type", raw("text/plain", b"{}".to_vec()).await),
        (413, "body", raw(json_type, vec![b' '; 2 << 20]).await),
        (404, "not_found", api.get("/api/v1/tasks/unknown").await),
        (404, "not_found", api.get("/api/v1/nothing").await),
        (400, "malformed", api.get("/api/v1/tasks?limit=many").await),
        (422, "invalid", api.get("/api/v1/tasks?limit=0").await),
        (405, "method_not_allowed", api.call("PATCH", "/api/v1/tasks", None).await),
    ] {
        assert_eq!((found.0.as_u16(), found.1["code"].as_str()), (status, Some(code)), "{}", found.1);
        assert!(found.1["message"].as_str().unwrap().len() > 10);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_in_without_showing_who_they_are() {
    let api = Api::start().await;
    let request = |path: &str| Request::builder().uri(path).header("host", "127.0.0.1:8051");
    for path in ["/api/v1/tasks", "/api/v1/agents", "/api/v1/knowledge", "/api/v1/programs", "/api/v1/events"] {
        assert_eq!(api.send(request(path).body(Body::empty()).unwrap()).await.0, StatusCode::UNAUTHORIZED, "{path}");
        let wrong = request(path).header("authorization", "Bearer wrong").body(Body::empty()).unwrap();
        assert_eq!(api.send(wrong).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(api.send(request("/api/v1/health").body(Body::empty()).unwrap()).await.0, StatusCode::OK);
    let other_host =
        Request::builder().uri("/api/v1/health").header("host", "evil.example").body(Body::empty()).unwrap();
    assert_eq!(api.send(other_host).await.0, StatusCode::MISDIRECTED_REQUEST);
    let cross_site =
        request("/auth/sign-out").method("POST").header("origin", "http://evil.example").body(Body::empty()).unwrap();
    assert_eq!(api.send(cross_site).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_link_works_once() {
    let api = Api::start().await;
    let secret = api.services.create_sign_in().await.unwrap();
    let sign_in = || {
        let request = Request::builder().method("POST").uri("/auth/sign-in").header("content-type", "application/json");
        request.body(Body::from(json!({"secret": secret}).to_string())).unwrap()
    };
    let response = api.router.clone().oneshot(sign_in()).await.unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let with_cookie = |path: &str| {
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Request::builder().uri(path).header("cookie", cookie).body(Body::empty()).unwrap()
    };
    assert_eq!(api.send(with_cookie("/api/v1/agents")).await.0, StatusCode::OK);
    assert_eq!(api.send(sign_in()).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_to_sign_in_are_limited() {
    let api = Api::start().await;
    let try_one = || {
        let request = Request::builder().method("POST").uri("/auth/sign-in").header("content-type", "application/json");
        request.body(Body::from(json!({"secret": "wrong"}).to_string())).unwrap()
    };
    for _ in 0..10 {
        assert_eq!(api.send(try_one()).await.0, StatusCode::UNAUTHORIZED);
    }
    let response = api.router.clone().oneshot(try_one()).await.unwrap();
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(response.headers().contains_key("retry-after"));
    let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), 1 << 16).await.unwrap()).unwrap();
    assert_eq!(body["code"], "too_many_requests");
    assert_eq!(api.get("/api/v1/agents").await.0, StatusCode::OK, "other requests go on");
}

/// A cursor that no page gave was handed to the database, which refused it as an error of the server.
#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_no_page_gave_is_refused_and_an_empty_one_is_none() {
    let api = Api::start().await;
    for list in ["tasks", "knowledge", "programs"] {
        let (status, body) = api.get(&format!("/api/v1/{list}?cursor=%E2%9F%A8nothing%E2%9F%A9")).await;
        assert_eq!((status, &body["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("invalid")), "{list}: {body}");
        assert_eq!(api.get(&format!("/api/v1/{list}?cursor=")).await.0, StatusCode::OK, "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn knowledge_is_kept_found_and_imported() {
    let api = Api::start().await;
    let (status, item) =
        api.post("/api/v1/knowledge", json!({"content": "Prefer composition", "category": "best_practices"})).await;
    assert_eq!(status, StatusCode::CREATED, "{item}");
    let path = format!("/api/v1/knowledge/{}", item["id"].as_str().unwrap());
    let (_, changed) = api.call("PUT", &path, Some(json!({"content": "Prefer composition to inheritance"}))).await;
    assert_eq!(
        (&changed["category"], &changed["content"]),
        (&json!("best_practices"), &json!("Prefer composition to inheritance"))
    );
    let (_, found) = api.get("/api/v1/knowledge/search?q=inheritance").await;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(api.get("/api/v1/knowledge/search?q=kubernetes").await.1, json!({"items": []}));
    assert_eq!(api.get("/api/v1/knowledge/search?q=").await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let entries: Vec<Value> =
        (0..2000).map(|number| json!({"category": "c", "content": format!("entry number {number}")})).collect();
    let mut entries = entries;
    entries[7] = json!({"category": "c"});
    let (_, report) = api.post("/api/v1/knowledge/import?agent=data_scientist", Value::from(entries)).await;
    assert_eq!((&report["imported"], &report["rejected"][0]["index"]), (&json!(1999), &json!(7)), "{report}");
    let (_, page) = api.get("/api/v1/knowledge?agent=data_scientist&limit=2").await;
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
    assert!(page["next_cursor"].is_string());
    let (_, mut same) = api.get("/api/v1/knowledge?agent=shared").await;
    same["items"][0]["content"] = json!("Prefer small interfaces");
    let (_, report) = api.post("/api/v1/knowledge/import?agent=shared", same["items"].clone()).await;
    assert_eq!(report["imported"], 1, "{report}");
    let (_, again) = api.get("/api/v1/knowledge?agent=shared").await;
    assert_eq!(again["items"].as_array().unwrap().len(), 1, "what was exported takes its own place: {again}");
    assert_eq!(again["items"][0]["content"], "Prefer small interfaces");
    assert_eq!(
        api.post("/api/v1/knowledge", json!({"content": "x", "agent": "nobody"})).await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(api.call("DELETE", &path, None).await.0, StatusCode::NO_CONTENT);
    assert_eq!(api.get(&path).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_are_kept_run_and_guarded_against_lost_changes() {
    let api = Api::start().await;
    let text = "program 1 \"Double\"\ninput n: int\noutput twice: int <- twice.value\n\ntwice: formula\n  expression = \"n * 2\"\n  n <- input.n\n";
    let (status, program) = api.post("/api/v1/programs", json!({"text": text})).await;
    assert_eq!((status, &program["text"]), (StatusCode::CREATED, &json!(text)));
    let path = format!("/api/v1/programs/{}", program["id"].as_str().unwrap());
    let (_, run) = api.post(&format!("{path}/run"), json!({"inputs": {"n": 21}})).await;
    assert_eq!((&run["ok"], &run["outputs"]), (&json!(true), &json!({"twice": 42})));
    let (_, failed) = api.post(&format!("{path}/run"), json!({"inputs": {"n": "x"}})).await;
    assert_eq!(failed["error"]["code"], "input");
    let change = json!({"text": text.replace("n * 2", "n + n"), "version": 1});
    assert_eq!(api.call("PUT", &path, Some(change.clone())).await.0, StatusCode::OK);
    assert_eq!(api.call("PUT", &path, Some(change)).await.0, StatusCode::CONFLICT);
    let broken = json!({"text": text.replace("formula", "fromula")});
    let (status, record) = api.post("/api/v1/programs", broken).await;
    assert_eq!((status, &record["diagnostics"][0]["code"]), (StatusCode::CREATED, &json!("unknown_kind")));
    let run = format!("/api/v1/programs/{}/run", record["id"].as_str().unwrap());
    assert_eq!(api.post(&run, json!({})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(api.post("/api/v1/programs", json!({"text": "nonsense"})).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    for (language, end) in [("Python", ".py"), ("js", ".js"), ("typescript", ".ts"), ("rust", ".rs")] {
        let (status, code) = api.get(&format!("{path}/code?language={language}")).await;
        assert_eq!(status, StatusCode::OK, "{language}");
        assert!(code.to_string().contains(end), "{language}: {code}");
    }
    assert_eq!(api.get(&format!("{path}/code?language=cobol")).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn every_server_function_is_registered() {
    let mut paths: Vec<String> =
        leptos::server_fn::axum::server_fn_paths().map(|(path, method)| format!("{method} {path}")).collect();
    paths.sort();
    assert_eq!(paths.len(), 26, "{paths:#?}");
    assert!(paths.iter().all(|path| path.starts_with("POST /rpc/")), "{paths:#?}");
}

#[test]
fn the_document_names_every_route() {
    let document = serde_json::to_value(server::http::document()).unwrap();
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    for path in [
        "/tasks",
        "/tasks/{id}",
        "/tasks/{id}/cancel",
        "/tasks/{id}/feedback",
        "/agents",
        "/knowledge/search",
        "/programs/{id}/run",
        "/health",
    ] {
        assert!(paths.iter().any(|have| *have == path), "{path}: {paths:?}");
    }
    assert_eq!(document["components"]["securitySchemes"]["bearer"]["scheme"], "bearer");
}

/// A server with OpenAI's interface that answers each connection with the next of these raw answers, byte for byte.
async fn scripted(answers: Vec<Vec<u8>>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v1", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let mut requests = Vec::new();
        for answer in answers {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            // The body is JSON and ends with the brace that closes it.
            while !String::from_utf8_lossy(&request).trim_end().ends_with('}') {
                let mut part = [0; 4096];
                let count = socket.read(&mut part).await.unwrap();
                request.extend_from_slice(&part[..count]);
            }
            requests.push(String::from_utf8_lossy(&request).into_owned());
            // An empty answer is silence: the connection stays open until the client gives up.
            if answer.is_empty() {
                let _ = socket.read(&mut [0; 1]).await;
            }
            let _ = socket.write_all(&answer).await;
        }
        requests
    });
    (url, serving)
}

fn sse(frames: &[&str]) -> Vec<u8> {
    let body: String = frames.iter().map(|frame| format!("data: {frame}\n\n")).collect();
    format!("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{body}").into_bytes()
}

fn status(line: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {line}\r\n{headers}content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len()).into_bytes()
}

const PIECE: &str = r#"{"choices":[{"index":0,"delta":{"content":"Leaves fall."}}]}"#;
const END: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;
const USAGE: &str = r#"{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":4,"total_tokens":16}}"#;

async fn ask_scripted(answers: Vec<Vec<u8>>) -> Value {
    let (base_url, _serving) = scripted(answers).await;
    let api = Api::start_with(Some(scripted_provider(base_url))).await;
    api.ask(json!({"description": "Write a haiku about autumn"})).await
}

fn scripted_provider(base_url: String) -> ProviderDraft {
    ProviderDraft {
        name: "Scripted".to_owned(),
        base_url,
        model: "test-model-max".to_owned(),
        key: "sk-canary".to_owned(),
        input_price: Some(1.0),
        output_price: Some(2.0),
        ..ProviderDraft::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_is_shown_the_knowledge_that_helps_and_its_use_is_counted() {
    let (base_url, serving) = scripted(vec![sse(&[PIECE, END, "[DONE]"])]).await;
    let api = Api::start_with(Some(scripted_provider(base_url))).await;
    let (_, helpful) = api
        .post("/api/v1/knowledge", json!({"title": "Staging", "content": "The staging database is called heron."}))
        .await;
    let (_, other) =
        api.post("/api/v1/knowledge", json!({"title": "Lunch", "content": "Write an order by noon."})).await;
    let task = api.ask(json!({"description": "Write a limerick about the database for staging"})).await;
    assert_eq!(task["state"], "succeeded", "{task}");
    let asked = serving.await.unwrap().remove(0);
    assert!(asked.contains("called heron") && !asked.contains("by noon"), "{asked}");
    let usage = async |item: &Value| {
        api.get(&format!("/api/v1/knowledge/{}", item["id"].as_str().unwrap())).await.1["usage"].clone()
    };
    assert_eq!((usage(&helpful).await, usage(&other).await), (json!(1), json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_answers_what_recall_does_not_and_is_not_called_verified() {
    let task = ask_scripted(vec![sse(&[PIECE, END, USAGE, "[DONE]"])]).await;
    assert_eq!(task["state"], "succeeded", "{task}");
    let answer = &task["answer"];
    assert_eq!(
        (&answer["text"], &answer["verified"], &answer["solver"]),
        (&json!("Leaves fall."), &json!(false), &json!("model"))
    );
    assert_eq!(answer["usage"], json!({"input_tokens": 12, "output_tokens": 4, "cost": 2e-5}));
    assert_eq!(answer["model"], "test-model-max");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_busy_is_asked_again() {
    let busy = status("429 Too Many Requests", "retry-after-ms: 20\r\n", r#"{"error":{"message":"slow down"}}"#);
    let task = ask_scripted(vec![busy.clone(), busy.clone(), sse(&[PIECE, END, "[DONE]"])]).await;
    assert_eq!(task["answer"]["text"], "Leaves fall.", "{task}");
    let task = ask_scripted(vec![busy.clone(), busy.clone(), busy]).await;
    assert_eq!(task["state"], "failed");
    assert!(task["error"].as_str().unwrap().contains("429: slow down"), "{task}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_call_is_a_failed_task_with_the_providers_message() {
    let refused = status("401 Unauthorized", "", r#"{"error":{"message":"bad key"}}"#);
    let cut_off = sse(&[PIECE]);
    let malformed = sse(&["{\"choices\": [nonsense"]);
    let no_stream = status("200 OK", "", "{}");
    for (answer, message) in [
        (refused, "401: bad key"),
        (cut_off, "cut off after 12"),
        (malformed, "malformed"),
        (no_stream, "cut off after 0"),
    ] {
        let task = ask_scripted(vec![answer]).await;
        assert_eq!((&task["state"], &task["answer"]), (&json!("failed"), &Value::Null), "{task}");
        let error = task["error"].as_str().unwrap();
        assert!(error.contains(message) && !error.contains("sk-canary"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_text_is_none_and_half_an_answer_says_so() {
    let ended = |reason: &str| END.replace("\"stop\"", &format!("\"{reason}\""));
    for reason in ["tool_calls", "content_filter", "stop"] {
        let task = ask_scripted(vec![sse(&[&ended(reason), "[DONE]"])]).await;
        assert_eq!((&task["state"], &task["answer"]), (&json!("failed"), &Value::Null), "{task}");
        assert!(task["error"].as_str().unwrap().contains(&format!("no text (it ended with `{reason}`)")), "{task}");
    }
    let task = ask_scripted(vec![sse(&[PIECE, &ended("length"), "[DONE]"])]).await;
    assert!(task["answer"]["text"].as_str().unwrap().contains("Leaves fall.\n\n[The answer ends here"), "{task}");
    let task = ask_scripted(vec![sse(&[PIECE, r#"{"error":{"message":"overloaded"}}"#])]).await;
    assert!(task["error"].as_str().unwrap().ends_with("the provider reports: overloaded"), "{task}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_terminal_would_obey_is_no_part_of_an_answer() {
    let piece = PIECE.replace("Leaves fall.", "Leaves\\u001b[31m fall.\\u0000\\nAll of them.");
    let task = ask_scripted(vec![sse(&[&piece, END, "[DONE]"])]).await;
    assert_eq!(task["answer"]["text"], "Leaves[31m fall.\nAll of them.", "{task}");
}

#[tokio::test(flavor = "multi_thread")]
async fn values_that_a_recipe_does_not_take_are_a_models_matter() {
    let api = Api::start().await;
    let body = json!({"description": "What is -7 mod 3?"});
    let task = api.ask(body.clone()).await;
    assert_eq!((&task["state"], &task["answer"]), (&json!("needs_model"), &Value::Null), "{task}");
    let (base_url, _serving) = scripted(vec![sse(&[PIECE, END, "[DONE]"])]).await;
    let api = Api::start_with(Some(scripted_provider(base_url))).await;
    let task = api.ask(body).await;
    assert_eq!((&task["state"], &task["answer"]["solver"]), (&json!("succeeded"), &json!("model")), "{task}");
}

/// Regression: as many silent models as there are workers held up everything.
#[tokio::test(flavor = "multi_thread")]
async fn what_recipes_answer_does_not_wait_for_models() {
    let (base_url, _serving) = scripted(vec![Vec::new(); 9]).await;
    let api = Api::start_with(Some(scripted_provider(base_url))).await;
    let mut asked = Vec::new();
    for animal in ["cat", "dog", "fox"] {
        let (_, task) =
            api.post("/api/v1/tasks", json!({"description": format!("Write a haiku about a {animal}")})).await;
        asked.push(format!("/api/v1/tasks/{}", task["id"].as_str().unwrap()));
    }
    let task = api.ask(json!({"description": "Is 97 a prime number?"})).await;
    assert_eq!(task["state"], "succeeded", "{task}");
    for path in asked {
        let (_, task) = api.get(&path).await;
        assert_eq!(task["state"], "running", "{task}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_provider_times_out() {
    let task = ask_scripted(vec![Vec::new(), Vec::new(), Vec::new()]).await;
    assert_eq!(task["state"], "failed", "{task}");
    assert!(task["error"].as_str().unwrap().contains("did not answer in time"), "{task}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_can_be_cancelled() {
    let (base_url, _serving) = scripted(vec![Vec::new()]).await;
    let provider = ProviderDraft { name: "S".to_owned(), base_url, model: "m".to_owned(), ..ProviderDraft::default() };
    let api = Api::start_with(Some(provider)).await;
    let mut events = api.services.subscribe(&services::Caller::owner("test"));
    let (_, task) = api.post("/api/v1/tasks", json!({"description": "Write a haiku about autumn"})).await;
    while events.recv().await.unwrap().what != "asked a model" {}
    let path = format!("/api/v1/tasks/{}/cancel", task["id"].as_str().unwrap());
    let (status, task) = api.post(&path, json!({})).await;
    assert_eq!((status, &task["state"]), (StatusCode::OK, &json!("cancelled")));
    assert_eq!(api.post(&path, json!({})).await.0, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_never_shown_again() {
    let api = Api::start().await;
    let caller = services::Caller::owner("test");
    let draft = ProviderDraft {
        name: "P".to_owned(),
        base_url: "http://127.0.0.1:9/v1".to_owned(),
        model: "m".to_owned(),
        key: "sk-canary".to_owned(),
        ..ProviderDraft::default()
    };
    let info = api.services.add_provider(&caller, draft).await.unwrap();
    assert!(info.has_key);
    let shown = serde_json::to_string(&api.services.providers(&caller).await.unwrap()).unwrap();
    let events = serde_json::to_string(&api.services.events_after(&caller, 0).await.unwrap()).unwrap();
    assert!(!shown.contains("sk-canary") && !events.contains("sk-canary"));
    let failed = api.services.test_provider(&caller, &info.id).await.unwrap_err();
    assert!(failed.to_string().contains("cannot be reached"), "{failed}");
}
