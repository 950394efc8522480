use super::*;

fn item(width: f64, height: f64) -> Item {
    Item { width, height, fixed: None, floats: false }
}

fn assert_apart(items: &[Item], points: &[Point]) {
    let rects: Vec<Rect> =
        items.iter().zip(points).map(|(item, at)| Rect::new(at.x, at.y, item.width, item.height)).collect();
    for (place, one) in rects.iter().enumerate() {
        for other in &rects[..place] {
            assert!(!one.overlaps(other), "{one:?} lies on {other:?}");
        }
    }
}

/// A graph from a seed; each block reads some of those before it.
fn random(seed: u64, count: u32) -> (Vec<Item>, Vec<(u32, u32)>) {
    let mut state = seed;
    let mut next = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let items = (0..count).map(|_| item(140.0 + next(160) as f64, 40.0 + next(300) as f64)).collect();
    let mut reads = Vec::new();
    for reader in 1..count {
        for _ in 0..next(3) {
            reads.push((next(u64::from(reader)) as u32, reader));
        }
    }
    (items, reads)
}

#[test]
fn what_reads_stands_to_the_right_and_nothing_overlaps() {
    for seed in 0..50 {
        let (items, reads) = random(seed, 40);
        let points = arrange(&items, &reads);
        assert_apart(&items, &points);
        for (giver, reader) in reads {
            let edge = points[giver as usize].x + items[giver as usize].width;
            assert!(edge < points[reader as usize].x, "{giver} -> {reader}");
        }
    }
}

#[test]
fn a_place_holds_and_others_give_way() {
    let mut moved = 0;
    for seed in 0..50 {
        let (mut items, reads) = random(seed, 30);
        let before = arrange(&items, &reads);
        items[3].fixed = Some(before[8]);
        let points = arrange(&items, &reads);
        assert_eq!(points[3], before[8]);
        assert_apart(&items, &points);
        moved += (0..30).filter(|place| *place != 3 && points[*place] != before[*place]).count();
    }
    assert!(moved * 5 < 50 * 30, "{moved} of {} moved", 50 * 30);
}

#[test]
fn of_two_at_one_place_the_second_moves_down() {
    let at = Some(Point::new(10.0, 10.0));
    let items = [Item { fixed: at, ..item(100.0, 50.0) }, Item { fixed: at, ..item(100.0, 50.0) }];
    assert_apart(&items, &arrange(&items, &[]));
}

#[test]
fn crossings_that_can_be_saved_are_saved() {
    // Two chains whose second members stand in the other order.
    let items = [item(100.0, 40.0); 4];
    let points = arrange(&items, &[(0, 3), (1, 2)]);
    assert!(points[3].y < points[2].y, "{points:?}");
}

#[test]
fn without_wires_the_order_of_the_document_is_the_order_from_top_to_bottom() {
    let items = [item(100.0, 40.0); 5];
    let points = arrange(&items, &[]);
    assert!(points.windows(2).all(|pair| pair[0].y < pair[1].y && pair[0].x == pair[1].x));
}

#[test]
fn one_block_more_leaves_the_order_of_the_others() {
    let (mut kept, mut pairs) = (0, 0);
    for seed in 0..50 {
        let (mut items, mut reads) = random(seed, 40);
        let before = arrange(&items, &reads);
        items.insert(20, item(150.0, 60.0));
        for (giver, reader) in &mut reads {
            *giver += u32::from(*giver >= 20);
            *reader += u32::from(*reader >= 20);
        }
        reads.push((5, 20));
        let after = arrange(&items, &reads);
        let after = |place: usize| after[place + usize::from(place >= 20)];
        for one in 0..40 {
            for other in (0..one).filter(|other| before[*other].x == before[one].x) {
                pairs += 1;
                kept += usize::from((before[one].y < before[other].y) == (after(one).y < after(other).y));
            }
        }
    }
    assert!(kept * 100 >= pairs * 90, "{kept} of {pairs} pairs keep their order");
}

#[test]
fn nothing_is_nothing() {
    assert!(arrange(&[], &[]).is_empty());
    assert_eq!(around(&[], &[]), Rect::default());
}
