use serde_json::{Value, json};
use tests::{Client, TestApp};

async fn incident(client: &Client) -> String {
    let made = client.post("/api/v1/incidents", json!({ "title": "slow" })).await.expect(201);
    format!("/api/v1/incidents/{}", made.id())
}

fn note(title: &str, minute: u32) -> Value {
    json!({ "title": title, "occurred_at": format!("2026-11-12T14:{minute:02}:00Z") })
}

fn titles(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().into_iter().flatten();
    items.map(|event| event["title"].as_str().unwrap_or_default()).collect()
}

#[tokio::test]
async fn an_added_event_is_read_back() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = incident(&alice).await;
    let draft = json!({
        "title": "重启了数据库", "occurred_at": "2026-11-12T14:04:50.000001Z", "ended_at": "2026-11-12T14:05:00Z",
        "kind": "user_action", "type": "restart", "service": "postgres", "detail": "a\nb", "severity": "warning",
        "uncertainty_us": 500_000, "starred": true, "key": true, "attributes": { "ticket": "OPS-1" },
    });
    let made = alice.post(&format!("{path}/events"), draft).await.expect(201);
    let read = alice.get(&format!("/api/v1/events/{}", made.id())).await.expect(200);
    assert_eq!(read.json, made.json);
    assert_eq!(read.json["occurred_at"], "2026-11-12T14:04:50.000001Z");
    assert_eq!(read.json["author"]["name"], "Alice");
    assert_eq!(read.json["provenance"]["source"], "person");
    let counts = alice.get(&path).await.expect(200).json["counts"].clone();
    assert_eq!((&counts["events"], &counts["key_events"]), (&json!(1), &json!(1)));
    alice.get(&format!("{path}/events/{}", made.id())).await.expect(200);
    let elsewhere = incident(&alice).await;
    alice.get(&format!("{elsewhere}/events/{}", made.id())).await.expect(404);
}

#[tokio::test]
async fn a_batch_is_added_whole_or_not_at_all() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = format!("{}/events/batch", incident(&alice).await);
    let wrong = json!({ "events": [note("first", 1), note("", 2)] });
    let refused = alice.post(&path, wrong).await.expect(422);
    assert_eq!(refused.json["fields"][0]["path"], "events[1].title");
    let right = json!({ "events": [note("second", 2), note("first", 1)] });
    assert_eq!(alice.post(&path, right).await.expect(201).json["items"].as_array().unwrap().len(), 2);
    let too_many: Vec<Value> = (0..501).map(|_| note("n", 1)).collect();
    alice.post(&path, json!({ "events": too_many })).await.expect(422);
    alice.post(&path, json!({ "events": [] })).await.expect(422);
    let timeline = alice.get(&path.replace("events/batch", "timeline")).await.expect(200).json;
    assert_eq!(titles(&timeline), ["first", "second"]);
}

#[tokio::test]
async fn a_changed_event_keeps_what_was_before() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.editor("Alice").await, app.editor("Bob").await);
    let incident = incident(&alice).await;
    let made = alice.post(&format!("{incident}/events"), note("deploy", 1)).await.expect(201);
    let path = format!("/api/v1/events/{}", made.id());
    bob.patch(&path, json!({ "version": 1, "title": "deploy 1.2", "service": "cart" })).await.expect(200);
    let refused = alice.patch(&path, json!({ "version": 1, "starred": true })).await.expect(409);
    assert_eq!(refused.json["current"]["title"], "deploy 1.2");
    alice.patch(&path, json!({ "version": 2, "starred": true })).await.expect(200);
    alice.delete(&path).await.expect(204);
    alice.get(&path).await.expect(404);
    assert_eq!(alice.get(&incident).await.expect(200).json["counts"]["events"], 0);
    alice.post(&format!("{path}/restore"), json!({})).await.expect(200);
    assert_eq!(alice.post(&format!("{path}/restore"), json!({})).await.expect(409).code(), "not_deleted");
    let history = alice.get(&format!("{path}/history")).await.expect(200).json;
    let steps: Vec<_> = history["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["version"].as_i64().unwrap(), step["change"].as_str().unwrap()))
        .collect();
    let expected = [(1, "created"), (2, "updated"), (3, "updated"), (4, "deleted"), (5, "restored")];
    assert_eq!(steps, expected);
    assert_eq!(history["items"][0]["after"]["title"], "deploy");
    assert_eq!(history["items"][1]["by"]["name"], "Bob");
    assert_eq!(history["items"][1]["before"], json!({ "service": null, "title": "deploy" }));
    assert_eq!(history["items"][2]["after"], json!({ "starred": true }));
}

#[tokio::test]
async fn a_decision_about_a_correlation_is_of_two_events_of_one_incident() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = incident(&alice).await;
    let one = alice.post(&format!("{path}/events"), note("one", 1)).await.expect(201).id().to_owned();
    let two = alice.post(&format!("{path}/events"), note("two", 2)).await.expect(201).id().to_owned();
    let elsewhere = incident(&alice).await;
    let far = alice.post(&format!("{elsewhere}/events"), note("far", 2)).await.expect(201).id().to_owned();
    let decide = |one: &str, other: &str| format!("/api/v1/events/{one}/correlations/{other}");
    let confirmed = json!({ "state": "confirmed" });
    alice.put(&decide(&one, &two), confirmed.clone()).await.expect(200);
    alice.put(&decide(&one, &far), confirmed.clone()).await.expect(422);
    alice.put(&decide(&one, &one), confirmed).await.expect(422);
}

#[tokio::test]
async fn a_timeline_is_filtered_and_paged_in_both_directions() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = incident(&alice).await;
    let mut drafts: Vec<Value> = (0..5).map(|minute| note(&format!("n{minute}"), minute)).collect();
    drafts[3]["service"] = json!("cart");
    drafts[4]["kind"] = json!("user_action");
    alice.post(&format!("{path}/events/batch"), json!({ "events": drafts })).await.expect(201);
    let page = |query: String| {
        let (alice, path) = (alice.clone(), path.clone());
        async move { alice.get(&format!("{path}/timeline?{query}")).await.expect(200).json }
    };
    let first = page("limit=2".to_owned()).await;
    assert_eq!(titles(&first), ["n0", "n1"]);
    let cursor = first["next_cursor"].as_str().unwrap();
    assert_eq!(titles(&page(format!("limit=10&cursor={cursor}")).await), ["n2", "n3", "n4"]);
    assert_eq!(titles(&page("order=desc&limit=2".to_owned()).await), ["n4", "n3"]);
    assert_eq!(titles(&page("services=cart".to_owned()).await), ["n3"]);
    assert_eq!(titles(&page("kinds=user_action".to_owned()).await), ["n4"]);
    assert_eq!(titles(&page("q=N2".to_owned()).await), ["n2"]);
    let within = "from=2026-11-12T14:01:00Z&to=2026-11-12T14:03:00Z";
    assert_eq!(titles(&page(within.to_owned()).await), ["n1", "n2"]);
    alice.get(&format!("{path}/timeline?kinds=rumour")).await.expect(400);
}

#[tokio::test]
async fn a_drawing_follows_every_change_at_once() {
    let app = TestApp::start().await;
    let (alice, bob) = (app.editor("Alice").await, app.editor("Bob").await);
    let path = incident(&alice).await;
    let drafts: Vec<Value> = (0..450).map(|number| note("many", number % 60)).collect();
    alice.post(&format!("{path}/events/batch"), json!({ "events": drafts })).await.expect(201);
    let drawing = format!("{path}/timeline?resolution=1000000&lanes=service");
    let before = bob.get(&drawing).await.expect(200).json;
    assert_eq!((&before["total"], &before["lanes"][0]["key"]), (&json!(450), &json!("response")));
    let counted =
        |lane: &Value| lane["n"].as_array().unwrap().iter().map(|n| n.as_i64().unwrap()).sum::<i64>();
    assert_eq!(counted(&before["lanes"][0]), 450);
    assert_eq!(before["marks"]["title"], json!([]), "none of many carries the story");

    let added = json!({ "title": "key", "occurred_at": "2026-11-12T14:30:30Z", "key": true });
    let made = alice.post(&format!("{path}/events"), added).await.expect(201);
    let after = bob.get(&drawing).await.expect(200).json;
    assert_eq!((&after["total"], &after["marks"]["title"]), (&json!(451), &json!(["key"])));
    assert_eq!((&after["marks"]["key"], &after["ids"][0]), (&json!([0]), &json!(made.id())));
    assert!(after["revision"].as_i64() > before["revision"].as_i64());
    let event = format!("/api/v1/events/{}", made.id());
    alice.patch(&event, json!({ "version": 1, "occurred_at": "2026-11-12T15:30:00Z" })).await.expect(200);
    let moved =
        bob.get(&format!("{drawing}&from=2026-11-12T15:00:00Z&to=2026-11-12T16:00:00Z")).await.expect(200);
    assert_eq!(moved.json["total"], 1);
    alice.delete(&event).await.expect(204);
    assert_eq!(bob.get(&drawing).await.expect(200).json["total"], 450);
}

#[tokio::test]
async fn events_added_at_once_by_many_are_all_kept() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = incident(&alice).await;
    let adding = (0..64).map(|number| {
        let (alice, path) = (alice.clone(), format!("{path}/events"));
        // Every eighth is refused: it takes none of the others with it.
        let title = if number % 8 == 0 { String::new() } else { format!("n{number}") };
        tokio::spawn(async move { alice.post(&path, note(&title, number % 60)).await.status })
    });
    let mut kept = 0;
    for added in adding.collect::<Vec<_>>() {
        kept += usize::from(added.await.unwrap() == 201);
    }
    assert_eq!(kept, 56);
    let timeline = alice.get(&format!("{path}/timeline?limit=1000")).await.expect(200).json;
    assert_eq!(timeline["items"].as_array().unwrap().len(), kept);
}

#[tokio::test]
async fn a_drawing_tells_times_as_differences() {
    let app = TestApp::start().await;
    let alice = app.editor("Alice").await;
    let path = incident(&alice).await;
    // From 14:00:00 on, in microseconds.
    const START: i64 = 1_794_492_000_000_000;
    let expected = [123, 5_000_000, 5_200_001, 1_800_000_000].map(|after| START + after);
    let mut ids = Vec::new();
    for (number, time) in ["00:00.000123", "00:05", "00:05.200001", "30:00"].into_iter().enumerate() {
        let draft = json!({
            "title": format!("n{number}"), "occurred_at": format!("2026-11-12T14:{time}Z"), "kind": "system_event",
            "service": "cart", "ended_at": "2026-11-12T14:30:01Z", "key": number == 3, "starred": number == 0,
            "attributes": { "title.zh": format!("第{number}") },
        });
        ids.push(alice.post(&format!("{path}/events"), draft).await.expect(201).id().to_owned());
    }
    let window = "from=2026-11-12T13:59:59.999Z&to=2026-11-12T15:00:00Z&resolution=1000000";
    let drawing = alice.get(&format!("{path}/timeline?{window}")).await.expect(200).json;
    let numbers = |of: &Value| of.as_array().unwrap().iter().map(|n| n.as_i64().unwrap()).collect::<Vec<_>>();
    let summed = |from: i64, gaps: &Value| {
        numbers(gaps).into_iter().scan(from, |sum, gap| {
            *sum += gap;
            Some(*sum)
        })
    };
    let from = drawing["from"].as_i64().unwrap();
    let marks = &drawing["marks"];
    assert_eq!(summed(from, &marks["gap"]).collect::<Vec<_>>(), expected);
    assert_eq!(numbers(&marks["length"])[3], 1_000_000);
    assert_eq!((&marks["key"], &marks["starred"]), (&json!([3]), &json!([0])));
    assert_eq!(marks["title_zh"], json!(["第0", "第1", "第2", "第3"]));
    assert_eq!((&drawing["lanes"][0]["key"], &marks["lane"]), (&json!("cart"), &json!([0, 0, 0, 0])));
    assert_eq!(drawing["ids"], json!(ids));

    let (unit, lane) = (drawing["unit"].as_i64().unwrap(), &drawing["lanes"][0]);
    assert_eq!(drawing["resolution"].as_i64().unwrap() % unit, 0);
    let firsts: Vec<i64> = summed(from.div_euclid(unit), &lane["gap"]).map(|units| units * unit).collect();
    let late = [0, 1, 3].map(|place| expected[place] - firsts[[0, 1, 1, 2][place]]);
    assert!(late.iter().all(|late| (0..unit).contains(late)), "{late:?}");
    assert_eq!((numbers(&lane["n"]), numbers(&lane["sample"])), (vec![1, 2, 1], vec![1, 2, 4]));
    assert!((numbers(&lane["span"])[1] * unit - 200_001).abs() < unit);
}
