//! What laid-out pages show, read back from their frames.

use typst::layout::{Frame, FrameItem};

/// All the text of a frame without blanks, in the order in which it was laid out.
pub fn testo(frame: &Frame) -> String {
    let mut out = String::new();
    collect(frame, &mut out);
    out
}

fn collect(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => collect(&group.frame, out),
            FrameItem::Text(text) => out.extend(text.text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}')),
            _ => {}
        }
    }
}

pub fn immagini(frame: &Frame) -> usize {
    let count = |item: &FrameItem| match item {
        FrameItem::Group(group) => immagini(&group.frame),
        FrameItem::Image(_, size, _) => usize::from(size.x.to_pt() > 0.0 && size.y.to_pt() > 0.0),
        _ => 0,
    };
    frame.items().map(|(_, item)| count(item)).sum()
}
