//! How the code is built: what may import what, where a kind of event is named, and whether the pages that tell
//! contributors where things are name places that exist.

mod floors;
mod kinds;
mod pages;

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file of the runtime, with its top module.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = root().join("chalice-rt/src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let top = |file: &Path| {
        let first = file.strip_prefix(&root).ok()?.components().next()?;
        Some(first.as_os_str().to_str()?.trim_end_matches(".rs").to_owned())
    };
    files
        .into_iter()
        .map(|file| (top(&file).unwrap(), file.clone(), fs::read_to_string(file).unwrap()))
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, files),
            false if path.extension().is_some_and(|extension| extension == "rs") => files.push(path),
            false => {}
        }
    }
}

/// The lines of code, without comments and without the unit tests at the end of a file.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    lines.take_while(|(_, line)| *line != "#[cfg(test)]").filter(|(_, line)| !line.starts_with("//"))
}
