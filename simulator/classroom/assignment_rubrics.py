"""The coach's own rubrics that an assignment needs: packed into its file, and put among the student's."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from simulator.custom_rubrics import BrokenRubric, CustomRubrics
from simulator.errors import UserError
from simulator.paths import private_folder, private_opener
from simulator.questions.bank import Question
from simulator.scoring.rubric_check import check_rubric
from simulator.sessions.archive import SAFE_NAME


def own_rubrics(questions: Sequence[Question]) -> dict[str, str]:
    """The texts of the rubrics of these questions that do not come with the app, by id. Raises UserError."""
    found: dict[str, str] = {}
    for name in sorted({name for question in questions for name in question.rubrics}):
        own = CustomRubrics().find(name)
        if isinstance(own, BrokenRubric):
            raise UserError(f"The rubric '{name}' has an error: {own}", "Mend it before you hand it out.")
        if own is not None:
            found[name] = own.path.read_text(encoding="utf-8-sig")
    return found


def install_rubrics(rubrics: Mapping[str, str], own: CustomRubrics) -> None:
    """Put rubrics into the folder of the user's own where they are not there yet.

    Raises UserError, and writes none, when one has an error or another one of its id is there.
    """
    new: dict[str, str] = {}
    for name, text in rubrics.items():
        if not SAFE_NAME.fullmatch(name):
            raise UserError(f"This assignment names a rubric '{name}', which is no name for one.", "Ask for it anew.")
        known = own.find(name)
        if known is None:
            new[name] = text
        elif known.path.read_text(encoding="utf-8-sig") != text:
            raise UserError(
                f"This assignment brings a rubric '{name}', and yours in {known.path} is another.",
                "Move yours away, then open the assignment again.",
            )
    with TemporaryDirectory() as aside:
        for name, text in new.items():
            path = Path(aside) / f"{name}.yaml"
            path.write_text(text, encoding="utf-8")
            if findings := check_rubric(path):
                raise UserError(
                    f"The rubric '{name}' of this assignment has an error: {findings[0].what}", "Ask for it anew."
                )
    for name, text in new.items():
        target = private_folder(own.folder) / f"{name}.yaml"
        try:
            with open(target, "x", encoding="utf-8", opener=private_opener) as file:
                file.write(text)
        except OSError as error:
            raise UserError(f"{target} cannot be written: {error.strerror or error}.", "Check the folder.") from None
