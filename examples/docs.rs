//! Writes the generated pages of `docs/` and `tests/neighbours/` anew. Run by `make docs`.

#[allow(dead_code)]
#[path = "../tests/cases/mod.rs"]
mod cases;
#[allow(dead_code)]
#[path = "../tests/docs/mod.rs"]
mod docs;

fn main() -> std::io::Result<()> {
    let pages = docs::pages().into_iter().map(|(path, page)| (path.to_owned(), page));
    let pages =
        pages.chain([docs::wording::other_words(), cases::neighbours::names()]).chain(cases::typed::pages());
    for (path, page) in pages.chain(cases::case_files().iter().map(|file| cases::neighbours::page(file))) {
        let file = docs::root().join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, page)?;
    }
    Ok(())
}
