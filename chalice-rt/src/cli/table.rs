//! Tables of text with aligned columns.

/// A table of text: each row indented by two, its cells two apart, the last one not padded.
pub(super) fn table<const N: usize>(rows: &[[String; N]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    rows.iter().map(|row| line(row, &widths)).collect()
}

fn line<const N: usize>(row: &[String; N], widths: &[usize; N]) -> String {
    let cells = row.iter().zip(widths).filter(|(_, width)| **width > 0);
    let mut text: String = cells.map(|(cell, width)| format!("  {cell:width$}")).collect();
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn cells_stand_below_each_other_and_empty_columns_are_left_out() {
        let rows = [["GET", "", "/"], ["DELETE", "", "/users"]].map(|row| row.map(str::to_owned));
        assert_eq!(table(&rows), "  GET     /\n  DELETE  /users\n");
    }
}
