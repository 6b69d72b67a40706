"""The access matrix: who gets which answer on which route about an object in which state.

Read it from the top: the first line that fits a question gives its answer; what no line names is not there (404).
`seen` means every object that SIGHT opens to the asking person; `*` in `who` means everybody signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tests.access.question import Question
from tests.access.sight import (
    BOOK_ROLES,
    CHAIN,
    CLERKS_ELSEWHERE,
    DRAFTERS,
    FOLLOWERS,
    PEOPLE,
    READERS,
    REVIEWERS,
    STAFF,
    UNIT,
    UNIT_BOOK_ROLES,
    names_of,
    sees,
)

MATRIX = f"""
route                    | about                        | who                      | GET | POST
my_work                  |                              | *                        | 200 | 405
outgoing                 |                              | *                        | 200 | 405
inbox                    |                              | *                        | 200 | 405
tasks                    |                              | *                        | 200 | 405
find                     |                              | *                        | 200 | 405
change_password          |                              | *                        | 200 | 400
sign_in                  |                              | *                        | 302 | 302
sign_out                 |                              | *                        | 405 | 302
healthz                  |                              | *                        | 200 | 405
readyz                   |                              | *                        | 200 | 405
directory                |                              | *                        | 200 | 405
body                     |                              | *                        | 200 | 405
signing_matrix           |                              | *                        | 200 | 405
registers                |                              | {BOOK_ROLES}             | 200 | 405
registers                |                              | {UNIT_BOOK_ROLES}        | 200 | 405
registers                |                              | {CLERKS_ELSEWHERE}       | 200 | 405
registers                |                              | second signer            | 200 | 405
registers                |                              | *                        | 403 | 405
clerk                    |                              | clerk, unit clerk        | 200 | 405
clerk                    |                              | {CLERKS_ELSEWHERE}       | 200 | 405
clerk                    |                              | *                        | 403 | 405
administration           |                              | administrator, stranger  | 200 | 405
administration           |                              | *                        | 403 | 405
statistics               |                              | administrator, ex-member | 403 | 405
statistics               |                              | *                        | 200 | 405
signing_list             |                              | {CHAIN}, clerk           | 200 | 405
signing_list             |                              | assistant, named reader  | 200 | 405
signing_list             |                              | unit clerk               | 200 | 405
signing_list             |                              | {CLERKS_ELSEWHERE}       | 200 | 405
signing_list             |                              | second signer            | 200 | 405
signing_list             |                              | *                        | 403 | 405
draft_start              |                              | {DRAFTERS}, stranger     | 200 | 405
draft_start              |                              | *                        | 403 | 405
start                    |                              | {DRAFTERS}, stranger     | 200 | 400
start                    |                              | *                        | 403 | 403
draft_new                |                              | {DRAFTERS}               | 200 | 302
draft_new                |                              | stranger                 | 200 | 400
draft_new                |                              | *                        | 403 | 403
draft_keep_new           |                              | {DRAFTERS}               | 405 | 200
draft_keep_new           |                              | stranger                 | 405 | 400
draft_keep_new           |                              | *                        | 405 | 403
draft_pasted             |                              | {DRAFTERS}, stranger     | 405 | 200
draft_pasted             |                              | *                        | 405 | 403
draft_task_table         |                              | {DRAFTERS}               | 405 | 200
draft_task_table         |                              | *                        | 405 | 403
draft_named              |                              | {DRAFTERS}               | 405 | 200
draft_named              |                              | *                        | 405 | 403
draft_bodies             |                              | {DRAFTERS}               | 200 | 405
draft_bodies             |                              | *                        | 403 | 405
draft_lines              |                              | {DRAFTERS}               | 405 | 200
draft_lines              |                              | *                        | 405 | 403
draft_preview            |                              | {DRAFTERS}               | 405 | 200
draft_preview            |                              | stranger                 | 405 | 400
draft_preview            |                              | *                        | 405 | 403
reserve_number           |                              | clerk                    | 200 | 302
reserve_number           |                              | unit clerk               | 200 | 400
reserve_number           |                              | {CLERKS_ELSEWHERE}       | 200 | 400
reserve_number           |                              | *                        | 403 | 403
secret_number            |                              | clerk                    | 200 | 302
secret_number            |                              | unit clerk               | 200 | 400
secret_number            |                              | {CLERKS_ELSEWHERE}       | 200 | 400
secret_number            |                              | *                        | 200 | 200

directive                | seen                         | *                        | 200 | 405
start_like               | seen                         | {DRAFTERS}               | 200 | 302
start_like               | seen                         | *                        | 403 | 403
keep_template            | restricted draft             | drafter                  | 200 | 409
keep_template            | restricted submitted         | drafter                  | 200 | 409
keep_template            | restricted jointly submitted | drafter                  | 200 | 409
keep_template            | restricted approved          | drafter                  | 200 | 409
keep_template            | restricted sent              | drafter                  | 200 | 409
keep_template            | seen                         | {DRAFTERS}               | 200 | 302
keep_template            | seen                         | *                        | 403 | 403
start_from_template      | template                     | {DRAFTERS}               | 200 | 302
withdraw_template        | template                     | {DRAFTERS}               | 405 | 302
sending                  | seen                         | {STAFF}                  | 200 | 405
rounds                   | seen                         | {STAFF}                  | 200 | 405
submission_slip          | draft                        | {DRAFTERS}               | 409 | 405
submission_slip          | restricted draft             | drafter                  | 409 | 405
submission_slip          | seen                         | {STAFF}                  | 200 | 405
consultation             | draft                        | {DRAFTERS}               | 200 | 409
consultation             | seen                         | {DRAFTERS}               | 200 | 409
consultation             | seen                         | {STAFF}                  | 200 | 403
end_consultation         | draft                        | {DRAFTERS}               | 405 | 302
end_consultation         | seen                         | {DRAFTERS}               | 405 | 409
end_consultation         | seen                         | {STAFF}                  | 405 | 403
consulted                | asked unit                   | unit clerk, unit contact | 200 | 302
consulted                | asked unit                   | named unit head          | 200 | 302
consulted                | answered unit                | second unit clerk        | 200 | 409
consulted_page           | asked unit                   | unit clerk, unit contact | 200 | 405
consulted_page           | asked unit                   | named unit head          | 200 | 405
consulted_page           | answered unit                | second unit clerk        | 200 | 405
consulted_file           | asked unit                   | unit clerk, unit contact | 200 | 405
consulted_file           | asked unit                   | named unit head          | 200 | 405
consulted_file           | answered unit                | second unit clerk        | 200 | 405
opinions                 | submitted, under review      | {CHAIN}                  | 200 | 302
opinions                 | under review                 | assistant, named reader  | 200 | 302
opinions                 | restricted submitted         | signer, named reader     | 200 | 302
opinions                 | jointly submitted            | {CHAIN}, second signer   | 200 | 302
opinions                 | restricted jointly submitted | signer, named reader     | 200 | 302
opinions                 | restricted jointly submitted | second signer            | 200 | 302
opinions                 | seen                         | {STAFF}                  | 200 | 409
answer_opinion           | opinion                      | {DRAFTERS}               | 405 | 302
answer_opinion           | opinion                      | {CHAIN}, clerk, monitor  | 405 | 409
word                     | voided                       | *                        | 404 | 405
word                     | seen                         | *                        | 200 | 405
file final               | seen                         | *                        | 200 | 405
page_image final         | seen                         | *                        | 200 | 405
page_image proof         | seen                         | {STAFF}                  | 200 | 405
page_image scan          | seen                         | {STAFF}                  | 200 | 405
file proof               | seen                         | {STAFF}                  | 200 | 405
file scan                | seen                         | {STAFF}                  | 200 | 405

text_as_file             | draft, restricted draft      | drafter                  | 200 | 302
text_as_file             | draft                        | colleague                | 200 | 302
text_as_file             | seen                         | {DRAFTERS}               | 409 | 409
text_as_file             | seen                         | *                        | 403 | 403
text_file                | voided                       | {CHAIN}, clerk, monitor  | 200 | 405
text_file                | voided                       | {DRAFTERS}               | 200 | 405
enclosure                | seen                         | *                        | 200 | 405
enclosures               | draft, restricted draft      | drafter                  | 200 | 302
enclosures               | draft                        | colleague                | 200 | 302
enclosures               | seen                         | {DRAFTERS}               | 409 | 409
enclosures               | seen                         | *                        | 403 | 403
send_along               | draft, restricted draft      | drafter                  | 405 | 302
send_along               | draft                        | colleague                | 405 | 302
send_along               | seen                         | {DRAFTERS}               | 405 | 409
send_along               | seen                         | *                        | 405 | 403
change_enclosure         | draft, restricted draft      | drafter                  | 405 | 302
change_enclosure         | draft                        | colleague                | 405 | 302
change_enclosure         | seen                         | {DRAFTERS}               | 405 | 409
change_enclosure         | seen                         | *                        | 405 | 403

corrections              | draft, restricted draft      | drafter                  | 200 | 302
corrections              | draft                        | colleague                | 200 | 302
corrections              | seen                         | {DRAFTERS}               | 409 | 409
corrections              | seen                         | *                        | 403 | 403

edit                     | draft, restricted draft      | drafter                  | 200 | 302
edit                     | draft                        | colleague                | 200 | 302
edit                     | seen                         | {DRAFTERS}               | 409 | 409
edit                     | seen                         | *                        | 403 | 403
draft_keep               | draft, restricted draft      | drafter                  | 405 | 200
draft_keep               | seen                         | {DRAFTERS}               | 405 | 409
draft_keep               | seen                         | *                        | 405 | 403
draft_open               | draft, restricted draft      | drafter                  | 405 | 200
draft_open               | seen                         | {DRAFTERS}               | 405 | 409
draft_open               | seen                         | *                        | 405 | 403
draft_preview paper      | seen                         | {DRAFTERS}               | 405 | 200
draft_preview paper      | seen                         | *                        | 405 | 403
recipients_and_tasks     | draft, restricted draft      | drafter                  | 200 | 302
recipients_and_tasks     | draft                        | colleague                | 200 | 302
recipients_and_tasks     | seen                         | {DRAFTERS}               | 409 | 409
recipients_and_tasks     | seen                         | *                        | 403 | 403
mend                     | draft, restricted draft      | drafter                  | 405 | 302
mend                     | draft                        | colleague                | 405 | 302
mend                     | seen                         | {DRAFTERS}               | 405 | 409
mend                     | seen                         | *                        | 405 | 403
step submit              | draft, restricted draft      | drafter                  | 200 | 302
step submit              | draft                        | colleague                | 200 | 302
step submit              | seen                         | {DRAFTERS}               | 409 | 409
step submit              | seen                         | *                        | 403 | 403
step pull_back           | submitted, under review      | {DRAFTERS}               | 200 | 302
step pull_back           | restricted submitted         | drafter                  | 200 | 302
step pull_back           | jointly submitted            | {DRAFTERS}               | 200 | 302
step pull_back           | restricted jointly submitted | drafter                  | 200 | 302
step pull_back           | seen                         | {DRAFTERS}               | 409 | 409
step pull_back           | seen                         | *                        | 403 | 403
step pass_on             | under review                 | {REVIEWERS}              | 200 | 302
step pass_on             | seen                         | *                        | 403 | 403
step return              | under review                 | {REVIEWERS}              | 200 | 302
step return              | under review                 | section head, office head | 200 | 302
step return              | under review                 | signer, clerk            | 200 | 302
step return              | submitted, approved          | section head, reviewer   | 200 | 302
step return              | submitted, approved          | office head, clerk       | 200 | 302
step return              | submitted, approved          | signer                   | 200 | 302
step return              | restricted submitted         | signer                   | 200 | 302
step return              | jointly submitted            | section head, reviewer   | 200 | 302
step return              | jointly submitted            | office head, clerk       | 200 | 302
step return              | jointly submitted            | signer, second signer    | 200 | 302
step return              | restricted jointly submitted | signer, second signer    | 200 | 302
step return              | restricted approved          | signer, clerk            | 200 | 302
step return              | seen                         | section head, reviewer   | 409 | 409
step return              | seen                         | office head, clerk       | 409 | 409
step return              | seen                         | signer                   | 409 | 409
step return              | seen                         | *                        | 403 | 403
step approve             | submitted                    | signer                   | 200 | 302
step approve             | restricted submitted         | signer                   | 200 | 302
step approve             | jointly submitted            | signer                   | 200 | 409
step approve             | restricted jointly submitted | signer                   | 200 | 409
step approve             | seen                         | signer                   | 409 | 409
step approve             | seen                         | *                        | 403 | 403
step approve_jointly     | jointly submitted            | second signer            | 200 | 302
step approve_jointly     | restricted jointly submitted | second signer            | 200 | 302
step approve_jointly     | seen                         | second signer            | 409 | 409
step approve_jointly     | seen                         | *                        | 403 | 403
step note_signature      | approved                     | clerk                    | 200 | 302
step note_signature      | restricted approved          | clerk                    | 200 | 302
step note_signature      | submitted, under review      | clerk                    | 200 | 409
step note_signature      | jointly submitted            | clerk                    | 200 | 409
step note_signature      | seen                         | clerk                    | 409 | 409
step note_signature      | seen                         | *                        | 403 | 403
step number              | approved                     | clerk                    | 200 | 302
step number              | restricted approved          | clerk                    | 200 | 302
step number              | seen                         | clerk                    | 409 | 409
step number              | seen                         | *                        | 403 | 403
step note_seal           | numbered                     | clerk                    | 200 | 302
step note_seal           | seen                         | clerk                    | 409 | 409
step note_seal           | seen                         | *                        | 403 | 403
step issue               | numbered                     | clerk                    | 200 | 302
step issue               | seen                         | clerk                    | 409 | 409
step issue               | seen                         | *                        | 403 | 403
step issue_later         | numbered                     | clerk                    | 200 | 302
step issue_later         | seen                         | clerk                    | 409 | 409
step issue_later         | seen                         | *                        | 403 | 403
step call_off            | seen                         | clerk                    | 409 | 409
step call_off            | seen                         | *                        | 403 | 403
upload_begin             | submitted, under review      | clerk                    | 405 | 200
upload_begin             | approved, numbered           | clerk                    | 405 | 200
upload_begin             | submitted, under review      | clerk                    | 405 | 200
upload_begin             | jointly submitted            | clerk                    | 405 | 200
upload_begin             | restricted approved          | clerk                    | 405 | 200
upload_begin             | seen                         | clerk                    | 405 | 409
upload_begin             | seen                         | *                        | 405 | 403
upload_part              | upload                       | clerk                    | 405 | 200
step void_number         | numbered                     | clerk                    | 200 | 302
step void_number         | seen                         | clerk                    | 409 | 409
step void_number         | seen                         | *                        | 403 | 403
step recall              | issued, sent, received       | clerk                    | 200 | 302
step recall              | given back, restricted sent  | clerk                    | 200 | 302
step recall              | seen                         | clerk                    | 409 | 409
step recall              | seen                         | *                        | 403 | 403

receive                  | sent, recalled               | unit clerk, unit contact | 405 | 302
receive                  | seen                         | unit clerk, unit contact | 405 | 409
receive                  | seen                         | *                        | 405 | 403
misdirect                | sent, recalled               | unit clerk, unit contact | 200 | 302
misdirect                | seen                         | unit clerk, unit contact | 409 | 409
misdirect                | seen                         | *                        | 403 | 403

task                     | seen                         | *                        | 200 | 405
task_step start_work     | assigned                     | {UNIT}                   | 200 | 302
task_step start_work     | restricted assigned          | named unit head          | 200 | 302
task_step start_work     | seen                         | {UNIT}                   | 409 | 409
task_step start_work     | seen                         | *                        | 403 | 403
task_step confirm        | reported                     | {FOLLOWERS}              | 200 | 302
task_step confirm        | seen                         | {FOLLOWERS}              | 409 | 409
task_step confirm        | seen                         | *                        | 403 | 403
task_step ask_more       | reported, done               | {FOLLOWERS}              | 200 | 302
task_step ask_more       | seen                         | {FOLLOWERS}              | 409 | 409
task_step ask_more       | seen                         | *                        | 403 | 403
task_step end            | assigned, working, reported  | {FOLLOWERS}              | 200 | 302
task_step end            | seen                         | {FOLLOWERS}              | 409 | 409
task_step end            | seen                         | *                        | 403 | 403
task_follower            | assigned, working, reported  | {FOLLOWERS}              | 200 | 302
task_follower            | seen                         | {FOLLOWERS}              | 409 | 409
task_follower            | seen                         | *                        | 403 | 403
report                   | assigned, working            | {UNIT}                   | 200 | 302
report                   | restricted assigned          | named unit head          | 200 | 302
report                   | seen                         | {UNIT}                   | 200 | 409
report                   |                              | *                        | 404 | 400

outgoing_register        | series                       | {BOOK_ROLES}             | 200 | 405
outgoing_register_print  | series                       | {BOOK_ROLES}             | 200 | 405
incoming_register        | book                         | {UNIT_BOOK_ROLES}        | 200 | 405
incoming_register_print  | book                         | {UNIT_BOOK_ROLES}        | 200 | 405
void_reserved            | reserved                     | clerk                    | 200 | 302
void_reserved            | reserved                     | {BOOK_ROLES}             | 403 | 403
send_again               | mail                         | clerk                    | 405 | 302
send_again               | mail                         | {READERS}                | 405 | 403
send_again               | mail                         | second unit clerk        | 405 | 403
send_again               | mail of a draft              | {DRAFTERS}               | 405 | 302

administered_body        | body, unit                   | administrator            | 200 | 405
review_order             | body, unit                   | administrator            | 200 | 302
open_account             | body, unit                   | administrator            | 200 | 400
act enter_body           | body, unit                   | administrator            | 200 | 400
act rename_body          | body, unit                   | administrator            | 200 | 400
act end_body             | body, unit                   | administrator            | 200 | 400
act give_post            | body, unit                   | administrator            | 200 | 400
act make_group           | body, unit                   | administrator            | 200 | 400
act begin_term           | body, unit                   | administrator            | 200 | 400
act give_authority       | body, unit                   | administrator            | 200 | 400
act substitute           | body, unit                   | administrator            | 200 | 400
group                    | group                        | administrator            | 200 | 400
new_password             | account                      | administrator            | 200 | 200
close_account            | account                      | administrator            | 200 | 302
reopen_account           | account                      | administrator            | 200 | 409
end end_post             | post                         | administrator            | 200 | 302
end end_term             | term                         | administrator            | 200 | 302
end end_authority        | authority                    | administrator            | 200 | 302
end end_member           | place in a group             | administrator            | 200 | 302
"""

READ_ONLY = (
    "directive",
    "sending",
    "rounds",
    "submission_slip",
    "consulted_page",
    "consulted_file",
    "file",
    "word",
    "enclosure",
    "text_file",
    "page_image",
    "task",
    "outgoing_register",
    "outgoing_register_print",
    "incoming_register",
    "incoming_register_print",
    "administered_body",
)
"""Routes that refuse a POST (405) before they look for the object, and so for everybody alike."""
POST_ONLY = (
    "receive",
    "send_again",
    "answer_opinion",
    "withdraw_template",
    "send_along",
    "change_enclosure",
    "draft_keep",
    "draft_open",
    "draft_preview",
    "end_consultation",
    "mend",
    "upload_begin",
    "upload_part",
)
"""The reverse: these refuse a GET."""
WHOLE = ("directive", "task")
"""Pages that show most; they are asked of everybody about every object."""
ANONYMOUS = {"sign_in": (200, 400), "sign_out": (405, 302), "healthz": (200, 405), "readyz": (200, 405)}
"""What nobody needs to sign in for; all else leads to the sign-in page (302), and gives long typed texts back (401)."""


@dataclass(frozen=True)
class Line:
    """One line of the matrix."""

    route: str
    about: frozenset[str]
    who: frozenset[str]
    answers: tuple[int, int]

    def fits(self, route: str, about: str, who: str) -> bool:
        """Whether this line speaks of this question; an empty `about` speaks of every object, there or not."""
        if route != self.route or not (who in self.who or "*" in self.who):
            return False
        return not self.about or about in self.about or ("seen" in self.about and sees(who, route, about))


def lines() -> Iterator[Line]:
    """The matrix, line by line."""
    for written in MATRIX.strip().splitlines()[1:]:
        if written:
            route, about, who, on_get, on_post = (cell.strip() for cell in written.split("|"))
            yield Line(route, names_of(about), names_of(who), (int(on_get), int(on_post)))


def answers(route: str, about: str, who: str) -> tuple[int, int]:
    """What this person (not anonymous) is answered to GET and to POST."""
    for line in LINES:
        if line.fits(route, about, who):
            return line.answers
    name = route.split()[0]
    return 405 if name in POST_ONLY else 404, 405 if name in READ_ONLY else 404


def elsewhere(route: str, about: str, who: str) -> tuple[int, int]:
    """What everybody is answered about an object of another committee: the directory alone is common to all."""
    name = route.split()[0]
    if name in {"body", "signing_matrix"}:
        return 200, 405
    if name == "report":
        return 404, 400
    return 405 if name in POST_ONLY else 404, 405 if name in READ_ONLY else 404


def some_for(
    who: str, questions: Iterable[Question], expected: Callable[[str, str, str], tuple[int, int]] = answers
) -> Iterator[Question]:
    """Every page of a paper or a share, every step that may be taken, and of each route one of what is answered alike.

    Which one differs from person to person, so that all of them are asked in the end.
    """
    alike: dict[tuple[str, tuple[int, int]], list[Question]] = {}
    for question in questions:
        on_get, on_post = expected(question.route, question.about, who)
        if not question.about or on_post == 302 or question.name in WHOLE:
            yield question
        else:
            alike.setdefault((question.route, (on_get, on_post)), []).append(question)
    place = PEOPLE.index(who)
    yield from (group[place % len(group)] for group in alike.values())


LINES = tuple(lines())
