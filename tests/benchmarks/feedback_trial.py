"""Forty answers with the feedback that the app gives them, to be judged by a reader: is it true, does it help?

    python -m tests.benchmarks.feedback_trial

The answers lie in `feedback_trial.yaml`; none is part of what the reader was trained on.
"""

from pathlib import Path

from simulator.assessment import score_answer
from simulator.questions.bank import DEFAULT_RUBRICS, Kind
from simulator.scoring.scorer import AnswerContext
from simulator.sessions.answer_feedback import parts_line
from simulator.speech.transcript import typed
from simulator.yaml_nodes import load_yaml


def main() -> None:
    """Print question, answer, level, verdict, parts and advice, one answer after the other."""
    for entry in load_yaml(Path(__file__).with_suffix(".yaml")):
        kind = Kind(entry["kind"])
        text = " ".join(entry["answer"].split())
        card = score_answer(typed(text), AnswerContext(entry["question"], kind.value, DEFAULT_RUBRICS[kind]))
        print(f"\n{entry['occupation']}: {entry['question']}\n  “{text}”")
        if not card.scored:
            print(f"  not scored: {card.why_not}")
        for rubric in DEFAULT_RUBRICS[kind][:1]:
            score = card.rubrics.get(rubric)
            if score is not None and score.level is not None:
                print(f"  {rubric} {score.level}: {score.verdict}\n  {parts_line(score)}\n  → {score.advice}")


if __name__ == "__main__":
    main()
