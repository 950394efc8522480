//! Pointers: down, move, up.

use std::collections::HashSet;

use blocks::BlockId;

use super::{Frame, Gesture, Panning, Pinch, Press};
use crate::changes::{Changes, Redraw};
use crate::editor::Editor;
use crate::geometry::Point;
use crate::messages::{Button, Modifiers, Pointer, PointerKind};
use crate::scene::{FULL_ZOOM, Hit};

/// How far a mouse moves before a press is a drag, in pixels.
const SLACK: f64 = 4.0;
/// How far a finger does.
const FINGER_SLACK: f64 = 10.0;
/// How near a mouse must be to a port or wire, in pixels.
const REACH: f64 = 8.0;
/// How near a finger must be.
const FINGER_REACH: f64 = 22.0;
/// How much a pixel of the wheel zooms.
const WHEEL_ZOOM: f64 = 0.0015;

const OVERLAY: Redraw = Redraw { view: false, scene: false, selection: false, overlay: true, moving: false };

impl Editor {
    pub(crate) fn pointer_down(&mut self, pointer: Pointer) -> Changes {
        if pointer.kind == PointerKind::Touch {
            self.fingers.retain(|finger| finger.id != pointer.id);
            self.fingers.push(pointer);
            if let [one, other] = self.fingers[..] {
                self.gesture = Gesture::Pinch(Pinch::new(one.at, other.at, &self.view));
                return Changes::drawn(OVERLAY);
            }
        }
        self.pointer = Some(self.view.to_canvas(pointer.at));
        if pointer.button == Button::Middle {
            self.gesture = Gesture::Pan(Panning::new(pointer.at, &self.view));
            return Changes::default();
        }
        let hit = self.hit_by(&pointer);
        if pointer.button == Button::Second {
            return self.select_for_menu(hit);
        }
        let adds = pointer.modifiers.shift || pointer.modifiers.command();
        self.gesture = Gesture::Press(Press { at: pointer.at, hit, adds, finger: pointer.kind == PointerKind::Touch });
        Changes::default()
    }

    pub(super) fn hit_by(&self, pointer: &Pointer) -> Hit {
        let reach = if pointer.kind == PointerKind::Touch { FINGER_REACH } else { REACH };
        let (at, reach) = (self.view.to_canvas(pointer.at), reach / self.view.zoom);
        // Ports that are not drawn are not hit.
        if self.view.zoom >= FULL_ZOOM { self.scene.hit(at, reach) } else { self.scene.hit_no_ports(at, reach) }
    }

    pub(crate) fn pointer_move(&mut self, pointer: Pointer) -> Changes {
        if let Some(finger) = self.fingers.iter_mut().find(|finger| finger.id == pointer.id) {
            finger.at = pointer.at;
        }
        let at = self.view.to_canvas(pointer.at);
        self.pointer = Some(at);
        match &mut self.gesture {
            Gesture::Idle | Gesture::Pick(_) => Changes::default(),
            Gesture::Press(press) => {
                let slack = if press.finger { FINGER_SLACK } else { SLACK };
                let press = *press;
                if press.at.distance(pointer.at) < slack {
                    return Changes::default();
                }
                self.begin(press, &pointer)
            }
            Gesture::Pan(panning) => {
                let pan = panning.pan_at(pointer.at);
                self.view.pan_to(pan);
                Changes::drawn(Redraw { view: true, ..Redraw::default() })
            }
            Gesture::Pinch(pinch) => {
                if let [one, other] = self.fingers[..] {
                    pinch.apply(one.at, other.at, &mut self.view);
                }
                Changes::drawn(Redraw { view: true, ..Redraw::default() })
            }
            Gesture::Frame(frame) => {
                frame.to = at;
                self.select_in_frame()
            }
            Gesture::Drag(_) => self.drag_to(at, pointer.modifiers),
            Gesture::Wire(_) => self.draw_to(at, self.reach(&pointer)),
        }
    }

    fn reach(&self, pointer: &Pointer) -> f64 {
        let reach = if pointer.kind == PointerKind::Touch { FINGER_REACH } else { 2.0 * REACH };
        reach / self.view.zoom
    }

    /// What a press becomes when the pointer moves.
    fn begin(&mut self, press: Press, pointer: &Pointer) -> Changes {
        let from = self.view.to_canvas(press.at);
        match press.hit {
            Hit::From(_) | Hit::To(_) => self.begin_wire(press.hit, pointer),
            Hit::Block(key, _) => self.begin_drag(key, press.adds, from, pointer),
            // A finger moves the canvas, as everywhere; a mouse draws a frame.
            Hit::Body(_) | Hit::Canvas | Hit::Wire(_) if press.finger => {
                self.gesture = Gesture::Pan(Panning::new(press.at, &self.view));
                self.pointer_move(*pointer)
            }
            Hit::Body(_) | Hit::Canvas | Hit::Wire(_) => {
                let base = if press.adds { self.selection.clone() } else { crate::Selection::default() };
                self.gesture = Gesture::Frame(Frame { from, to: from, base });
                self.pointer_move(*pointer)
            }
        }
    }

    fn select_in_frame(&mut self) -> Changes {
        let Gesture::Frame(frame) = &self.gesture else { return Changes::default() };
        let mut selection = frame.base.clone();
        selection.body = None;
        let kept: HashSet<&BlockId> = frame.base.blocks.iter().collect();
        let enclosed = self.scene.enclosed(&frame.rect()).into_iter().map(|key| &self.scene.node(key).id);
        selection.blocks.extend(enclosed.filter(|id| !kept.contains(id)).cloned());
        let changed = selection != self.selection;
        self.selection = selection;
        Changes::drawn(Redraw { selection: changed, ..OVERLAY })
    }

    pub(crate) fn pointer_up(&mut self, pointer: Pointer) -> Changes {
        self.fingers.retain(|finger| finger.id != pointer.id);
        let at = self.view.to_canvas(pointer.at);
        if matches!(self.gesture, Gesture::Pick(_)) {
            return Changes::default();
        }
        match std::mem::take(&mut self.gesture) {
            Gesture::Press(press) => self.click(press),
            Gesture::Drag(drag) => self.drop_drag(drag),
            Gesture::Wire(drawn) => {
                self.gesture = Gesture::Wire(drawn);
                self.draw_to(at, self.reach(&pointer));
                match std::mem::take(&mut self.gesture) {
                    Gesture::Wire(drawn) => self.drop_wire(drawn),
                    _ => Changes::default(),
                }
            }
            Gesture::Frame(_) => {
                let said = match self.selection.blocks.len() {
                    0 => "nothing selected".to_owned(),
                    1 => "1 block selected".to_owned(),
                    count => format!("{count} blocks selected"),
                };
                Changes::drawn(OVERLAY).saying(said)
            }
            Gesture::Pinch(_) => match self.fingers[..] {
                [finger] => {
                    self.gesture = Gesture::Pan(Panning::new(finger.at, &self.view));
                    Changes::default()
                }
                _ => Changes::default(),
            },
            Gesture::Idle | Gesture::Pan(_) | Gesture::Pick(_) => Changes::default(),
        }
    }

    /// The pointer is gone, or Escape was pressed: nothing happens that was begun.
    pub(crate) fn cancel(&mut self) -> Changes {
        self.fingers.clear();
        match std::mem::take(&mut self.gesture) {
            Gesture::Idle | Gesture::Press(_) | Gesture::Pan(_) | Gesture::Pinch(_) => Changes::default(),
            Gesture::Frame(frame) => {
                self.selection = frame.base;
                self.selection.keep_what_is_in(&self.scene);
                Changes::drawn(OVERLAY).selected()
            }
            Gesture::Drag(_) => Changes::drawn(Redraw { moving: true, ..OVERLAY }).saying("not moved"),
            Gesture::Wire(_) | Gesture::Pick(_) => Changes::drawn(OVERLAY).saying("not connected"),
        }
    }

    pub(crate) fn wheel(&mut self, at: Point, by: Point, modifiers: Modifiers) -> Changes {
        if modifiers.command() {
            self.view.zoom_at(at, self.view.zoom * (-by.y * WHEEL_ZOOM).exp());
        } else {
            let by = if modifiers.shift { Point::new(by.y + by.x, 0.0) } else { by };
            self.view.pan_to(self.view.pan - by);
        }
        Changes::drawn(Redraw { view: true, ..Redraw::default() })
    }
}
