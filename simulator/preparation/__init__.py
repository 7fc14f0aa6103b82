"""Before the interview: the job and the candidate's own stories."""
