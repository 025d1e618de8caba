//! Puts mutants into one copy of the sources, each behind a switch, so that they are compiled once.
//!
//!     mutants MUTANTS.json FROM TO PLACES.json
//!
//! reads mutants as cargo-mutants lists them, each with a number, and writes each file of the folder FROM that has some
//! into TO. Where a mutant stands in what was written, and which could not be put there, is written to PLACES.json.
//!
//! What a mutant does is what cargo-mutants does: its text in place of the original's. Only the smallest piece that means
//! the same in brackets is there twice: `a == b && c` becomes `(if on(1) { a != b && c } else { a == b && c })`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::{env, fs};

use proc_macro2::Span;
use serde::{Deserialize, Serialize};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

#[derive(Deserialize)]
struct Mutant {
    id: u32,
    file: String,
    genre: Genre,
    line: usize,
    /// Counted from 1, in characters.
    column: usize,
    replacement: String,
}

#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd)]
enum Genre {
    FnValue,
    BinaryOperator,
    UnaryOperator,
    MatchArm,
    MatchArmGuard,
    StructField,
}

/// Where mutants stand in the files that were written: by file, from byte to byte.
#[derive(Default, Serialize)]
struct Places {
    /// The text of one mutant.
    own: Vec<(String, usize, usize, u32)>,
    /// A piece with all that stand in it.
    around: Vec<(String, usize, usize, Vec<u32>)>,
    /// Those whose text is no Rust.
    broken: Vec<u32>,
    /// Those for which there is no place.
    lost: Vec<u32>,
}

/// Something put in, and what it is part of.
struct Edit {
    at: usize,
    /// What closes comes before what opens; the inner closes first and opens last.
    order: (bool, i64, i64),
    pieces: Vec<(String, Option<u32>)>,
    /// Of what opens and closes: which pair, and the mutants in it.
    pair: Option<(usize, Vec<u32>)>,
}

struct Switches<'a> {
    text: &'a str,
    wanted: BTreeMap<(Genre, usize, usize), Vec<&'a Mutant>>,
    edits: Vec<Edit>,
    pairs: usize,
    /// The whole of the operators that are being looked at, `a == b && c` for the `==`.
    chain: Option<Range<usize>>,
    chains: BTreeMap<(usize, usize), Vec<(u32, String)>>,
    broken: Vec<u32>,
}

const ON: &str = "crate::mutants::on";

impl<'a> Switches<'a> {
    fn at(&mut self, genre: Genre, span: Span) -> Vec<&'a Mutant> {
        let start = span.start();
        self.wanted.remove(&(genre, start.line, start.column + 1)).unwrap_or_default()
    }

    /// `(if on(1) { … } else { the original })`, with something before the bracket.
    fn around(&mut self, range: &Range<usize>, before: &str, instead: Vec<(u32, String)>) {
        let mut pieces = vec![(format!("{before}("), None)];
        let ids: Vec<u32> = instead.iter().map(|(id, _)| *id).collect();
        for (id, text) in instead {
            pieces.push((format!("if {ON}({id}) {{ ({text}) }} else "), Some(id)));
        }
        pieces.push(("{ (".into(), None));
        let size = i64::try_from(range.len()).unwrap();
        let turn = i64::try_from(self.pairs).unwrap();
        let pair = Some((self.pairs, ids));
        self.edits.push(Edit { at: range.start, order: (true, -size, turn), pieces, pair: pair.clone() });
        let pieces = vec![(") })".into(), None)];
        self.edits.push(Edit { at: range.end, order: (false, size, -turn), pieces, pair });
        self.pairs += 1;
    }

    fn body(&mut self, block: &syn::Block) {
        let Some(first) = block.stmts.first() else { return };
        let mutants = self.at(Genre::FnValue, first.span());
        if mutants.is_empty() {
            return;
        }
        let pieces = mutants
            .iter()
            .map(|mutant| {
                (format!(" if {ON}({}) {{ return {}; }}", mutant.id, mutant.replacement), Some(mutant.id))
            })
            .collect();
        let at = block.brace_token.span.open().byte_range().end;
        self.edits.push(Edit { at, order: (true, i64::MIN, 0), pieces, pair: None });
    }
}

/// Whether `let` stands among conditions, which no brackets may go around.
fn has_let(expr: &syn::Expr) -> bool {
    match expr {
        syn::Expr::Let(_) => true,
        syn::Expr::Binary(both) => has_let(&both.left) || has_let(&both.right),
        _ => false,
    }
}

impl<'ast> Visit<'ast> for Switches<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.body(&item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.body(&item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.body(block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_expr(&mut self, expr: &'ast syn::Expr) {
        let chain = match expr {
            syn::Expr::Binary(_) => self.chain.clone(),
            _ => None,
        };
        let outer = std::mem::replace(&mut self.chain, chain);
        visit::visit_expr(self, expr);
        self.chain = outer;
    }

    fn visit_expr_binary(&mut self, both: &'ast syn::ExprBinary) {
        if self.chain.is_none() && !has_let(&both.left) && !has_let(&both.right) {
            self.chain = Some(both.span().byte_range());
        }
        let operator = both.op.span().byte_range();
        for mutant in self.at(Genre::BinaryOperator, both.op.span()) {
            let Some(chain) = self.chain.clone() else {
                // Instead of `&&` beside a `let`, nothing is Rust.
                self.broken.push(mutant.id);
                continue;
            };
            let text = format!(
                "{} {} {}",
                &self.text[chain.start..operator.start],
                mutant.replacement,
                &self.text[operator.end..chain.end]
            );
            if syn::parse_str::<syn::Expr>(&text).is_ok() {
                self.chains.entry((chain.start, chain.end)).or_default().push((mutant.id, text));
            } else {
                self.broken.push(mutant.id);
            }
        }
        visit::visit_expr_binary(self, both);
    }

    fn visit_expr_unary(&mut self, one: &'ast syn::ExprUnary) {
        let operator = one.op.span().byte_range();
        let range = one.span().byte_range();
        for mutant in self.at(Genre::UnaryOperator, one.op.span()) {
            let text = self.text[operator.end..range.end].to_owned();
            self.around(&range, "", vec![(mutant.id, text)]);
        }
        visit::visit_expr_unary(self, one);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        for mutant in self.at(Genre::MatchArm, arm.span()) {
            let at = arm.pat.span().byte_range().end;
            let pieces = vec![(format!(" if !{ON}({})", mutant.id), Some(mutant.id))];
            self.edits.push(Edit { at, order: (false, i64::MAX, 0), pieces, pair: None });
        }
        if let Some((_, guard)) = &arm.guard {
            let instead: Vec<_> = self
                .at(Genre::MatchArmGuard, guard.span())
                .iter()
                .map(|mutant| (mutant.id, mutant.replacement.clone()))
                .collect();
            if !instead.is_empty() {
                self.around(&guard.span().byte_range(), "", instead);
            }
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_struct(&mut self, literal: &'ast syn::ExprStruct) {
        if let Some(rest) = &literal.rest {
            let rest = &self.text[rest.span().byte_range()];
            let rest = if rest == "Default::default()" {
                format!("<{} as Default>::default()", &self.text[literal.path.span().byte_range()])
            } else {
                rest.to_owned()
            };
            for field in &literal.fields {
                let name = &self.text[field.member.span().byte_range()];
                for mutant in self.at(Genre::StructField, field.span()) {
                    let before =
                        if field.colon_token.is_some() { String::new() } else { format!("{name}: ") };
                    self.around(
                        &field.expr.span().byte_range(),
                        &before,
                        vec![(mutant.id, format!("({rest}).{name}"))],
                    );
                }
            }
        }
        visit::visit_expr_struct(self, literal);
    }
}

fn main() {
    let [mutants, from, to, places_at] = &env::args().skip(1).collect::<Vec<_>>()[..] else {
        panic!("mutants MUTANTS.json FROM TO PLACES.json")
    };
    let mutants: Vec<Mutant> = serde_json::from_slice(&fs::read(mutants).unwrap()).unwrap();
    let mut places = Places::default();
    let files: BTreeSet<&str> = mutants.iter().map(|mutant| mutant.file.as_str()).collect();
    for file in files {
        let text = fs::read_to_string(Path::new(from).join(file)).unwrap();
        let mut wanted: BTreeMap<_, Vec<&Mutant>> = BTreeMap::new();
        for mutant in mutants.iter().filter(|mutant| mutant.file == file) {
            wanted.entry((mutant.genre, mutant.line, mutant.column)).or_default().push(mutant);
        }
        let mut switches = Switches {
            text: &text,
            wanted,
            edits: Vec::new(),
            pairs: 0,
            chain: None,
            chains: BTreeMap::new(),
            broken: Vec::new(),
        };
        switches.visit_file(&syn::parse_file(&text).unwrap());
        for ((start, end), instead) in std::mem::take(&mut switches.chains) {
            switches.around(&(start..end), "", instead);
        }
        places.broken.append(&mut switches.broken);
        places.lost.extend(switches.wanted.values().flatten().map(|mutant| mutant.id));

        let mut edits = switches.edits;
        edits.sort_by_key(|edit| (edit.at, edit.order));
        let mut out = String::new();
        let mut opened = BTreeMap::new();
        let mut copied = 0;
        for edit in edits {
            out.push_str(&text[copied..edit.at]);
            copied = edit.at;
            let start = out.len();
            for (piece, id) in edit.pieces {
                let start = out.len();
                out.push_str(&piece);
                if let Some(id) = id {
                    places.own.push((file.into(), start, out.len(), id));
                }
            }
            if let Some((pair, ids)) = edit.pair {
                if let Some(start) = opened.remove(&pair) {
                    places.around.push((file.into(), start, out.len(), ids));
                } else {
                    opened.insert(pair, start);
                }
            }
        }
        out.push_str(&text[copied..]);
        fs::write(Path::new(to).join(file), out).unwrap();
    }
    fs::write(places_at, serde_json::to_vec(&places).unwrap()).unwrap();
}
