//! Writes the generated pages of `docs/` anew. Run by `make docs`.

#[allow(dead_code)]
#[path = "../tests/docs/mod.rs"]
mod docs;

fn main() -> std::io::Result<()> {
    for (path, page) in docs::pages() {
        let file = docs::root().join(path);
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, page)?;
    }
    Ok(())
}
