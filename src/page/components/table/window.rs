//! Which rows are in sight. In: scroll positions. Out: row indices and the space above and below them. Pure.
//!
//! Browsers cap the height of an element (Firefox at 17.9 million px, Chromium at 33.5 million device px), Firefox moves
//! a sticky header no further than 2^29 of its sixtieths of a px (8.9 million px), and a million rows are higher than
//! that. So the box scrolls over at most [`HEIGHT_MAX_PX`]. Small movements (wheel, keys) move the rows by just as much,
//! so that every row can be reached; a jump (the scroll bar's thumb) moves them in proportion; and when the box has come
//! to rest, its scroll position is put back in proportion, unseen.

/// The greatest height that is given to the browser: the header stays in sight in Firefox, and Chromium shows all of it
/// at four device px per CSS px.
pub(super) const HEIGHT_MAX_PX: f64 = 8_000_000.0;

/// Rows that are rendered above and below those in sight.
const OVERSCAN: u32 = 8;

/// What is in sight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sight {
    /// Rows in the table.
    pub rows: u32,
    /// Height of a row.
    pub row_px: f64,
    /// Height of the box, less its header.
    pub view_px: f64,
    /// Scroll position of the box.
    pub top_px: f64,
    /// What stands at the top of the box, measured from the first row, were all rows there.
    pub position_px: f64,
    /// The row that had the focus last.
    pub held: Held,
}

/// A row that has the focus, or had it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Held {
    /// Its position, from 0.
    pub position: u32,
    /// Its index in the table, once it has arrived.
    pub index: Option<u32>,
}

/// What to render.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slice {
    /// Index of the first row.
    pub first: u32,
    /// Index after the last row.
    pub end: u32,
    /// Space above.
    pub above_px: u32,
    /// Space below.
    pub below_px: u32,
}

impl Sight {
    /// Height of all rows.
    fn content_px(&self) -> f64 {
        f64::from(self.rows) * self.row_px
    }

    /// Height that the box scrolls over.
    fn height_px(&self) -> f64 {
        self.content_px().min(HEIGHT_MAX_PX)
    }

    /// Rows' px per scroll px, over the way that can be scrolled.
    fn ratio(&self) -> f64 {
        let way = self.height_px() - self.view_px;
        if way > 0.0 { ((self.content_px() - self.view_px) / way).max(1.0) } else { 1.0 }
    }

    /// Takes a new number of rows and new sizes over. The row at the top stays there, as long as there is such a row.
    pub fn resize(&mut self, rows: u32, row_px: f64, view_px: f64) {
        let mut position_px = self.position_px;
        if row_px != self.row_px && self.row_px > 0.0 {
            position_px *= row_px / self.row_px;
        }
        (self.rows, self.row_px, self.view_px) = (rows, row_px, view_px);
        position_px = position_px.min((self.content_px() - view_px).max(0.0));
        if position_px != self.position_px {
            self.position_px = position_px;
            self.settle();
        }
    }

    /// Takes a new scroll position over.
    pub fn scroll_to(&mut self, top_px: f64) {
        let end_px = (self.content_px() - self.view_px).max(0.0);
        let moved_px = top_px - self.top_px;
        let is_at_end = top_px >= self.height_px() - self.view_px - 1.0;
        self.position_px = if top_px <= 0.0 {
            0.0
        } else if is_at_end {
            end_px
        } else if moved_px.abs() <= self.view_px {
            self.position_px + moved_px
        } else {
            top_px * self.ratio()
        }
        .clamp(0.0, end_px);
        self.top_px = top_px;
    }

    /// Where the box is to be scrolled to, now that it rests, to be in proportion again; the rows stay where they are.
    pub fn settle(&mut self) -> f64 {
        // Browsers scroll to whole pixels, and what they cut off would move the rows.
        self.top_px = (self.position_px / self.ratio()).floor();
        self.top_px
    }

    /// What to render.
    pub fn slice(&self) -> Slice {
        let row_px = self.row_px.max(1.0);
        let top_row = self.position_px / row_px;
        // Rows above may take no more than the space above.
        let room = (self.top_px / row_px) as u32;
        let first = (top_row as u32).saturating_sub(OVERSCAN.min(room));
        let end = ((top_row + self.view_px / row_px).ceil() as u32).saturating_add(OVERSCAN).min(self.rows);
        let above_px = (self.top_px - (self.position_px - f64::from(first) * row_px)).max(0.0);
        let below_px = (self.height_px() - above_px - f64::from(end.saturating_sub(first)) * row_px).max(0.0);
        // Whole pixels: less than one is nobody's loss.
        Slice { first, end, above_px: above_px as u32, below_px: below_px as u32 }
    }

    /// Position of the row whose buttons Tab reaches: the one that had the focus, or else the first that is in sight.
    pub fn stop(&self) -> u32 {
        let Slice { first, end, .. } = self.slice();
        if (first..end).contains(&self.held.position) {
            self.held.position
        } else {
            (self.position_px / self.row_px.max(1.0)).ceil() as u32
        }
    }
}
