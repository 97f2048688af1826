//! How fast events go in, and how fast a page comes out of a million of them. `cargo xtask bench store` runs it on SQLite
//! and on PostgreSQL and reads the rows that it prints: what, figure, goal.
#![expect(clippy::print_stdout, reason = "what it prints is what it is for")]

#[path = "../tests/conformance/engines.rs"]
#[expect(dead_code, reason = "the conformance suite uses all of it")]
mod engines;
#[path = "../tests/conformance/samples.rs"]
#[expect(dead_code, reason = "the conformance suite uses all of it")]
mod samples;

use std::time::{Duration, Instant};

use model::event::Recorded;
use model::incident::Incident;
use store::Store;
use store::event::{self, Page};

use engines::Fresh;
use samples::{at, event as sample, stored_events, stored_incident, write};

const HEAP: u128 = 100_000;
const HEAPS: u128 = 10;
/// Of the incident, over which the events are spread.
const SECONDS: i64 = 86_400;
const PAGES: i64 = 101;

#[tokio::main]
async fn main() {
    measure("SQLite", engines::sqlite().await).await;
    if let Some(fresh) = engines::postgres().await {
        measure("PostgreSQL", fresh).await;
    }
}

async fn measure(engine: &str, Fresh { store, .. }: Fresh) {
    let incident = stored_incident(&store, 1).await;
    let first = insert(&store, &incident, 0).await;
    println!("{HEAP} events in one write, {engine}\t{:.2} s\t<= 1 s", first.as_secs_f64());
    for heap in 1..HEAPS {
        insert(&store, &incident, heap).await;
    }
    // As in a server, whose connections are there before anyone asks for a page.
    store.ping().await.expect("the database answers");
    // Beside it the last write is still brought from the log into the database.
    let first = page_time(&store, &incident, 0).await;
    write(&store, |_| Box::pin(async { Ok(()) })).await;
    let mut pages = Vec::new();
    for page in 0..PAGES {
        pages.push(page_time(&store, &incident, page).await);
    }
    pages.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let figure = format!(
        "median {:.1} ms, slowest of {PAGES} {:.1} ms; while the log is brought in {:.1} ms",
        ms(pages[pages.len() / 2]),
        ms(pages[pages.len() - 1]),
        ms(first)
    );
    println!("page of 200 out of {} events, {engine}\t{figure}\t<= 10 ms", HEAP * HEAPS);
}

async fn page_time(store: &Store, incident: &Incident, page: i64) -> Duration {
    let wanted = Page { limit: 200, after: Some((at(page * SECONDS / PAGES), 0)), ..Page::default() };
    let started = Instant::now();
    let events = event::list(store.reader(), &incident.id, &wanted).await;
    assert_eq!(events.expect("a page can be read").len(), 200);
    started.elapsed()
}

async fn insert(store: &Store, incident: &Incident, heap: u128) -> Duration {
    let numbers = heap * HEAP..(heap + 1) * HEAP;
    let second = |number: u128| (number as i64).wrapping_mul(2_654_435_761) % SECONDS;
    let events: Vec<Recorded> = numbers.map(|number| sample(incident, number, second(number))).collect();
    let started = Instant::now();
    stored_events(store, events).await;
    started.elapsed()
}
