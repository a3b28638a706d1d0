//! The trace header of an invocation: `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`.

use opentelemetry::trace::{SpanContext, SpanId, TraceFlags, TraceId, TraceState};

/// The segment of the invocation. `None` if the header does not name one.
pub(super) fn segment(header: &str) -> Option<SpanContext> {
    let (mut root, mut parent, mut flags) = (None, None, TraceFlags::default());
    for (key, value) in header.split(';').filter_map(|part| part.trim().split_once('=')) {
        match key {
            "Root" => root = trace_id(value),
            "Parent" => parent = SpanId::from_hex(value).ok(),
            "Sampled" => flags = flags.with_sampled(value == "1"),
            _ => {}
        }
    }
    Some(SpanContext::new(root?, parent?, flags, true, TraceState::NONE))
}

fn trace_id(root: &str) -> Option<TraceId> {
    let (time, unique) = root.strip_prefix("1-")?.split_once('-')?;
    (time.len() == 8 && unique.len() == 24).then(|| TraceId::from_hex(&format!("{time}{unique}")).ok())?
}

#[cfg(test)]
mod tests {
    use super::segment;

    #[test]
    fn a_header_names_the_segment_and_whether_it_is_sampled() {
        let full = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:0";
        let of_full = segment(full).expect("a segment");
        assert_eq!(of_full.trace_id().to_string(), "5759e988bd862e3fe1be46a994272793");
        assert_eq!(of_full.span_id().to_string(), "53995c3f42cd8ad8");
        assert!(of_full.is_sampled() && of_full.is_remote());
        assert!(!segment(&full.replace("Sampled=1", "Sampled=0")).expect("a segment").is_sampled());
    }

    #[test]
    fn what_names_no_segment_is_none() {
        for header in
            ["", "Root=1-5759e988-bd862e3fe1be46a994272793", "Root=2-a-b;Parent=53995c3f42cd8ad8", "Root;;="]
        {
            assert!(segment(header).is_none(), "{header}");
        }
    }
}
