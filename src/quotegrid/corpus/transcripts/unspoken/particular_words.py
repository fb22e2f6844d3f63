"""The words that name particulars of a talk and nobody who speaks, in several languages."""

from __future__ import annotations

# ruff: noqa: RUF001 - Cyrillic and Greek have letters that look like others.

NAMES_OF_PARTICULARS = frozenset(
    """
    date time place location duration subject topic title venue
    datum uhrzeit ort dauer thema titel fecha lugar duración título tema hora data orario luogo durata titolo
    local duração horário horaire lieu durée objet sujet titre plaats tijd duur onderwerp datering
    dato sted tid varighed varighet emne plats längd ämne paikka aika kesto aihe päivämäärä
    miejsce czas temat tytuł czas\u00a0trwania datum\u00a0konání místo čas délka téma název miesto dĺžka názov
    mjesto mesto vrijeme vreme trajanje naslov dátum helyszín időpont időtartam cím téma loc durată subiect
    tarih yer süre konu başlık saat tanggal waktu tempat durasi judul topik hari hari/tanggal nim nis
    дата время место продолжительность тема название час місце тривалість назва дата\u00a0интервью място
    ημερομηνία ώρα τόπος διάρκεια θέμα التاريخ الوقت المكان المدة الموضوع תאריך שעה מקום נושא
    日期 时间 時間 地点 地點 时长 時長 主题 主題 标题 標題 访谈时间 访谈地点 采访时间 采访地点
    日時 日付 場所 所要時間 題名
    날짜 일시 시간 장소 주제 제목 ngày thời\u00a0gian địa\u00a0điểm chủ\u00a0đề
    """.split()
)
"""Names of the fields of a form above a talk: "Tanggal", "Lieu", "Datum"."""
