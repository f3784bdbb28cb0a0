"""Days that are over and spoken of as to come are told of; every other day passes."""

from __future__ import annotations

from datetime import date

import pytest

from support import POST, read_all, write_site
from wardblog.check.date_mentions import dates_in

# Sentences of a post of Friday 20 November 2026.
WRONG = """\
The meeting is tomorrow, 12 November.
The meeting is tomorrow, Friday 27 November.
Join us tomorrow (19 November) at the library.
The road is closed today, 18 November.
There is a surgery tonight, 19 November, at the library.
The surgery is this evening, Wednesday 18 November.
We meet next Monday, 9 November, at seven.
Come along this coming Saturday, 14 November.
The road will be closed on 12 November.
The road will be closed from 7am on Thursday 12 November.
Eland Road is going to be closed on 12 Nov.
The new library will open on 12th November.
The library will open on November 12.
The works will start on 12/11/2026.
The works will start on 12.11.26 and last a week.
The works will begin on 2026-11-12.
On 12 November the council will meet in public.
From 16 November the depot will be open on Sundays.
You can comment until 15 November.
You have until 15 November to comment.
Please send your comments by 15 November.
Apply by Sunday 15 November 2026 on the council's website.
The deadline for comments is 15 November.
The consultation closes on 15 November.
The consultation closes at midnight on Sunday 15 November.
The public meeting is on 17 November.
Come to the litter pick on Saturday 14 November.
Don't miss the fair on 14 November!
The road is closed until 18 November.
It'll be held on the 14th of November.
The fair is on Monday 24 November 2026.
The fair is on Monday 24 November.
The election was held on Friday 7 May 2026.
Tell us by 10 November what you think.
The exhibition opens on 13 November at the town hall.
See you on Saturday 14 November.
Residents must register before 1 November.
The works are scheduled for 16 November.
The meeting is tomorrow, Monday.
The council will hold a meeting on Tuesday 3 November 2026.
"""
RIGHT = """\
The council decided on 3 November; work will begin in spring.
Since 12 November the lights have been out, and the company will come soon.
On 3 November the council decided that the library will open on Sundays.
The lights have been out since 12 November and will be mended.
The motion that was passed on 3 November will be carried out in spring.
We will report on the meeting of 3 November next week.
We will publish the minutes of the meeting held on 3 November.
The winter of 2025/26 was mild.
The lights will be mended after the storm of 14 November.
The meeting is tomorrow, 21 November.
The meeting is tomorrow, Saturday 21 November.
There is a surgery tonight, 20 November.
The surgery is this evening.
Join us on 28 November.
The road will be closed from 18 to 25 November.
The road will be closed from 18 November to 25 November.
The consultation opened on 3 November and closes on 15 December.
You can comment until 5 December.
You can comment until 5 June.
The licence will run until 5 January.
The tax year ends on 5 April.
Fireworks night is every year on 5 November.
The consultation closed on 15 November.
Residents could comment until 15 November.
The council asked residents to comment by 15 November.
The road was closed until 18 November.
The officer said “you can comment until 15 November” in her letter.
The election was held on Thursday 7 May 2026.
The fair was on Monday 24 November last year.
Two bins were moved on Wednesday 18 November.
The council met on 3 November. Work will begin in spring.
Your letter of 12 November will be answered.
We will write to those who came on 14 November.
The bin in Eland Road, emptied on 12 November, will be replaced.
We met on 12 November and will meet again on 10 December.
Application 2026/1234 will be decided in January.
The report, dated 12 November, is going to be published.
Bins will be emptied on Mondays from 30 November.
The fair on Saturday and Sunday was well attended; we will have another.
The market is tomorrow, Saturday and Sunday.
As decided on 3 November, the library will open on Sundays.
Prices rose on 1 November and will rise again.
The library, which opened on 2 November, will be closed on Mondays.
The bus will stop at 10.11.
Version 1.11.26 will be used.
Call us on 020 7946 0456 by Friday.
A decision was due on 12 November and will now be made in December.
Following the meeting on 12 November, the road will be closed.
At the meeting on 12 November we were told that the road will be closed.
If the work had begun on 2 November it would be over.
The cabinet will discuss the report that it received on 3 November.
Nobody came on 12 November, so we will try again.
May 1 million trees be planted.
The gate will be shut from dusk; on 3 November we saw it open.
"""


def told(sentence: str, folder: object) -> list[str]:
    text = POST.replace("Some text.", sentence)
    _, problems = read_all(write_site(folder, {"posts/fine.md": text}))  # type: ignore[arg-type]
    return [p.message for p in problems if p.rule == "past-date"]


@pytest.mark.parametrize("sentence", WRONG.splitlines())
def test_a_past_or_wrong_date_is_reported_once(sentence: str, tmp_path: object) -> None:
    assert len(told(sentence, tmp_path)) == 1


@pytest.mark.parametrize("sentence", RIGHT.splitlines())
def test_events_in_the_past_or_future_pass(sentence: str, tmp_path: object) -> None:
    assert told(sentence, tmp_path) == []


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("The meeting is tomorrow, 12 November.",
         'the text says "tomorrow" for "12 November", but the post is dated 20 November 2026'),
        ("You can comment until 15 November.",
         '"15 November" is described as still to come, but the post is dated 20 November 2026'),
        ("The fair is on Monday 24 November 2026.",
         '"Monday 24 November 2026" cannot be right: 24 November 2026 is a Tuesday'),
        ("The meeting is tomorrow, Monday.",
         'the text says "tomorrow, Monday", but the day after the post is a Saturday'),
    ],
)  # fmt: skip
def test_the_message_names_both_dates(sentence: str, message: str, tmp_path: object) -> None:
    assert told(sentence, tmp_path) == [message]


@pytest.mark.parametrize(
    "body",
    ["> The meeting is tomorrow, 12 November.", "`You can comment until 15 November.`",
     "<del>You can comment until 15 November.</del>",
     "We said: “The road will be closed on 12 November.”"],
)  # fmt: skip
def test_dates_in_quotations_pass(body: str, tmp_path: object) -> None:
    assert told(body, tmp_path) == []


def test_lists_are_checked_too(tmp_path: object) -> None:
    assert len(told("- You can comment until 15 November", tmp_path)) == 1


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("12 November", "2026-11-12"), ("12th Nov", "2026-11-12"), ("Nov 12", "2026-11-12"),
        ("November 12th, 2025", "2025-11-12"), ("the 12th of November", "2026-11-12"),
        ("12/11/2026", "2026-11-12"), ("12.11.26", "2026-11-12"), ("2026-11-12", "2026-11-12"),
        ("Thursday, 12 November 2026", "2026-11-12"), ("5 January", "2027-01-05"),
        ("29 February 2028", "2028-02-29"), ("Sept. 3", "2026-09-03"), ("1st May", None),
        ("31 November", None), ("2025/26", None), ("24/7", None), ("10.30", None), ("May", None),
        ("020 7946 0456", None), ("1.11.262", None), ("Version 1.2.3.4", None),
    ],
)  # fmt: skip
def test_dates_are_read_in_british_formats(written: str, day: str | None) -> None:
    found = list(dates_in(f"It is {written}, they say.", date(2026, 11, 20)))
    if written == "1st May":
        assert [s.day for s in found] == [date(2027, 5, 1)]
    else:
        assert [s.day.isoformat() for s in found] == ([day] if day else [])
