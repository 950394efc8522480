//! Where instructions go on.

use super::Op;

impl Op {
    /// Where an instruction may go on elsewhere.
    pub(crate) fn target(&mut self) -> Option<&mut u32> {
        match self {
            Self::Jump { to }
            | Self::JumpTrue { to, .. }
            | Self::JumpFalse { to, .. }
            | Self::JumpIntLess { to, .. }
            | Self::JumpIntAtMost { to, .. }
            | Self::JumpIntEqual { to, .. }
            | Self::JumpIntUnequal { to, .. }
            | Self::JumpIntAtMostBy { to, .. }
            | Self::JumpIntMoreBy { to, .. }
            | Self::JumpIntEqualBy { to, .. }
            | Self::JumpIntUnequalBy { to, .. }
            | Self::JumpNumberLess { to, .. }
            | Self::JumpNumberNotLess { to, .. }
            | Self::JumpNumberAtMost { to, .. }
            | Self::JumpNumberNotAtMost { to, .. }
            | Self::JumpNumberEqual { to, .. }
            | Self::JumpNumberUnequal { to, .. }
            | Self::CountBelow { to, .. } => Some(to),
            Self::EnterTry { handler, .. } => Some(handler),
            _ => None,
        }
    }

    /// The jump that goes elsewhere where this one goes on, and the other way round; `None` for what is no such jump.
    pub(crate) fn opposite(self) -> Option<Self> {
        Some(match self {
            Self::JumpTrue { condition, to } => Self::JumpFalse { condition, to },
            Self::JumpFalse { condition, to } => Self::JumpTrue { condition, to },
            Self::JumpIntLess { a, b, to } => Self::JumpIntAtMost { a: b, b: a, to },
            Self::JumpIntAtMost { a, b, to } => Self::JumpIntLess { a: b, b: a, to },
            Self::JumpIntEqual { a, b, to } => Self::JumpIntUnequal { a, b, to },
            Self::JumpIntUnequal { a, b, to } => Self::JumpIntEqual { a, b, to },
            Self::JumpIntAtMostBy { a, by, to } => Self::JumpIntMoreBy { a, by, to },
            Self::JumpIntMoreBy { a, by, to } => Self::JumpIntAtMostBy { a, by, to },
            Self::JumpIntEqualBy { a, by, to } => Self::JumpIntUnequalBy { a, by, to },
            Self::JumpIntUnequalBy { a, by, to } => Self::JumpIntEqualBy { a, by, to },
            Self::JumpNumberLess { a, b, to } => Self::JumpNumberNotLess { a, b, to },
            Self::JumpNumberNotLess { a, b, to } => Self::JumpNumberLess { a, b, to },
            Self::JumpNumberAtMost { a, b, to } => Self::JumpNumberNotAtMost { a, b, to },
            Self::JumpNumberNotAtMost { a, b, to } => Self::JumpNumberAtMost { a, b, to },
            Self::JumpNumberEqual { a, b, to } => Self::JumpNumberUnequal { a, b, to },
            Self::JumpNumberUnequal { a, b, to } => Self::JumpNumberEqual { a, b, to },
            _ => return None,
        })
    }
}
