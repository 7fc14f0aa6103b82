"""Before the interview: the job, the candidate's own stories, and how they cover it."""
