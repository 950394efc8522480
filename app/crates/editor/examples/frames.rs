//! Times what a person feels: opening a program, moving the pointer over it, panning, dragging, dropping.
//!
//! Prints a table in milliseconds: the middle of hundreds of rounds of what happens many times a second, else the best
//! of a few.

use std::fmt::Write;
use std::time::Instant;

use blocks::{check, text};
use editor::{Command, Editor, Message, Modifiers, Point, Pointer, Scene, Visible};

fn main() {
    println!(
        "| program | blocks | open | layout anew | move (idle) | pan + visible | elements | begin drag | drag move | drop | type | undo | light up | copy 500 | paste 500 | undo that |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    for count in [100, 1_000, 5_000] {
        row("flat chain", &flat(count));
        row("flat wide", &wide(count));
        row("nested", &nested(count));
    }
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
fn time(rounds: usize, mut run: impl FnMut(usize)) -> f64 {
    let mut taken: Vec<f64> = (0..rounds)
        .map(|round| {
            let began = Instant::now();
            run(round);
            began.elapsed().as_secs_f64() * 1_000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    // What takes long is interrupted by whatever else runs; the best round tells what it takes.
    if rounds < 100 { taken[0] } else { taken[rounds / 2] }
}

fn row(name: &str, source: &str) {
    let program = text::read(source).expect("a program");
    let open = time(5, |_| {
        std::hint::black_box(Scene::new(&program));
    });
    let mut editor = Editor::new(program.clone());
    editor.checked(&check(&program));
    let anew = time(5, |_| {
        editor.handle(Message::Command(Command::AutoLayout));
    });
    let pointer = |at: Point| Pointer { at, ..Pointer::mouse(0.0, 0.0) };
    let idle = time(999, |round| {
        editor.handle(Message::PointerMove(pointer(Point::new((round % 900) as f64, (round * 7 % 800) as f64))));
        let at = editor.view().to_canvas(Point::new((round % 900) as f64, (round * 7 % 800) as f64));
        std::hint::black_box(editor.scene().hit(at, 8.0));
    });
    editor.handle(Message::Command(Command::ZoomFit));
    let mut visible = Visible::default();
    let mut elements = 0;
    let pan = time(299, |round| {
        let ctrl = Modifiers { ctrl: true, ..Modifiers::default() };
        let zooms = round % 30 == 0;
        let (by, modifiers) = if zooms {
            (Point::new(0.0, if round < 150 { -300.0 } else { 300.0 }), ctrl)
        } else {
            (Point::new(7.0, 3.0), Modifiers::default())
        };
        editor.handle(Message::Wheel { at: Point::new(400.0, 300.0), by, modifiers });
        editor.visible(&mut visible);
        elements = elements.max(visible.elements);
    });
    editor.handle(Message::Command(Command::ZoomActual));
    let middle = editor.scene().order()[editor.scene().order().len() / 2];
    let rect = editor.scene().node(middle).rect;
    let mut view = *editor.view();
    view.center(rect.center());
    editor.set_view(view);
    let title = editor.view().to_screen(Point::new(rect.x + 30.0, rect.y + 10.0));
    let begin = time(9, |_| {
        editor.handle(Message::PointerDown(pointer(title)));
        editor.handle(Message::PointerMove(pointer(title + Point::new(10.0, 10.0))));
        editor.handle(Message::PointerCancel);
    });
    editor.handle(Message::PointerDown(pointer(title)));
    let drag = time(999, |round| {
        let by = Point::new((round % 60) as f64, (round % 45) as f64 + 5.0);
        editor.handle(Message::PointerMove(pointer(title + by)));
        editor.visible(&mut visible);
    });
    editor.handle(Message::PointerUp(pointer(title + Point::new(20.0, 20.0))));
    let drop = time(9, |round| {
        let rect = editor.scene().node(middle).rect;
        let title = editor.view().to_screen(Point::new(rect.x + 30.0, rect.y + 10.0));
        editor.handle(Message::PointerDown(pointer(title)));
        let to = pointer(title + Point::new(0.0, if round % 2 == 0 { 20.0 } else { -20.0 }));
        editor.handle(Message::PointerMove(to));
        editor.handle(Message::PointerUp(to));
    });
    let id = editor.scene().node(middle).id.clone();
    let edit = time(9, |round| {
        let op = blocks::edit::EditOp::set_title(id.as_str(), format!("Title {round}"));
        editor.handle(Message::Edit { title: "title".to_owned(), ops: vec![op], typing: false });
    });
    let undo = time(9, |_| {
        editor.handle(Message::Command(Command::Undo));
    });
    let lit = light_up(&mut editor);
    let [copy, paste, unpaste] = copy_and_paste(&mut editor);
    println!(
        "| {name} | {} | {open:.2} | {anew:.2} | {idle:.4} | {pan:.3} | {elements} | {begin:.2} | {drag:.4} | {drop:.2} | {edit:.2} | {undo:.2} | {lit:.2} | {copy:.2} | {paste:.2} | {unpaste:.2} |",
        program.block_count()
    );
}

/// How long it takes to find out which ports in view a wire fits, right after it was taken up.
fn light_up(editor: &mut Editor) -> f64 {
    editor.handle(Message::Command(Command::ZoomActual));
    let mut visible = Visible::default();
    let wire = editor.scene().wires()[editor.scene().wires().len() / 2].from;
    let at = editor.scene().from_point(wire);
    let mut view = *editor.view();
    view.center(at);
    editor.set_view(view);
    let at = editor.view().to_screen(at);
    editor.handle(Message::PointerDown(Pointer::mouse(at.x, at.y)));
    editor.handle(Message::PointerMove(Pointer::mouse(at.x, at.y + 60.0)));
    editor.visible(&mut visible);
    let lit = time(9, |_| {
        std::hint::black_box(editor.lit(&visible));
    });
    editor.handle(Message::PointerCancel);
    lit
}

fn copy_and_paste(editor: &mut Editor) -> [f64; 3] {
    let ids = editor.scene().order().iter().take(500).map(|key| editor.scene().node(*key).id.clone());
    let selection = editor::Selection::blocks(ids.collect::<Vec<_>>());
    let mut copied = String::new();
    let copy = time(3, |_| {
        editor.select(selection.clone());
        copied = editor.handle(Message::Command(Command::Copy)).clipboard.unwrap_or_default();
    });
    let paste = time(3, |_| {
        editor.handle(Message::Command(Command::Paste(Some(copied.clone()))));
    });
    let undo = time(3, |_| {
        editor.handle(Message::Command(Command::Undo));
    });
    [copy, paste, undo]
}

/// A chain of formulas, each of which reads the two before it.
fn flat(count: usize) -> String {
    let mut source = format!("program 1 \"Flat\"\ninput a: int = 1\noutput last: int <- b{}.value\n", count - 1);
    for place in 0..count {
        let [one, two] = [1, 2].map(|back| match place.checked_sub(back) {
            Some(place) => format!("b{place}.value"),
            None => "input.a".to_owned(),
        });
        let _ = write!(
            source,
            "\nb{place}: formula\n  expression = \"(one + two * 3) % 1000\"\n  one <- {one}\n  two <- {two}\n"
        );
    }
    source
}

/// Formulas of which each reads two somewhere before it.
fn wide(count: usize) -> String {
    let mut source = "program 1 \"Wide\"\ninput a: int = 1\n".to_owned();
    for place in 0..count {
        let [one, two] = [3, 7].map(|factor| match place {
            0..40 => "input.a".to_owned(),
            _ => format!("b{}.value", place - 40 + (place * factor) % 37),
        });
        let _ = write!(source, "\nb{place}: formula\n  expression = \"one + two\"\n  one <- {one}\n  two <- {two}\n");
    }
    source
}

/// Loops with branches inside, ten blocks each.
fn nested(count: usize) -> String {
    let mut source = "program 1 \"Nested\"\ninput items: list<int> = [1, 2, 3]\n".to_owned();
    for place in 0..count / 10 {
        let _ = write!(
            source,
            r#"
loop{place}: for_each
  items <- input.items
  carry sum: int <- 0
  carry seen: list<text> <- []
  body:
    even{place}: formula
      expression = "item % 2 == 0"
      item <- loop{place}.item
    choice{place}: if
      condition <- even{place}.value
      then:
        more{place}: formula
          expression = "sum + item"
          item <- loop{place}.item
          sum <- loop{place}.sum
        yield sum <- more{place}.value
      else:
        less{place}: formula
          expression = "sum - index"
          index <- loop{place}.index
          sum <- loop{place}.sum
        yield sum <- less{place}.value
    line{place}: template
      text = "{{{{ index }}}}: {{{{ sum }}}}"
      index <- loop{place}.index
      sum <- choice{place}.sum
    list{place}: append
      item <- line{place}.value
      items <- loop{place}.seen
    size{place}: len
      value <- list{place}.value
    fits{place}: formula
      expression = "size < 100"
      size <- size{place}.value
    short{place}: assert
      condition <- fits{place}.value
    yield sum <- choice{place}.sum
    yield seen <- list{place}.value
"#
        );
    }
    source
}
