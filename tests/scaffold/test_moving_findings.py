"""What needs attention in the posts of an old blog: in groups, with one answer for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from scaffold.old_blogs import SITE, Desk, desk_in, headers, old_blog, old_post
from support import MARKDOWN, TODAY, picture, write_files
from wardblog.check import check_site
from wardblog.content import read_site
from wardblog.problems import UsageError, sorted_unique
from wardblog.scaffold.old_blog.answers import allowances_of, answers_data, read_answers
from wardblog.scaffold.old_blog.findings import MoveFindings, find
from wardblog.scaffold.old_blog.groups import Group, Subject
from wardblog.scaffold.old_blog.model import OldBlog
from wardblog.scaffold.old_blog.picture_table import descriptions_data
from wardblog.scaffold.old_blog.plan import MovePlan
from wardblog.scaffold.old_blog.remembered import MoveMemory, WrittenPost, read_memory
from wardblog.scaffold.old_blog.report_text import findings_data, report_lines
from wardblog.scaffold.old_blog.write_posts import publish, remember_findings
from wardblog.views import SiteAddresses

COUNCIL = "<p>Ring Alex on 020 7946 0123.</p>"
NAMED = "<p>Jane Doe of 22 Eland Road, jane.doe@example.com, was the first.</p>"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def found(desk: Desk, plan: MovePlan) -> MoveFindings:
    reading = read_site(desk.content, TODAY, MARKDOWN)
    checked = check_site(reading.site, SiteAddresses(reading.site))
    return find(reading.site, sorted_unique([*reading.problems, *checked]), plan.posts)


def find_again(desk: Desk, plan: MovePlan, answers: dict[tuple[str, str], str]) -> MoveFindings:
    site = read_site(desk.content, TODAY, MARKDOWN).site
    return find(site, [], plan.posts, answers=answers)


def findings_of(desk: Desk, blog: OldBlog, **values: object) -> MoveFindings:
    return found(desk, desk.move(blog, **values))


def group_of(findings: MoveFindings, check: str) -> Group:
    return next(group for group in findings.groups if group.check == check)


def test_a_post_without_any_problem_is_ready(desk: Desk) -> None:
    findings = findings_of(desk, old_blog(old_post(1), old_post(2, state="private")))
    assert findings.groups == ()
    assert findings.ready == ("posts/2014-03-07-hello-1.md",)
    assert list(report_lines(findings, desk.content)) == []


def test_drafts_are_checked_as_if_they_were_published(desk: Desk) -> None:
    findings = findings_of(desk, old_blog(old_post(1, text=NAMED), old_post(2)))
    assert {group.check for group in findings.groups} == {"personal-data"}
    assert all(group.stops for group in findings.groups)
    assert findings.blocked == ("posts/2014-03-07-hello-1.md",)
    assert findings.ready == ("posts/2014-03-07-hello-2.md",)


def test_posts_without_a_date_are_stopped_since_they_have_no_address(desk: Desk) -> None:
    findings = findings_of(desk, old_blog(*(old_post(n, moment=None) for n in (1, 2)), old_post(3)))
    assert findings.blocked == ("posts/hello-1.md", "posts/hello-2.md")
    assert findings.ready == ("posts/2014-03-07-hello-3.md",)
    group = group_of(findings, "reading")
    assert (group.what, group.stops, len(group.findings)) == ("the date is missing", True, 2)


def test_a_post_that_was_made_a_draft_again_is_not_published_again(desk: Desk) -> None:
    blog = old_blog(old_post(1), old_post(2))
    plan = desk.move(blog)
    publish(found(desk, plan).ready, plan.posts, read_memory(desk.private), desk.folders)
    path = desk.content / "posts/2014-03-07-hello-1.md"
    path.write_text(path.read_text().replace("\nGuid:", "\nStatus: draft\nGuid:"))
    findings = findings_of(desk, blog)
    assert (findings.ready, findings.blocked, findings.waiting) == ((), (), ())


def test_a_post_that_links_to_a_stopped_one_waits_for_it(desk: Desk) -> None:
    def linking(number: int) -> str:
        return f'<p>See <a href="{SITE}/?p={number}">what I wrote</a>.</p>'

    posts = (
        old_post(1, text=NAMED),
        old_post(2, text=linking(1)),
        old_post(3, text=linking(2)),
        old_post(4, text=linking(5)),
        old_post(5, text=linking(4)),
    )
    findings = findings_of(desk, old_blog(*posts))
    names = [f"posts/2014-03-07-hello-{number}.md" for number in range(1, 6)]
    assert findings.blocked == (names[0],)
    assert findings.waiting == (names[1], names[2])
    assert findings.ready == (names[3], names[4])
    assert {group.check for group in findings.groups} == {"personal-data"}


def test_what_is_in_many_posts_is_a_group_of_its_own(desk: Desk) -> None:
    posts = [old_post(number, text=COUNCIL) for number in range(1, 5)]
    posts += [old_post(n, text=f"<p>Ring Alex on 020 7946 01{n}.</p>") for n in (61, 62)]
    findings = findings_of(desk, old_blog(*posts))
    assert [(group.what, len(group.findings)) for group in findings.groups] == [
        ('this gives away a telephone number: "020 7946 0123"', 4),
        ("this gives away a telephone number: …", 2),
    ]


def test_a_thousand_pictures_are_one_group_with_three_examples(desk: Desk, tmp_path: Path) -> None:
    write_files(tmp_path / "up", {f"{n}.jpg": picture(kind="JPEG") for n in range(1, 31)})
    posts = [
        old_post(n, text=f'<p>Look: <img src="{SITE}/up/{n}.jpg" alt=""></p>') for n in range(1, 31)
    ]
    plan = desk.move(old_blog(*posts), uploads=[tmp_path / "up"])
    findings = found(desk, plan)
    lines = [line.rstrip() for line in report_lines(findings, Path("content"))]
    assert lines == [
        "",
        "Pictures without a description",
        "  30 in 30 files, stops: the picture … has no description for people who cannot see it",
        "    content/posts/2014-03-07-hello-1.md:12  1.jpg",
        "    content/posts/2014-03-07-hello-10.md:12  10.jpg",
        "    content/posts/2014-03-07-hello-11.md:12  11.jpg",
        "    Describe each in pictures.csv, which is named below, or in the posts.",
    ]
    table = findings_data(findings, Path("content")).decode("utf-8-sig").splitlines()
    assert len(table) == 31
    assert table[0] == "about,stops,check,file,line,what,remedy,answer"
    assert table[1].startswith(
        "Pictures without a description,yes,no-alternative,content/posts/2014-03-07-hello-1.md,12,"
    )
    used = {one.target.file: one.pictures for one in plan.posts}
    pictures = descriptions_data(used, findings, {"images/1.jpg": "A bin"})
    rows = pictures.decode("utf-8-sig").splitlines()
    assert rows[0] == "picture,posts,first post,description"
    assert rows[1] == "images/1.jpg,1,posts/2014-03-07-hello-1.md,A bin"
    assert len(rows) == 31


def test_the_most_important_comes_first(desk: Desk) -> None:
    long = "<p>" + "and the road is near the shop " * 12 + "today.</p>"
    posts = (
        old_post(1, text=f"{long}<p>[contact-form-7 id=3]</p>"),
        old_post(2, text='<p><img src="/gone.jpg" alt="A bin"> <a href="/gone/">gone</a></p>'),
        old_post(3, text=NAMED),
    )
    findings = findings_of(desk, old_blog(*posts))
    subjects = [group.subject for group in findings.groups]
    assert subjects == sorted(subjects)
    assert set(subjects) == {Subject.PEOPLE, Subject.LINKS, Subject.LEFT_OUT, Subject.ADVICE}
    text = "\n".join(report_lines(findings, desk.content))
    assert "[contact-form-7] did something on the old blog that it cannot do here" in text
    assert "long-sentence: 1" in text


def answered(desk: Desk, blog: OldBlog, answers: dict[tuple[str, str], str]) -> MoveFindings:
    """Two runs: the first finds, the second has these answers."""
    plan = desk.move(blog)
    remember_findings(read_memory(desk.private), found(desk, plan), plan.posts, desk.private)
    memory = read_memory(desk.private)
    return findings_of(desk, blog, allowances=allowances_of(memory, answers))


def test_one_answer_becomes_a_line_in_each_unedited_post_of_the_group(desk: Desk) -> None:
    blog = old_blog(*(old_post(n, text=COUNCIL) for n in range(1, 5)))
    group = findings_of(desk, blog).groups[0]
    edited = desk.content / "posts/2014-03-07-hello-1.md"
    plan = desk.plan(blog)
    remember_findings(read_memory(desk.private), found(desk, plan), plan.posts, desk.private)
    edited.write_bytes(edited.read_bytes().replace(b"Ring", b"Call"))
    findings = answered(desk, blog, {group.key: "it is the council's own number"})
    line = "Allow: personal-data because it is the council's own number"
    texts = desk.texts()
    assert [line in headers(text) for text in texts.values()] == [False, True, True, True]
    assert len(findings.groups[0].open) == 1
    assert len(findings.ready) == 3
    # The third run knows the answers still, and writes nothing.
    remember_findings(read_memory(desk.private), findings, desk.plan(blog).posts, desk.private)
    memory = read_memory(desk.private)
    again = allowances_of(memory, {group.key: "it is the council's own number"})
    assert desk.plan(blog, allowances=again).new_files == {}


def test_an_answer_counts_only_where_it_answers_all_of_a_check(desk: Desk) -> None:
    texts = [COUNCIL, COUNCIL, COUNCIL, COUNCIL + NAMED]
    blog = old_blog(*(old_post(n, text=text) for n, text in enumerate(texts, 1)))
    group = findings_of(desk, blog).groups[0]
    assert "020 7946 0123" in group.what
    answered(desk, blog, {group.key: "it is the council's"})
    lines = [any(line.startswith("Allow") for line in headers(t)) for t in desk.texts().values()]
    assert lines == [True, True, True, False]


def test_the_table_of_answers_keeps_what_was_written(tmp_path: Path, desk: Desk) -> None:
    blog = old_blog(*(old_post(n, text=COUNCIL) for n in range(1, 4)))
    groups = findings_of(desk, blog).groups
    path = tmp_path / "answers.csv"
    path.write_bytes(answers_data(groups, {}, "content"))
    text = path.read_text(encoding="utf-8-sig")
    assert text.splitlines() == [
        "check,what,posts,example,answer",
        (
            'personal-data,"this gives away a telephone number: ""020 7946 0123""",3,'
            "content/posts/2014-03-07-hello-1.md:10,"
        ),
    ]
    path.write_text(text.replace(":10,", ":10,It is the council's"))
    answers = read_answers(path)
    assert answers == {groups[0].key: "It is the council's"}
    kept = answers_data((), answers, "content").decode("utf-8-sig").splitlines()[1]
    assert kept.endswith(",0,,It is the council's")


def test_a_number_in_two_posts_has_a_row_of_its_own(desk: Desk) -> None:
    posts = [old_post(n, text=f"<p>Ring Alex on 020 7946 01{n}.</p>") for n in (61, 62)]
    data = answers_data(findings_of(desk, old_blog(*posts)).groups, {}, "content")
    assert [line.split(",")[1] for line in data.decode().splitlines()[1:]] == [
        '"this gives away a telephone number: ""020 7946 0161"""',
        '"this gives away a telephone number: ""020 7946 0162"""',
    ]


@pytest.mark.parametrize("answer", ["ok", "yes", "because", "because ok", "Because: fine"])
def test_a_word_is_no_reason(answer: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(f"check,what,posts,example,answer\npersonal-data,it,1,,{answer}\n")
    with pytest.raises(UsageError, match=r'answers\.csv:2: ".*" is not a reason'):
        read_answers(path)
    path.write_text("check,what,posts,example,answer\npersonal-data,it,1,,because I asked her\n")
    assert read_answers(path) == {("personal-data", "it"): "I asked her"}


def test_a_house_holds_a_post_back_until_it_is_answered(desk: Desk) -> None:
    blog = old_blog(
        old_post(1, text="<p>Somebody at 3 Dorothy Road lets his dog out.</p>"),
        old_post(2, text="<p>Works at 14-20 Eland Road, on 3 March, in Dorothy Road.</p>"),
    )
    plan = desk.move(blog)
    findings = found(desk, plan)
    assert findings.ready == ("posts/2014-03-07-hello-2.md",)
    group = group_of(findings, "house")
    assert (group.subject, group.stops) == (Subject.PEOPLE, True)
    (one,) = group.findings
    assert (one.words, one.line) == ("3 Dorothy Road", 10)
    answers = {group.key_of(one): "it is the library"}
    assert find_again(desk, plan, answers).blocked == ()
    (row,) = answers_data(findings.groups, answers, "content").decode().splitlines()[1:]
    assert row.endswith(
        '3 Dorothy Road",1,content/posts/2014-03-07-hello-1.md:10,it is the library'
    )


def test_what_a_post_lost_holds_it_back_until_it_is_answered(desk: Desk) -> None:
    blog = old_blog(
        old_post(1, text="<p>Write to me:</p><form><input name=a></form>"),
        old_post(2, text='<p>Look: <img src="/gone.jpg" alt="A bin"></p>'),
        old_post(3, text='<p>See <a href="/?p=99">what I never finished</a>.</p>'),
        old_post(4, text="<p>[contact-form-7 id=3]</p>"),
    )
    plan = desk.move(blog)
    findings = found(desk, plan)
    assert findings.ready == ()
    assert len(findings.blocked) == 4
    stopping = {group.check for group in findings.groups if group.stops}
    assert stopping == {"form", "picture", "link", "shortcode"}
    assert ", stops: a picture is not on this computer" in "\n".join(
        report_lines(findings, desk.content)
    )
    answers = {group.key: "it can be missing" for group in findings.groups}
    assert find_again(desk, plan, answers).blocked == ()


def test_two_groups_of_a_check_give_both_reasons() -> None:
    groups = (("personal-data", "a"), ("personal-data", "b"), ("long-sentence", "c"))
    post = WrittenPost(file="posts/a.md", digest="", groups=groups)
    memory = MoveMemory(posts={"key": post})
    reasons = {groups[0]: "one", groups[1]: "two"}
    assert allowances_of(memory, reasons) == {"key": (("personal-data", "one; two"),)}
    assert allowances_of(memory, {groups[0]: "one"}) == {}


def test_a_mistake_that_only_the_reader_sees_stops_as_well(desk: Desk) -> None:
    """In a draft it is a warning, and without its line "Status: draft" it would stop the build."""
    findings = findings_of(desk, old_blog(old_post(1, text="<p>Status: draft</p><p>More.</p>")))
    assert findings.ready == ()
    assert group_of(findings, "reading").stops
