//! 100 routes, half of them with a parameter.
use std::sync::atomic::{AtomicUsize, Ordering};

use chalice_rt::prelude::*;

static SEEN: AtomicUsize = AtomicUsize::new(0);

/// What every measured middleware does.
pub(crate) fn seen() {
    SEEN.fetch_add(1, Ordering::Relaxed);
}

#[derive(serde::Serialize)]
struct Out {
    id: String,
    route: usize,
}

macro_rules! routes {
    ($($fixed:ident $fixed_path:tt $n:literal, $user:ident $user_path:tt $m:literal;)*) => {$(
        #[get($fixed_path)]
        async fn $fixed() -> Json<Out> {
            Json(Out { id: String::new(), route: $n })
        }

        #[get($user_path)]
        async fn $user(id: String) -> Json<Out> {
            Json(Out { id, route: $m })
        }
    )*};
}

routes! {
    r0 "/static/r0" 0, r1 "/users/{id}/r1" 1;
    r2 "/static/r2" 2, r3 "/users/{id}/r3" 3;
    r4 "/static/r4" 4, r5 "/users/{id}/r5" 5;
    r6 "/static/r6" 6, r7 "/users/{id}/r7" 7;
    r8 "/static/r8" 8, r9 "/users/{id}/r9" 9;
    r10 "/static/r10" 10, r11 "/users/{id}/r11" 11;
    r12 "/static/r12" 12, r13 "/users/{id}/r13" 13;
    r14 "/static/r14" 14, r15 "/users/{id}/r15" 15;
    r16 "/static/r16" 16, r17 "/users/{id}/r17" 17;
    r18 "/static/r18" 18, r19 "/users/{id}/r19" 19;
    r20 "/static/r20" 20, r21 "/users/{id}/r21" 21;
    r22 "/static/r22" 22, r23 "/users/{id}/r23" 23;
    r24 "/static/r24" 24, r25 "/users/{id}/r25" 25;
    r26 "/static/r26" 26, r27 "/users/{id}/r27" 27;
    r28 "/static/r28" 28, r29 "/users/{id}/r29" 29;
    r30 "/static/r30" 30, r31 "/users/{id}/r31" 31;
    r32 "/static/r32" 32, r33 "/users/{id}/r33" 33;
    r34 "/static/r34" 34, r35 "/users/{id}/r35" 35;
    r36 "/static/r36" 36, r37 "/users/{id}/r37" 37;
    r38 "/static/r38" 38, r39 "/users/{id}/r39" 39;
    r40 "/static/r40" 40, r41 "/users/{id}/r41" 41;
    r42 "/static/r42" 42, r43 "/users/{id}/r43" 43;
    r44 "/static/r44" 44, r45 "/users/{id}/r45" 45;
    r46 "/static/r46" 46, r47 "/users/{id}/r47" 47;
    r48 "/static/r48" 48, r49 "/users/{id}/r49" 49;
    r50 "/static/r50" 50, r51 "/users/{id}/r51" 51;
    r52 "/static/r52" 52, r53 "/users/{id}/r53" 53;
    r54 "/static/r54" 54, r55 "/users/{id}/r55" 55;
    r56 "/static/r56" 56, r57 "/users/{id}/r57" 57;
    r58 "/static/r58" 58, r59 "/users/{id}/r59" 59;
    r60 "/static/r60" 60, r61 "/users/{id}/r61" 61;
    r62 "/static/r62" 62, r63 "/users/{id}/r63" 63;
    r64 "/static/r64" 64, r65 "/users/{id}/r65" 65;
    r66 "/static/r66" 66, r67 "/users/{id}/r67" 67;
    r68 "/static/r68" 68, r69 "/users/{id}/r69" 69;
    r70 "/static/r70" 70, r71 "/users/{id}/r71" 71;
    r72 "/static/r72" 72, r73 "/users/{id}/r73" 73;
    r74 "/static/r74" 74, r75 "/users/{id}/r75" 75;
    r76 "/static/r76" 76, r77 "/users/{id}/r77" 77;
    r78 "/static/r78" 78, r79 "/users/{id}/r79" 79;
    r80 "/static/r80" 80, r81 "/users/{id}/r81" 81;
    r82 "/static/r82" 82, r83 "/users/{id}/r83" 83;
    r84 "/static/r84" 84, r85 "/users/{id}/r85" 85;
    r86 "/static/r86" 86, r87 "/users/{id}/r87" 87;
    r88 "/static/r88" 88, r89 "/users/{id}/r89" 89;
    r90 "/static/r90" 90, r91 "/users/{id}/r91" 91;
    r92 "/static/r92" 92, r93 "/users/{id}/r93" 93;
    r94 "/static/r94" 94, r95 "/users/{id}/r95" 95;
    r96 "/static/r96" 96, r97 "/users/{id}/r97" 97;
    r98 "/static/r98" 98, r99 "/users/{id}/r99" 99;
}
