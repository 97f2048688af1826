//! Shapes and pieces of HTML that every part of the page uses.

use model::event::Kind;

/// Text that may hold anything, made safe for HTML and attributes. Control characters that no browser shows go.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(' '),
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// The shape of a kind around a point, as the body of an SVG: a circle, a square, a bar, a diamond, a hexagon, a flag.
pub fn shape(kind: Kind, x: f64, y: f64, size: f64) -> String {
    let class = kind.as_str();
    match kind {
        Kind::Metric => format!(r#"<circle class="k-{class}" cx="{x:.1}" cy="{y:.1}" r="{size:.1}"/>"#),
        Kind::Log => rectangle(class, x, y, size * 0.92, size * 0.92, 1.0),
        Kind::Trace => rectangle(class, x, y, size * 1.25, size * 0.55, size * 0.4),
        Kind::UserAction => polygon(class, x, y, &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)], size),
        Kind::SystemEvent => {
            let six = [(0.5, -0.95), (1.08, 0.0), (0.5, 0.95), (-0.5, 0.95), (-1.08, 0.0), (-0.5, -0.95)];
            polygon(class, x, y, &six, size)
        }
        Kind::Note => polygon(
            class,
            x,
            y,
            &[(-0.8, -1.1), (1.0, -1.1), (0.6, -0.4), (1.0, 0.3), (-0.5, 0.3), (-0.5, 1.2), (-0.8, 1.2)],
            size,
        ),
    }
}

fn rectangle(class: &str, x: f64, y: f64, half_width: f64, half_height: f64, radius: f64) -> String {
    format!(
        r#"<rect class="k-{class}" x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" rx="{radius:.1}"/>"#,
        x - half_width,
        y - half_height,
        half_width * 2.0,
        half_height * 2.0,
    )
}

fn polygon(class: &str, x: f64, y: f64, corners: &[(f64, f64)], size: f64) -> String {
    let points: Vec<String> =
        corners.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx * size, y + dy * size)).collect();
    format!(r#"<polygon class="k-{class}" points="{}"/>"#, points.join(" "))
}

/// A shape on its own, inline with text.
pub fn mark(kind: Kind, name: &str) -> String {
    let name = escape(name);
    format!(
        r#"<svg class="mark" viewBox="0 0 12 12" role="img" aria-label="{name}">{}</svg>"#,
        shape(kind, 6.0, 6.0, 4.4)
    )
}

pub fn score(score: f64) -> String {
    let part = (score.clamp(0.0, 1.0) * 100.0).round();
    format!(r#"<span class="score"><i style="--part:{part}%"></i>{score:.2}</span>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_log_line_reaches_the_page_as_markup() {
        assert_eq!(
            escape("<img src=x onerror='a'>\u{7}&\"\n"),
            "&lt;img src=x onerror=&#39;a&#39;&gt;&amp;&quot; "
        );
    }
}
