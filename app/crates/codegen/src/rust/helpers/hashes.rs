//# sha256: sha256_bytes hex
fn sha256(text: &str) -> String {
    hex(&sha256_bytes(text.as_bytes()))
}

//# hmac_sha256: sha256_bytes hex
fn hmac_sha256(key: &str, text: &str) -> String {
    let mut block = [0; 64];
    let key = if key.len() > 64 {
        sha256_bytes(key.as_bytes())
    } else {
        key.as_bytes().to_vec()
    };
    block[..key.len()].copy_from_slice(&key);
    let mut inner: Vec<u8> = block.iter().map(|byte| byte ^ 0x36).collect();
    inner.extend_from_slice(text.as_bytes());
    let mut outer: Vec<u8> = block.iter().map(|byte| byte ^ 0x5c).collect();
    outer.extend_from_slice(&sha256_bytes(&inner));
    hex(&sha256_bytes(&outer))
}

//# primes
fn primes() -> impl Iterator<Item = u64> {
    (2..).filter(|number| {
        (2..)
            .take_while(|part| part * part <= *number)
            .all(|part| number % part != 0)
    })
}

//# root_fraction
/// The first 64 bits behind the point of a prime's square or cube root.
fn root_fraction(prime: u64, degree: u32) -> u64 {
    // Long arithmetic by digits of 32 bits, the lowest first.
    let multiply = |a: &[u64], b: &[u64]| {
        let mut product = vec![0; a.len() + b.len()];
        for (i, x) in a.iter().enumerate() {
            let mut carry = 0;
            for (j, y) in b.iter().enumerate() {
                let sum = product[i + j] + x * y + carry;
                (product[i + j], carry) = (sum & 0xffff_ffff, sum >> 32);
            }
            product[i + b.len()] = carry;
        }
        product
    };
    let mut root = 0_u128;
    for bit in (0..69).rev() {
        let tried = root | 1 << bit;
        let digits = [tried, tried >> 32, tried >> 64].map(|digit| digit as u64 & 0xffff_ffff);
        let power = (1..degree).fold(digits.to_vec(), |power, _| multiply(&power, &digits));
        // The whole part stands behind 64 bits for each factor.
        let whole = power.iter().skip(2 * degree as usize).rev();
        if whole.fold(0, |all, digit| all << 32 | digit) < prime {
            root = tried;
        }
    }
    root as u64
}

//# padded_blocks
/// The bytes, a mark, zeros and the length in bits, in whole blocks.
fn padded_blocks(bytes: &[u8], block: usize, length: &[u8]) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.push(0x80);
    while (padded.len() + length.len()) % block != 0 {
        padded.push(0);
    }
    padded.extend_from_slice(length);
    padded
}

//# sha256_bytes: primes root_fraction padded_blocks
fn sha256_bytes(bytes: &[u8]) -> Vec<u8> {
    let constants: Vec<u32> = primes()
        .take(64)
        .map(|prime| (root_fraction(prime, 3) >> 32) as u32)
        .collect();
    let mut state: Vec<u32> = primes()
        .take(8)
        .map(|prime| (root_fraction(prime, 2) >> 32) as u32)
        .collect();
    let length = (bytes.len() as u64 * 8).to_be_bytes();
    for block in padded_blocks(bytes, 64, &length).chunks(64) {
        let mut words: Vec<u32> = block
            .chunks(4)
            .map(|word| word.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)))
            .collect();
        for at in 16..64 {
            let (early, late) = (words[at - 15], words[at - 2]);
            let early = early.rotate_right(7) ^ early.rotate_right(18) ^ (early >> 3);
            let late = late.rotate_right(17) ^ late.rotate_right(19) ^ (late >> 10);
            words.push(
                words[at - 16]
                    .wrapping_add(early)
                    .wrapping_add(words[at - 7])
                    .wrapping_add(late),
            );
        }
        let mut now = state.clone();
        for (word, constant) in words.iter().zip(&constants) {
            let (a, e) = (now[0], now[4]);
            let choice = (e & now[5]) ^ (!e & now[6]);
            let turned = e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25);
            let parts = [turned, choice, *constant, *word];
            let first = parts.into_iter().fold(now[7], u32::wrapping_add);
            let majority = (a & now[1]) ^ (a & now[2]) ^ (now[1] & now[2]);
            let turned = a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22);
            now.rotate_right(1);
            now[4] = now[4].wrapping_add(first);
            now[0] = first.wrapping_add(turned).wrapping_add(majority);
        }
        for (word, added) in state.iter_mut().zip(now) {
            *word = word.wrapping_add(added);
        }
    }
    state.into_iter().flat_map(u32::to_be_bytes).collect()
}

//# sha512: primes root_fraction padded_blocks hex
fn sha512(text: &str) -> String {
    let bytes = text.as_bytes();
    let constants: Vec<u64> = primes()
        .take(80)
        .map(|prime| root_fraction(prime, 3))
        .collect();
    let mut state: Vec<u64> = primes()
        .take(8)
        .map(|prime| root_fraction(prime, 2))
        .collect();
    let length = (bytes.len() as u128 * 8).to_be_bytes();
    for block in padded_blocks(bytes, 128, &length).chunks(128) {
        let mut words: Vec<u64> = block
            .chunks(8)
            .map(|word| word.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)))
            .collect();
        for at in 16..80 {
            let (early, late) = (words[at - 15], words[at - 2]);
            let early = early.rotate_right(1) ^ early.rotate_right(8) ^ (early >> 7);
            let late = late.rotate_right(19) ^ late.rotate_right(61) ^ (late >> 6);
            words.push(
                words[at - 16]
                    .wrapping_add(early)
                    .wrapping_add(words[at - 7])
                    .wrapping_add(late),
            );
        }
        let mut now = state.clone();
        for (word, constant) in words.iter().zip(&constants) {
            let (a, e) = (now[0], now[4]);
            let choice = (e & now[5]) ^ (!e & now[6]);
            let turned = e.rotate_right(14) ^ e.rotate_right(18) ^ e.rotate_right(41);
            let parts = [turned, choice, *constant, *word];
            let first = parts.into_iter().fold(now[7], u64::wrapping_add);
            let majority = (a & now[1]) ^ (a & now[2]) ^ (now[1] & now[2]);
            let turned = a.rotate_right(28) ^ a.rotate_right(34) ^ a.rotate_right(39);
            now.rotate_right(1);
            now[4] = now[4].wrapping_add(first);
            now[0] = first.wrapping_add(turned).wrapping_add(majority);
        }
        for (word, added) in state.iter_mut().zip(now) {
            *word = word.wrapping_add(added);
        }
    }
    let bytes: Vec<u8> = state.into_iter().flat_map(u64::to_be_bytes).collect();
    hex(&bytes)
}

//# sha1: padded_blocks hex
fn sha1(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut state: [u32; 5] = [
        0x6745_2301,
        0xefcd_ab89,
        0x98ba_dcfe,
        0x1032_5476,
        0xc3d2_e1f0,
    ];
    let length = (bytes.len() as u64 * 8).to_be_bytes();
    for block in padded_blocks(bytes, 64, &length).chunks(64) {
        let mut words: Vec<u32> = block
            .chunks(4)
            .map(|word| word.iter().fold(0, |all, byte| all << 8 | u32::from(*byte)))
            .collect();
        for at in 16..80 {
            let mixed = words[at - 3] ^ words[at - 8] ^ words[at - 14] ^ words[at - 16];
            words.push(mixed.rotate_left(1));
        }
        let [mut a, mut b, mut c, mut d, mut e] = state;
        for (at, word) in words.iter().enumerate() {
            let (mixed, constant) = match at / 20 {
                0 => ((b & c) | (!b & d), 0x5a82_7999),
                1 => (b ^ c ^ d, 0x6ed9_eba1),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
                _ => (b ^ c ^ d, 0xca62_c1d6),
            };
            let parts = [mixed, e, constant, *word];
            let next = parts.into_iter().fold(a.rotate_left(5), u32::wrapping_add);
            (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
        }
        for (word, added) in state.iter_mut().zip([a, b, c, d, e]) {
            *word = word.wrapping_add(added);
        }
    }
    let bytes: Vec<u8> = state.into_iter().flat_map(u32::to_be_bytes).collect();
    hex(&bytes)
}

//# md5: padded_blocks hex
fn md5(text: &str) -> String {
    const TURNS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let bytes = text.as_bytes();
    let mut state: [u32; 4] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let length = (bytes.len() as u64 * 8).to_le_bytes();
    for block in padded_blocks(bytes, 64, &length).chunks(64) {
        let words: Vec<u32> = block
            .chunks(4)
            .map(|word| {
                word.iter()
                    .rev()
                    .fold(0, |all, byte| all << 8 | u32::from(*byte))
            })
            .collect();
        let [mut a, mut b, mut c, mut d] = state;
        for at in 0..64 {
            let (mixed, place) = match at / 16 {
                0 => ((b & c) | (!b & d), at),
                1 => ((d & b) | (!d & c), 5 * at + 1),
                2 => (b ^ c ^ d, 3 * at + 5),
                _ => (c ^ (b | !d), 7 * at),
            };
            let constant = (((at + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let parts = [mixed, constant, words[place % 16]];
            let sum = parts.into_iter().fold(a, u32::wrapping_add);
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(TURNS[at / 16][at % 4]));
        }
        for (word, added) in state.iter_mut().zip([a, b, c, d]) {
            *word = word.wrapping_add(added);
        }
    }
    let bytes: Vec<u8> = state.into_iter().flat_map(u32::to_le_bytes).collect();
    hex(&bytes)
}
