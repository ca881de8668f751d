"""What a large account costs the worker: a copy and an erasure of 5,000 posts, and whether others wait meanwhile."""

from __future__ import annotations

import os
import subprocess
import time

from bench.site import ROOT, empty_site, manage

POSTS = 5_000
SECONDS, MEMORY_MIB, LONGEST_WAIT = 30, 150, 1.0

# Questions with others' answers, some of them edited, answers and comments below others' questions. Half of the other
# comments address somebody, some of them the person by a nickname given up before: those are found by digests alone.
FILL = f"""
from accounts.models import FormerNickname, User
from forum.actions.questions import edit_question
from forum.models import Answer, Comment, Question
person = User.objects.create_user("prolific", "prolific@example.org", None)
others = list(Question.objects.order_by("pk"))
own = [question.pk for question in others[:{POSTS // 2}]]
Question.objects.filter(pk__in=own).update(author=person, author_name="prolific")
answers = Answer.objects.exclude(question__in=own).order_by("pk").values_list("pk", flat=True)[:{POSTS // 4}]
Answer.objects.filter(pk__in=list(answers)).update(
    author=person, author_name="prolific", posted_as_name="", posted_as_role="", staff_card=None
)
Comment.objects.bulk_create(
    Comment(question=question, author=person, author_name="prolific", text="A short word.", html="<p>A short word.</p>")
    for question in others[{POSTS // 2}:{POSTS // 2 + POSTS // 4}]
)
for question in Question.objects.filter(author=person)[:500]:
    edit_question(question=question, editor=person, title=question.title, text=question.text + " More, as prolific.")
FormerNickname.keep("eager_one", person)
Comment.objects.bulk_create(
    Comment(question=question, text=text, html="<p>" + text + "</p>")
    for number, question in enumerate(others)
    for text in ("Thank you.", "As @eager_one said." if number % 10 == 0 else f"As @reader{{number}} said.")
)
"""
ASK = """
from accounts.exports import request_export
from accounts.models import User
request_export(user=User.objects.get(nickname="prolific"))
"""
ERASE = """
from accounts.erasure import begin_erasure
from accounts.models import User
begin_erasure(user=User.objects.get(nickname="prolific"), keep_posts=False)
"""
CHECK = """
from accounts.models import Erasure
from forum.models import Comment
assert Erasure.objects.get().finished_at, "not finished"
assert not Comment.objects.filter(text__contains="eager_one").exists(), "still named"
assert Comment.objects.filter(text__contains="@reader").exists(), "others went, too"
"""
# Somebody who votes all the time, and how long the longest vote took.
VOTE = """
import select, sys, time
from django.db import transaction
from accounts.models import User
from forum.models import MeToo, Question
voter = User.objects.create_user("voter", "voter@example.org", None)
question, longest = Question.objects.last(), 0.0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.01)[0]:
    start = time.perf_counter()
    with transaction.atomic():
        MeToo.objects.create(question=question, user=voter)
        MeToo.objects.filter(user=voter).delete()
    longest = max(longest, time.perf_counter() - start)
print(longest, flush=True)
"""


def main() -> None:
    with empty_site() as environment:
        shell(environment, "", manage("createcachetable"))
        shell(environment, "", manage("generate", f"--questions={POSTS}", "--seed=1", "--verbosity=0"))
        shell(environment, FILL)
        shell(environment, ASK)
        seconds, processor, memory = worker(environment)
        print(f"export_5000_posts {seconds:.1f} s (limit ≤ {SECONDS}; {processor:.1f} s of a processor)")
        print(f"export_5000_posts_memory {memory:.0f} MiB (limit ≤ {MEMORY_MIB})")
        shell(environment, ERASE)
        with voting(environment) as voter:
            seconds, processor, memory = worker(environment)
            wait, _errors = voter.communicate("stop\n")
        shell(environment, CHECK)
        print(f"erase_5000_posts {seconds:.1f} s (limit ≤ {SECONDS}; {processor:.1f} s of a processor)")
        print(f"erase_5000_posts_memory {memory:.0f} MiB (limit ≤ {MEMORY_MIB})")
        print(f"erase_longest_wait {float(wait):.2f} s (limit ≤ {LONGEST_WAIT:g}; of the one who votes)")


def shell(environment: dict[str, str], code: str, command: list[str] | None = None) -> None:
    run = command or manage("shell", "--verbosity=0", "-c", code)
    subprocess.run(run, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def worker(environment: dict[str, str]) -> tuple[float, float, float]:
    """Seconds on the clock and of the processor, and MiB at the peak."""
    start = time.perf_counter()
    run = subprocess.Popen(manage("worker", "--once"), cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit("The worker failed.")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def voting(environment: dict[str, str]) -> subprocess.Popen[str]:
    command = manage("shell", "--verbosity=0", "-c", VOTE)
    run = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert run.stdout
    assert run.stdout.readline() == "ready\n"
    return run


if __name__ == "__main__":
    main()
