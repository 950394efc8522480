//! A line chart of measured points.

use leptos::prelude::*;
use model::Point;

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 90.0;

/// Points over time; says so where there are none.
#[component]
pub(in crate::ui) fn Chart(
    /// What is drawn.
    title: &'static str,
    /// The unit of the values.
    unit: &'static str,
    /// The points in order.
    points: Vec<Point>,
) -> impl IntoView {
    let highest = points.iter().map(|point| point.value).fold(0.0, f64::max);
    let latest = points.last().map_or(0.0, |point| point.value);
    if highest == 0.0 {
        return view! {
            <figure class="chart"><figcaption>{title}</figcaption><p class="empty">"Nothing measured in the last hour."</p></figure>
        }
        .into_any();
    }
    let label = format!("{title}: highest {highest:.1} {unit}, latest {latest:.1} {unit}");
    view! {
        <figure class="chart">
            <figcaption>{title}<span>{format!("max {highest:.1} {unit}")}</span></figcaption>
            <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label preserveAspectRatio="none">
                <polyline points=line(&points, highest)></polyline>
                {dots(&points, highest)}
            </svg>
        </figure>
    }
    .into_any()
}

/// Places points by their time within the hour that they end.
fn place(points: &[Point], highest: f64) -> Vec<(f64, f64)> {
    let last = points.last().map_or(0, |point| point.at);
    let hour = 3_600_000.0;
    points
        .iter()
        .map(|point| {
            let x = WIDTH - (last - point.at) as f64 / hour * WIDTH;
            (x.max(0.0), HEIGHT - 4.0 - point.value / highest * (HEIGHT - 8.0))
        })
        .collect()
}

fn line(points: &[Point], highest: f64) -> String {
    let places: Vec<String> = place(points, highest).iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    places.join(" ")
}

/// A point alone would be an invisible line.
fn dots(points: &[Point], highest: f64) -> Vec<AnyView> {
    if points.len() > 3 {
        return Vec::new();
    }
    let places = place(points, highest);
    places.into_iter().map(|(x, y)| view! { <circle cx=x - 3.0 cy=y r="3"></circle> }.into_any()).collect()
}
