from __future__ import annotations

import uuid

from quotegrid.domain.sources.model import SegmentKind, SourceKind, segment_guid, source_guid


def test_the_same_source_has_the_same_guid_everywhere() -> None:
    assert source_guid("a.txt", "00") == "20c17d28-4212-5730-9d2a-249b9a21d235"
    assert source_guid("a.txt", "01") != source_guid("a.txt", "00") != source_guid("b.txt", "00")


def test_a_segment_is_known_by_its_source_and_offsets() -> None:
    source = source_guid("a.txt", "00")
    guids = {segment_guid(source, 0, 5), segment_guid(source, 0, 6), segment_guid("other", 0, 5)}
    assert len(guids) == 3
    assert segment_guid(source, 0, 5) in guids
    assert all(uuid.UUID(guid).version == 5 for guid in guids)


def test_kinds_have_the_documented_names() -> None:
    assert [kind.value for kind in SourceKind] == ["transcript", "report", "document"]
    assert [kind.value for kind in SegmentKind] == ["turn", "block", "inline"]
