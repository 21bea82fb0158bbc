use super::*;

const OPERATORS: [Operator; 14] = [
    Operator::Sum,
    Operator::Min,
    Operator::Max,
    Operator::Prod,
    Operator::BitAnd,
    Operator::BitOr,
    Operator::BitXor,
    Operator::LogicalAnd,
    Operator::LogicalOr,
    Operator::LogicalXor,
    Operator::MinLoc,
    Operator::MaxLoc,
    Operator::Replace,
    Operator::NoOp,
];

/// Reduces at an odd address, so that an aligned access would be noticed, in place
/// and apart.
fn run(operator: Operator, element: Element, input: &[u8], inout: &[u8]) -> Vec<u8> {
    let mut a = vec![0];
    a.extend_from_slice(input);
    let mut b = vec![0];
    b.extend_from_slice(inout);
    let mut c = vec![0; b.len()];
    combine(operator, element, &a[1..], &b[1..], &mut c[1..]);
    reduce(operator, element, &a[1..], &mut b[1..]);
    assert_eq!(b, c, "{operator:?} of {element:?} is the same in place and apart");
    b.split_off(1)
}

macro_rules! bytes {
    ($values:expr) => {
        $values.iter().flat_map(|value| value.to_ne_bytes()).collect::<Vec<u8>>()
    };
}

/// Checks the operators of numbers against plain arithmetic, over enough
/// elements for whole vectors and a rest.
macro_rules! check_integers {
    ($($element:ident: $number:ty),*) => {$({
        let values: Vec<$number> = (0..77u64).map(|i| i.wrapping_mul(0x9E37_79B9_7F4A_7C15) as $number).collect();
        let others: Vec<$number> = values.iter().rev().map(|value| value.wrapping_mul(3)).collect();
        let truth = |value: bool| <$number>::from(value);
        let expected: [(Operator, fn($number, $number) -> $number); 7] = [
            (Operator::Sum, <$number>::wrapping_add),
            (Operator::Prod, <$number>::wrapping_mul),
            (Operator::Min, Ord::min),
            (Operator::Max, Ord::max),
            (Operator::BitAnd, |a, b| a & b),
            (Operator::BitOr, |a, b| a | b),
            (Operator::BitXor, |a, b| a ^ b),
        ];
        for (operator, plain) in expected {
            let result: Vec<$number> = values.iter().zip(&others).map(|(a, b)| plain(*a, *b)).collect();
            let got = run(operator, Element::$element, &bytes!(values), &bytes!(others));
            assert_eq!(got, bytes!(result), "{operator:?} {}", stringify!($number));
        }
        let (a, b): ([$number; 4], [$number; 4]) = ([0, 0, 5, <$number>::MAX], [0, 7, 0, 9]);
        for (operator, plain) in [
            (Operator::LogicalAnd, [false, false, false, true]),
            (Operator::LogicalOr, [false, true, true, true]),
            (Operator::LogicalXor, [false, true, true, false]),
        ] {
            let got = run(operator, Element::$element, &bytes!(a), &bytes!(b));
            assert_eq!(got, bytes!(plain.map(truth)), "{operator:?} {}", stringify!($number));
        }
    })*};
}

#[test]
fn integers_are_reduced_as_integers() {
    check_integers!(I8: i8, I16: i16, I32: i32, I64: i64, I128: i128, U8: u8, U16: u16, U32: u32, U64: u64);
}

#[test]
fn floats_are_reduced_as_floats() {
    let a: Vec<f64> = (0..37).map(|i| f64::from(i) * 1.37 - 20.0).collect();
    let b: Vec<f64> = a.iter().rev().map(|x| x * 0.9 + 1.0).collect();
    let narrow = |values: &[f64]| values.iter().map(|&x| x as f32).collect::<Vec<f32>>();
    let (a32, b32) = (narrow(&a), narrow(&b));
    type Both = (Operator, fn(f64, f64) -> f64, fn(f32, f32) -> f32);
    let expected: [Both; 4] = [
        (Operator::Sum, |a, b| a + b, |a, b| a + b),
        (Operator::Prod, |a, b| a * b, |a, b| a * b),
        (Operator::Min, f64::min, f32::min),
        (Operator::Max, f64::max, f32::max),
    ];
    for (operator, wide, single) in expected {
        let result: Vec<f64> = a.iter().zip(&b).map(|(a, b)| wide(*a, *b)).collect();
        assert_eq!(run(operator, Element::F64, &bytes!(a), &bytes!(b)), bytes!(result));
        let result: Vec<f32> = a32.iter().zip(&b32).map(|(a, b)| single(*a, *b)).collect();
        assert_eq!(run(operator, Element::F32, &bytes!(a32), &bytes!(b32)), bytes!(result));
        let half = |values: &[f32]| values.iter().map(|&x| ::half::f16::from_f32(x)).collect::<Vec<_>>();
        let (a16, b16) = ([half(&a32), half(&a32)].concat(), [half(&b32), half(&b32)].concat());
        let pairs = a16.iter().zip(&b16);
        let result: Vec<_> =
            pairs.map(|(a, b)| ::half::f16::from_f32(single(a.to_f32(), b.to_f32()))).collect();
        assert_eq!(run(operator, Element::F16, &bytes!(a16), &bytes!(b16)), bytes!(result));
        let brain = |values: &[f32]| values.iter().map(|&x| ::half::bf16::from_f32(x)).collect::<Vec<_>>();
        let (a16, b16) = (brain(&a32), brain(&b32));
        let pairs = a16.iter().zip(&b16);
        let result: Vec<_> =
            pairs.map(|(a, b)| ::half::bf16::from_f32(single(a.to_f32(), b.to_f32()))).collect();
        assert_eq!(run(operator, Element::Bf16, &bytes!(a16), &bytes!(b16)), bytes!(result));
    }
}

#[test]
fn complex_numbers_multiply_as_such() {
    let (a, b) = ([1.0f64, 2.0, -3.0, 0.5], [4.0f64, -1.0, 2.0, 2.0]);
    let product = [6.0f64, 7.0, -7.0, -5.0];
    assert_eq!(run(Operator::Prod, Element::ComplexF64, &bytes!(a), &bytes!(b)), bytes!(product));
    let single = |values: [f64; 4]| values.map(|x| x as f32);
    let got = run(Operator::Prod, Element::ComplexF32, &bytes!(single(a)), &bytes!(single(b)));
    assert_eq!(got, bytes!(single(product)));
    let half = |values: [f64; 4]| values.map(::half::f16::from_f64);
    let got = run(Operator::Prod, Element::ComplexF16, &bytes!(half(a)), &bytes!(half(b)));
    assert_eq!(got, bytes!(half(product)));
    for element in [Element::ComplexF128, Element::ComplexLongDouble] {
        let wide = |values: [f64; 4]| values.map(|x| widened(element, x)).concat();
        assert_eq!(run(Operator::Prod, element, &wide(a), &wide(b)), wide(product));
        let sum = wide([5.0, 1.0, -1.0, 2.5]);
        assert_eq!(run(Operator::Sum, element, &wide(a), &wide(b)), sum);
    }
}

/// A number as binary128 or `long double`.
fn widened(element: Element, value: f64) -> [u8; 16] {
    use rustc_apfloat::{FloatConvert, ieee};
    let wide: ieee::Quad =
        <ieee::Double as rustc_apfloat::Float>::from_bits(value.to_bits().into()).convert(&mut false).value;
    let bits = rustc_apfloat::Float::to_bits(wide);
    match element {
        Element::F128 | Element::ComplexF128 => bits.to_ne_bytes(),
        _ => crate::kernels::binary128::to_long_double(bits),
    }
}

#[test]
fn extended_numbers_keep_their_precision() {
    for element in [Element::LongDouble, Element::F128] {
        let wide = |x| widened(element, x);
        // Not a double: its significand has 61 bits.
        let close = run(Operator::Sum, element, &wide(1.0), &wide(2f64.powi(-60)));
        assert_ne!(close, wide(1.0));
        let back = run(Operator::Sum, element, &wide(-1.0), &close);
        assert_eq!(back, wide(2f64.powi(-60)));
        let square = run(Operator::Prod, element, &wide(1e200), &wide(-1e200));
        let least = run(Operator::Min, element, &square, &wide(-1e300));
        assert_eq!(least, square);
        assert_eq!(run(Operator::Max, element, &wide(-0.5), &wide(-0.25)), wide(-0.25));
        assert_eq!(run(Operator::Min, element, &wide(0.0), &wide(1.0)), wide(0.0));
    }
}

/// A pair as C lays it out, its padding, if it has any, filled with `padding`.
fn pair(element: Element, value: &[u8], location: &[u8], padding: u8) -> Vec<u8> {
    let (_, _, offset) = element.pair().unwrap();
    let mut bytes = vec![padding; element.extent()];
    bytes[..value.len()].copy_from_slice(value);
    bytes[offset..offset + location.len()].copy_from_slice(location);
    bytes
}

#[test]
fn the_lower_location_wins_among_equal_values() {
    fn value(element: Element, value: i8) -> Vec<u8> {
        match element {
            Element::FloatInt | Element::TwoReal => f32::from(value).to_ne_bytes().to_vec(),
            Element::DoubleInt | Element::TwoDouble => f64::from(value).to_ne_bytes().to_vec(),
            Element::LongInt => i64::from(value).to_ne_bytes().to_vec(),
            Element::TwoInt => i32::from(value).to_ne_bytes().to_vec(),
            Element::ShortInt => i16::from(value).to_ne_bytes().to_vec(),
            _ => widened(Element::LongDouble, value.into()).to_vec(),
        }
    }
    fn location(element: Element, at: i8) -> Vec<u8> {
        match element {
            Element::TwoReal | Element::TwoDouble => value(element, at),
            _ => i32::from(at).to_ne_bytes().to_vec(),
        }
    }
    for element in [
        Element::FloatInt,
        Element::DoubleInt,
        Element::LongInt,
        Element::TwoInt,
        Element::ShortInt,
        Element::LongDoubleInt,
        Element::TwoReal,
        Element::TwoDouble,
    ] {
        let make =
            |number, at, padding| pair(element, &value(element, number), &location(element, at), padding);
        for (operator, input, expected) in [
            (Operator::MaxLoc, (5, 9), (5, 9)),
            (Operator::MaxLoc, (4, 1), (4, 1)),
            (Operator::MaxLoc, (4, 8), (4, 2)),
            (Operator::MaxLoc, (-3, 1), (4, 2)),
            (Operator::MinLoc, (-5, 9), (-5, 9)),
            (Operator::MinLoc, (4, 1), (4, 1)),
            (Operator::MinLoc, (4, 8), (4, 2)),
            (Operator::MinLoc, (5, 1), (4, 2)),
            (Operator::Replace, (7, 7), (7, 7)),
        ] {
            let got = run(operator, element, &make(input.0, input.1, 0xaa), &make(4, 2, 0xbb));
            assert_eq!(got, make(expected.0, expected.1, 0xbb), "{operator:?} {element:?} {input:?}");
        }
    }
}

#[test]
fn what_has_no_meaning_has_no_kernel() {
    for operator in OPERATORS {
        let everywhere = matches!(operator, Operator::Replace | Operator::NoOp);
        assert_eq!(is_supported(operator, Element::WideChar), everywhere, "{operator:?}");
    }
    assert!(!is_supported(Operator::Max, Element::ComplexF64));
    assert!(!is_supported(Operator::Sum, Element::Byte));
    assert!(!is_supported(Operator::BitAnd, Element::F32));
    assert!(!is_supported(Operator::Sum, Element::DoubleInt));
    assert!(!is_supported(Operator::MaxLoc, Element::I32));
}
