//! A table of figures in Markdown.

pub struct Row {
    pub what: String,
    pub figure: String,
    pub goal: String,
    /// What the same machine does in the same run without the product in the way.
    pub beside: String,
}

impl Row {
    pub fn new(what: impl Into<String>, figure: impl Into<String>, goal: impl Into<String>) -> Self {
        Self { what: what.into(), figure: figure.into(), goal: goal.into(), beside: String::new() }
    }

    pub fn beside(mut self, baseline: impl Into<String>) -> Self {
        self.beside = baseline.into();
        self
    }
}

pub fn print(rows: &[Row]) {
    if rows.is_empty() {
        return;
    }
    println!("| what | figure | goal | beside it |");
    println!("| --- | --- | --- | --- |");
    for Row { what, figure, goal, beside } in rows {
        println!("| {what} | {figure} | {goal} | {beside} |");
    }
}

/// Middle value; for an even count the lower of the two.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len().saturating_sub(1) / 2;
    values.get(middle).copied().unwrap_or(f64::NAN)
}
